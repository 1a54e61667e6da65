"""Every kind of page as people, machines and assistive technology meet it."""

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe

from ..benchmarks.weight import weigh
from .addresses import MACHINES, PAGES
from .conftest import WIDTHS
from .fetching import fetch

AXE = Axe()
# WCAG 2.2 AA and what axe calls good practice, as it comes: nothing is switched off.
WEIGHT_LIMIT = 100 * 1024
COUNTED = {"Document", "Stylesheet", "Font", "Script"}


@pytest.mark.parametrize("address", PAGES)
def test_the_page_answers_with_valid_html(site, address):
    answer = fetch(site + address)
    assert answer.status == 200
    html5lib.HTMLParser(strict=True).parse(answer.text)


@pytest.mark.parametrize("address", PAGES)
def test_the_page_holds_nothing_that_a_strict_policy_would_refuse(site, address):
    answer = fetch(site + address)
    assert "'unsafe-" not in answer.headers["Content-Security-Policy"]
    document = html5lib.parse(answer.text, namespaceHTMLElements=False)
    assert document.findall(".//style") == []
    assert [e.tag for e in document.iter() if isinstance(e.tag, str) and "style" in e.attrib] == []
    scripts = [e for e in document.iter("script") if e.get("type") != "application/ld+json"]
    assert all(script.get("src") for script in scripts)


@pytest.mark.parametrize("address", PAGES)
def test_no_cookie_is_set_before_a_login(site, address):
    cookies = fetch(site + address).headers.get_all("Set-Cookie") or []
    if address == "/konto/logga-in/":
        assert all(cookie.startswith("csrftoken=") for cookie in cookies)
    else:
        assert cookies == []


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(visit, address):
    page = visit(address)
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 800})
        results = AXE.run(page)
        assert results.violations_count == 0, f"{width} px: {results.generate_report()}"


@pytest.mark.parametrize("address", PAGES)
def test_without_script_it_has_a_headline_a_menu_a_way_to_the_content_and_fits_320_pixels(
    visit, address
):
    page = visit(address, script=False)
    assert page.locator("h1").count() == 1
    assert page.get_by_role("navigation", name="Huvudmeny").is_visible()
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Till innehållet"
    page.set_viewport_size({"width": 320, "height": 800})
    wide, narrow = page.locator("html").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert wide <= narrow


@pytest.mark.parametrize("address", PAGES)
def test_the_page_and_what_it_names_is_light(site, address):
    """HTML, style sheets, fonts and scripts together, as they go over the wire."""
    assert weigh(site, address).total <= WEIGHT_LIMIT


@pytest.mark.parametrize("address", PAGES[::4])
def test_a_browser_fetches_no_more_than_that(visit, address):
    """Also what only the style sheets and the scripts name."""
    page = visit("about:blank")
    wire = page.context.new_cdp_session(page)
    kinds, sizes = {}, {}
    wire.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    wire.on(
        "Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]})
    )
    wire.send("Network.enable")
    page.goto(address)
    page.evaluate("() => document.fonts.ready.then(() => true)")
    counted = {request for request, kind in kinds.items() if kind in COUNTED}
    assert {"Document", "Stylesheet", "Font"} <= {kinds[request] for request in counted}
    while not counted <= sizes.keys():
        page.wait_for_timeout(20)
    assert sum(sizes[request] for request in counted) <= WEIGHT_LIMIT


@pytest.mark.parametrize("address", MACHINES)
def test_what_machines_read_answers_in_its_type(site, address):
    answer = fetch(site + address)
    assert answer.status == 200
    assert answer.headers.get_content_type() == MACHINES[address]


def test_an_address_that_is_not_there_helps_on(visit):
    page = visit("/framgangsfaktorer/finns-inte/")
    assert page.locator("h1").count() == 1
    assert page.locator("input[name=q]").count() >= 1
    assert AXE.run(page).violations_count == 0


def test_on_a_phone_the_menu_opens_without_script(visit):
    page = visit("/", width=320, script=False)
    menu = page.get_by_role("navigation", name="Huvudmeny")
    assert not menu.is_visible()
    page.get_by_role("button", name="Meny").press("Enter")
    assert menu.is_visible()
    page.keyboard.press("Escape")
    assert not menu.is_visible()


def test_printed_pages_leave_the_menus_out(visit):
    page = visit("/framgangsfaktorer/samverkan/")
    page.emulate_media(media="print")
    assert not page.locator(".site-header").is_visible()
    assert page.locator("h1").is_visible()
