"""Municipal staff log in with two steps and read exact figures; a lost phone is replaced."""

import re

from axe_playwright_python.sync_playwright import Axe

from pluginnovation.site.demo import PASSWORD

from ..one_time_codes import code_of
from .conftest import WIDTHS

AXE = Axe()
READER, REGION, MANAGER = "goteborg@demo.example", "region@demo.example", "ansvarig@demo.example"
PAGES = (
    "/personal/statistik/",
    "/personal/statistik/?visa=publicerat",
    "/personal/kallor/",
    "/personal/kallor/gr-demo/",
    "/personal/konton/",
    "/personal/konton/nytt/",
    "/personal/publiceringar/",
    "/personal/logg/",
    "/konto/tvafaktor/",
    "/konto/tvafaktor/app/ta-bort/",
    "/konto/tvafaktor/koder/nya/",
)


def test_a_reader_sees_exact_figures_and_what_may_be_published_beside_them(log_in):
    page = log_in(READER, "/personal/statistik/", script=False)
    mark = page.get_by_role("note", name="Exakta uppgifter")
    box = mark.bounding_box()
    assert "får inte publiceras" in mark.inner_text() and box["y"] + box["height"] < 600
    assert "i Göteborg" in page.locator("h1").inner_text()
    assert page.locator("#val-kommun option").all_inner_texts() == ["Göteborg"]

    page.get_by_label("läsåret", exact=True).select_option("2024/25")
    page.get_by_label("för kön").select_option("K")
    page.get_by_role("button", name="Visa", exact=True).click()
    assert "bland kvinnor" in page.locator("h1").inner_text()
    with page.expect_download() as download:
        page.locator("#alder").get_by_role("link", name=re.compile("^CSV.*exakta tal")).click()
    assert download.value.suggested_filename.startswith("EXAKT-far-inte-publiceras-alder-")
    with page.expect_download() as download:
        page.locator("#alder").get_by_role("link", name=re.compile("^CSV.*skyddade tal")).click()
    assert download.value.suggested_filename.startswith("studieavbrott-alder-publicering-")

    page.get_by_role("link", name="Visa det som får publiceras").click()
    page.get_by_role("note", name="Det som får publiceras").wait_for()
    assert "bland kvinnor" in page.locator("h1").inner_text()
    page.get_by_role("link", name="Visa exakta uppgifter").click()
    assert mark.is_visible()


def test_another_municipality_in_the_address_shows_nothing_of_it(log_in):
    page = log_in(READER, "/personal/statistik/")
    page.goto("/personal/statistik/?kommun=1482")
    assert "i Göteborg" in page.locator("h1").inner_text()
    assert page.get_by_text("Kungälv har lämnats utanför.").is_visible()
    page.goto("/personal/logg/")
    page.get_by_role("heading", name="Ditt konto når inte hit").wait_for()


def test_on_paper_every_figure_says_what_it_is(log_in):
    page = log_in(READER, "/personal/statistik/")
    page.emulate_media(media="print")
    assert page.get_by_role("note", name="Exakta uppgifter").is_visible()
    assert page.locator("figure .exact-mark:visible").count() == page.locator("figure").count()


def test_a_lost_phone_is_replaced_without_script_and_a_recovery_code_lets_one_in(log_in, visit):
    page = log_in(REGION, "/personal/", script=False)
    page.get_by_role("link", name="Inloggning i två steg").click()
    page.get_by_role("link", name="Byt till en annan telefon").click()
    page.get_by_role("button", name="Koppla bort appen").click()
    page.get_by_role("img", name=re.compile("QR-kod")).wait_for()
    page.goto("/personal/statistik/")
    page.get_by_role("heading", name="Koppla en app till kontot").wait_for()
    secret = page.locator(".secret-key").inner_text()
    page.get_by_label("Kod", exact=True).fill(code_of(secret))
    page.get_by_role("button", name="Koppla appen").click()

    codes = page.locator(".code-list code").all_inner_texts()
    assert len(set(codes)) == 10
    with page.expect_download() as download:
        page.get_by_role("link", name="Spara som textfil").click()
    assert download.value.path().read_text().split() == codes
    page.get_by_role("link", name="Fortsätt till din startsida").click()
    page.get_by_role("heading", name="Hej").wait_for()

    other = visit("/konto/logga-in/?next=/personal/statistik/", script=False)
    other.get_by_label("E-post").fill(REGION)
    other.get_by_label("Lösenord").fill(PASSWORD)
    other.get_by_role("button", name="Logga in").click()
    other.get_by_label("Kod", exact=True).fill(codes[0])
    other.get_by_role("button", name="Logga in").click()
    assert "hela regionen" in other.locator("h1").inner_text()


def test_the_pages_of_a_manager_are_accessible_and_fit(log_in):
    page = log_in(MANAGER)
    for address in PAGES:
        assert page.goto(address).status == 200, address
        for width in (320, *WIDTHS.values()):
            page.set_viewport_size({"width": width, "height": 800})
            wide, narrow = page.locator("html").evaluate("e => [e.scrollWidth, e.clientWidth]")
            assert wide <= narrow, (address, width)
            if width == WIDTHS["phone"] or address == PAGES[0]:
                results = AXE.run(page)
                assert results.violations_count == 0, results.generate_report()


def test_a_manager_makes_a_source_and_the_log_tells(log_in):
    page = log_in(MANAGER, "/personal/kallor/")
    page.get_by_role("link", name="Ny källa").click()
    page.get_by_label("Kod", exact=True).fill("prov-kalla")
    page.get_by_label("Namn").fill("Prov: en källa")
    page.get_by_label("Slag").select_option("municipality")
    page.get_by_label("Kungälv", exact=True).check()
    page.get_by_label("kungalv@demo.example").check()
    page.get_by_role("button", name="Spara").click()
    row = page.get_by_role("row", name=re.compile("Prov: en källa"))
    assert "kungalv@demo.example" in row.inner_text()
    page.goto("/personal/logg/?kalla=prov-kalla")
    assert "Ändrade en källa" in page.locator("table.log").inner_text()
