"""All advice and tools in one list, narrowed by keyboard and without JavaScript."""

from .test_pages import AXE

ADDRESS = "/framgangsfaktorer/rad/"


def tab_to(page, name):
    """Press Tab until the field or button of that name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name || document.activeElement.innerText") == name:
            return
    raise AssertionError(f"{name} is not reached by Tab")


def test_a_counsellor_narrows_the_list_by_keyboard_alone(visit):
    page = visit(ADDRESS, script=False)
    everything = page.locator(".count").inner_text()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # past the menu
    tab_to(page, "niva")
    page.keyboard.press("i")  # Individ
    tab_to(page, "roll")
    page.keyboard.press("m")  # Mentor
    tab_to(page, "Visa")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "roll=mentor" in page.url and "niva=individ" in page.url
    assert page.locator(".count").inner_text() != everything
    entries = page.locator(".contents-list > li")
    assert entries.count() > 3
    entries.first.get_by_role("link").first.focus()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").count() == 1
    anchor = page.url.partition("#")[2]
    if anchor:
        assert page.locator(f"[id='{anchor}']").is_visible()


def test_an_empty_answer_leads_on_on_a_phone(visit):
    page = visit(f"{ADDRESS}?q=xyzzyqwerty&roll=mentor&niva=finnsinte", width=360)
    assert page.get_by_text("finnsinte").is_visible()
    with page.expect_navigation():
        page.get_by_role("link", name="Ta bort").first.click()
    assert "xyzzyqwerty" not in page.url or "roll=mentor" not in page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert AXE.run(page).violations_count == 0
