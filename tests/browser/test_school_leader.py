"""A school leader looks for what worked against absence for newly arrived students."""

import re

import pytest

from knowledge.text import in_words


@pytest.mark.parametrize("script", [True, False])
def test_she_finds_compares_and_prints_what_worked_for_newly_arrived_students(visit, script):
    page = visit("/fallstudier/", width=360, script=script)
    page.locator("summary", has_text="Filtrera").click()
    page.get_by_label("Målgrupp").select_option(label=option(page, "malgrupp", "nyanlända"))
    page.get_by_role("button", name="Visa", exact=True).click()
    page.wait_for_url("**malgrupp=nyanlanda**")
    entries = page.locator(".contents-list > li")
    count = entries.count()
    assert count >= 2
    assert page.locator(".count").inner_text().split()[0].lower() == in_words(count)

    page.locator("summary", has_text="Filtrera").click()
    page.get_by_label("Ord", exact=True).fill("frånvaro")
    page.get_by_role("button", name="Visa", exact=True).click()
    page.wait_for_url("**fr%C3%A5nvaro**")
    assert 0 < page.locator(".contents-list > li").count() <= count

    # No source says that attendance was measured for them: that is said, with ways on.
    page.goto("/fallstudier/?malgrupp=nyanlanda&matt=narvaro")
    page.get_by_text("Inget passar alla val på en gång.").wait_for()
    page.get_by_role("link", name="Ta bort mätt resultat Närvaro").click()
    assert page.url.endswith("?malgrupp=nyanlanda")
    for number in (0, 1):
        page.locator("[name=jamfor]").nth(number).check()
    page.get_by_role("button", name="Jämför de valda").click()
    assert page.url.count("jamfor=") == 2
    table = page.locator("table.compare")
    table.wait_for()
    assert table.locator("thead a").count() == 2
    assert table.get_by_text("Resultat enligt källorna").count() == 1
    table.locator("thead a").first.click()
    page.get_by_role("heading", name="Resultat", exact=True).wait_for()
    assert page.locator(".sources li").count() > 0


def option(page, name, words):
    """The label of the option that begins with these words; the number beside it may be any."""
    labels = page.locator(f"[name={name}] option").all_inner_texts()
    return next(label.strip() for label in labels if label.strip().lower().startswith(words))


def test_she_goes_from_the_map_to_a_municipality_by_keyboard_and_keeps_her_filters(visit):
    page = visit("/fallstudier/?visning=karta&projekt=plug-in", width=360, script=False)
    link = page.get_by_role("link", name=re.compile("^Skellefteå 2 fallstudier"))
    link.focus()
    box = link.locator("text").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    assert box["height"] >= 12
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("?projekt=plug-in&kommun=2482")
    assert page.locator(".contents-list > li").count() == 2


def test_no_two_names_of_the_map_lie_on_one_another(visit):
    for width in (320, 360, 1280):
        page = visit("/fallstudier/?visning=karta", width=width, script=False)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        boxes = [each.bounding_box() for each in page.locator(".atlas svg text").all()]
        assert len(boxes) > 15
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                assert not overlap(one, other), (width, one, other)


def overlap(one, other) -> bool:
    across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
    down = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
    return across > 0 and down > 2


def test_the_evaluation_prints_black_on_white_and_leads_to_its_pdf(visit):
    page = visit("/fallstudier/kia-molndal/utvardering/", script=False)
    link = page.get_by_role("link", name="Utvärderingen att skriva ut")
    answer = page.request.get(link.get_attribute("href"))
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    page.emulate_media(media="print")
    assert not link.is_visible()
    chosen = page.locator(".scale__chosen").first
    assert chosen.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
