"""An editor writes, a moderator publishes, the public reads."""

import re

SHELF = "/forskning/sammanfattningar/"
TITLE = "Prov: mentorn som ringde varje fredag"
ADDRESS = f"{SHELF}prov-mentorn-som-ringde-varje-fredag/"


def test_a_summary_goes_from_draft_through_review_to_the_site(log_in, visit):
    editor = log_in("redaktor@demo.example", "/admin/")
    write_summary(editor)
    assert "inlämnad för moderering" in send_to_review(editor)
    assert visit(ADDRESS).locator("h1").inner_text() != TITLE

    moderator = log_in("moderator@demo.example", "/admin/")
    approve_content(moderator)
    moderator.goto("/admin/")
    approve_language(moderator)
    public = visit(ADDRESS, script=False)
    assert public.locator("h1").inner_text() == TITLE
    assert public.get_by_text("Fler elever stannade kvar.").is_visible()
    found = visit("/sok/?q=fredag+mentor", script=False)
    assert found.get_by_role("link", name=TITLE).is_visible()


def test_an_editor_cannot_publish(log_in):
    page = log_in("redaktor@demo.example", "/admin/")
    open_form(page)
    page.get_by_role("button", name="Fler åtgärder").click()
    assert page.get_by_role("button", name=re.compile("^Publicera")).count() == 0


def test_municipal_staff_are_no_editors(log_in):
    page = log_in("goteborg@demo.example")
    assert "Göteborg" in page.locator("main").inner_text()
    page.goto("/admin/")
    assert "/admin/" not in page.url


def test_the_checker_runs_on_a_public_page_within_its_policy(log_in):
    page = log_in("redaktor@demo.example", "/admin/")
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto("/framgangsfaktorer/samverkan/")
    page.locator("#wagtail-userbar-trigger").click()
    page.locator("#checker-trigger").click()
    page.locator("#subtitle-checker-results").wait_for()
    assert [text for text in said if "Content Security Policy" in text] == []


def open_form(page):
    page.goto("/admin/pages/")
    for step in ("PlugInnovation", "Forskning", "Sammanfattningar"):
        page.get_by_role("link", name=f"Utforska undersidor till '{step}'").first.click()
    page.goto(
        re.sub(r"/admin/pages/(\d+)/.*", r"/admin/pages/add/knowledge/summarypage/\1/", page.url)
    )


def write_summary(page):
    open_form(page)
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=summary]").fill("En studie prövade ett samtal i veckan.")
    page.get_by_role("button", name=re.compile("Välj en sida")).first.click()
    page.get_by_role("dialog").locator("a.choose-page").first.click()
    page.locator('[data-contentpath="result"] [contenteditable=true]').first.click()
    page.keyboard.type("Fler elever stannade kvar.")
    page.wait_for_function("() => document.querySelector('[name=result]').value.includes('kvar.')")


def send_to_review(page) -> str:
    """Send the page to review; returns what the CMS says."""
    page.get_by_role("button", name="Fler åtgärder").click()
    page.get_by_role("button", name=re.compile("^Lämna in")).click()
    return page.locator(".messages").inner_text()


def approve_content(page):
    """The first step: nothing but the button."""
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("button", name="Fler åtgärder").click()
    page.get_by_role("button", name="Godkänn", exact=True).click()
    page.locator(".messages").wait_for()


def approve_language(page):
    """The second step: a list to tick off, which also says what the check of the page found."""
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("button", name="Fler åtgärder").click()
    page.get_by_role("button", name=re.compile("^Godkänn")).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("automatiska kontrollen har inga anmärkningar").wait_for()
    for box in dialog.get_by_role("checkbox").all():
        box.check()
    dialog.get_by_role("button", name=re.compile("^Godkänn")).click()
    page.locator(".messages").wait_for()
