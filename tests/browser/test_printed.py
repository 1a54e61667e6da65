"""What comes out of the printer: nothing cut off, no menus, addresses that can be read."""

import io
import re
import time

import pytest
from pypdf import PdfReader

CASES = ("mojligheten-alingsas", "kia-molndal", "byggintro-lerum", "utokat-mentorskap")
# What an A4 page of ours holds across, in CSS pixels: standing 174 mm, lying 269 mm.
STANDING, LYING = 658, 1016
GONE = (".site-header", ".site-footer", ".breadcrumbs", ".view-switch", ".button", ".no-print")


def on_paper(visit, address, width):
    page = visit(address, width=width, script=False)
    page.emulate_media(media="print")
    for selector in GONE:
        assert not [one for one in page.locator(selector).all() if one.is_visible()], selector
    across = page.evaluate("document.documentElement.scrollWidth")
    assert across <= width
    return page


def sheets(page):
    """The pages of the PDF that the browser makes of it, and their text without any space."""
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, format="A4"))).pages
    return pages, re.sub(r"\s", "", "".join(sheet.extract_text() for sheet in pages))


def test_a_case_prints_with_its_sources_and_every_address(visit):
    address = f"/fallstudier/{CASES[0]}/"
    page = on_paper(visit, address, STANDING)
    pages, text = sheets(page)
    assert pages[0].mediabox.width < pages[0].mediabox.height
    links = page.locator(".sources a[href^=http], .contents-list a").all()
    assert len(links) > 5
    for link in links:
        assert f"({link.get_attribute('href')})" in text
    for heading in page.locator("main h2:not(.visually-hidden)").all_inner_texts():
        assert re.sub(r"\s", "", heading) in text
    assert re.search(rf"Hämtadfrånhttp://[^/]+{address}", text)
    assert "Huvudmeny" not in text and "Tillbakatilltexten" not in text


@pytest.mark.parametrize(
    "address", [f"/fallstudier/{CASES[2]}/", "/framgangsfaktorer/samverkan/", "/"]
)
def test_every_picture_is_there_when_the_page_is_printed_at_once(visit, address):
    """Also below the fold of a low window: a page is there when its pictures are, save for those
    that are lazy, and what is printed then lacks them. Here they come late, so that it shows."""
    page = visit("/kakor/", width=STANDING, script=False)
    page.set_viewport_size({"width": STANDING, "height": 200})
    page.route("**/media/**", late)
    page.goto(address)
    pictures = page.locator("main img").evaluate_all(
        "all => all.map(one => [one.currentSrc, one.complete && one.naturalWidth > 0])"
    )
    assert any("/media/" in source for source, _ in pictures)
    assert [source for source, there in pictures if not there] == []


def late(route):
    time.sleep(0.3)
    route.continue_()


@pytest.mark.parametrize("number", [2, 4])
def test_a_comparison_prints_with_all_its_columns_on_a_lying_sheet(visit, number):
    asked = "&".join(f"jamfor={slug}" for slug in CASES[:number])
    page = on_paper(visit, f"/fallstudier/?{asked}", LYING)
    edge = page.locator(".scroll").first.evaluate(
        "e => [e.scrollWidth, e.clientWidth, getComputedStyle(e).overflowX]"
    )
    assert edge[0] <= edge[1] and edge[2] == "visible"
    for cell in page.locator(".compare tr > :last-child").all():
        box = cell.bounding_box()
        assert box["x"] + box["width"] <= LYING
    pages, text = sheets(page)
    assert all(sheet.mediabox.width > sheet.mediabox.height for sheet in pages)
    for slug in CASES[:number]:
        assert f"(/fallstudier/{slug}/)" in text
    assert f"/fallstudier/?{asked}" in text


FIGURES = (
    "/statistik/?kommun=1480&lasar=2024/25",
    "/statistik/jamfor/?kommun=1440&jamfor=1481&lasar=2024/25",
    "/statistik/nationellt/?kommun=1480",
)


@pytest.mark.parametrize("address", FIGURES)
def test_figures_print_whole_with_tables_definitions_and_the_address_asked_for(visit, address):
    page = on_paper(visit, address, STANDING)
    for selector in (".filters", ".jump", ".figure__files a", ".figure__cite", "summary svg"):
        assert not [one for one in page.locator(selector).all() if one.is_visible()], selector
    for cell in page.locator(".figure__table tr > :last-child").all():
        box = cell.bounding_box()
        assert box and box["x"] + box["width"] <= STANDING
    for chart in page.locator(".figure__charts").all():
        assert chart.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
        assert chart.bounding_box()["height"] < 400
    pages, text = sheets(page)
    # A sheet that is nearly empty is one that a figure was pushed away from.
    assert len(pages) <= {0: 20, 1: 8, 2: 10}[FIGURES.index(address)]
    assert len(pages[0].extract_text()) > 300
    for heading in page.locator("figure :is(h2, h3)").all_inner_texts():
        assert re.sub(r"\s", "", heading) in text
    assert "Såräknasdet" in text and "Visasomtabell" not in text
    place = re.search(r"kommun=\d+", address).group()
    assert re.search(rf"Hämtadfrånhttp://[^/]+{re.escape(address.split('?')[0])}\?\S*{place}", text)
    if "nationellt" not in address:
        assert re.search(r"publicering=\d+", text)


def test_after_a_filter_the_printed_address_is_the_new_one(visit):
    page = visit("/statistik/")
    page.get_by_label("Visa kommun").select_option("1440")
    page.get_by_role("button", name="Visa", exact=True).click()
    page.wait_for_url("**kommun=1440**")
    page.wait_for_function("document.querySelector('h1').textContent.includes('i Ale')")
    assert "kommun=1440" in page.locator(".print-only").text_content()
