"""A file with errors goes the whole way: login, report, quarantine, publication, figures."""

import csv
import io
import re
import zipfile

from axe_playwright_python.sync_playwright import Axe

from .test_sending_in import SEND, a_file

MANAGER, SOURCE = "ansvarig@demo.example", "Kungälv (syntetiska uppgifter)"
WHERE = "/statistik/?kommun=1482&lasar=2026/27"
AXE = Axe()


def shown(visit):
    """The number that the dashboard answers with, to somebody who is not logged in."""
    return int(re.search(r"\d+", visit(WHERE).locator("h1").inner_text())[0])


def is_accessible_and_fits(page, what):
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        wide, narrow = page.locator("html").evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert wide <= narrow, (what, width)
        found = AXE.run(page)
        assert found.violations_count == 0, (what, width, found.generate_report())


def drop(page, data, name):
    """As somebody drags a file from the desktop and lets it go over the field."""
    transfer = page.evaluate_handle(
        """([bytes, name]) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([new Uint8Array(bytes)], name, {type: "text/csv"}));
            return transfer;
        }""",
        [list(data), name],
    )
    page.dispatch_event("[data-drop]", "dragenter", {"dataTransfer": transfer})
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": transfer})


def test_from_a_dropped_file_with_errors_to_figures_that_all_can_see(log_in, visit, site):
    before = shown(visit)
    page = log_in(MANAGER, SEND)
    assert "/konto/kod/" not in page.url, "the second factor is behind us"
    page.get_by_label("Vem skickar du in för?").select_option(label=SOURCE)
    drop(page, a_file("A"), "avbrott <b>.csv")
    assert "Vald fil: avbrott <b>.csv" in page.locator("[data-chosen]").inner_text()
    page.get_by_role("button", name="Skicka in").click()
    page.wait_for_url("**/personal/leveranser/*/")
    address = page.url
    page.get_by_role("heading", name="3 rader har fel").wait_for(timeout=60_000)

    # The report: errors in one group, the effect on what is published, nothing changed yet.
    assert page.get_by_role("heading", name="Koden finns inte").is_visible()
    assert page.get_by_text('"9999" är ingen kommunkod').count() == 3
    effect = page.get_by_role("row", name="Kungälv 2026/27").inner_text().split("\t")
    assert int(effect[2]) == before
    assert abs(int(effect[3]) - before - 60) <= 10
    is_accessible_and_fits(page, "report")
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel (XLSX)").first.click()
    assert download.value.suggested_filename.endswith("-med-anmarkningar.xlsx")
    with zipfile.ZipFile(download.value.path()) as book:
        assert any("comments" in name for name in book.namelist())
    assert shown(visit) == before, "nothing changes before the decision"

    page.get_by_label("Ta in de rätta raderna").check()
    page.get_by_role("button", name="Genomför").click()
    page.get_by_role("heading", name="Filen är intagen").wait_for(timeout=60_000)
    is_accessible_and_fits(page, "decision")

    page.goto("/personal/leveranser/")
    page.get_by_text("3 rader i karantän").wait_for()
    is_accessible_and_fits(page, "list")
    page.get_by_role("link", name="Se dem och hämta dem som fil").click()
    page.get_by_text("3 rader väntar").wait_for()
    is_accessible_and_fits(page, "quarantine")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    held = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig")),
                               delimiter=";"))  # fmt: skip
    assert [row["elev"] for row in held] == ["", "", ""]
    assert all("ingen kommunkod" in row["fel"] for row in held)

    page.goto("/personal/leveranser/historik/")
    page.get_by_label("Källa").select_option(label=SOURCE)
    page.get_by_label("Avbrottets id").fill("A0")
    page.get_by_role("button", name="Visa", exact=True).click()
    page.get_by_text("Gäller nu").wait_for()
    is_accessible_and_fits(page, "history")

    assert shown(visit) == before, "nothing is published but on purpose"
    site.manage("publish_figures", "--now")
    assert abs(shown(visit) - before - 60) <= 10

    # It is taken back again: other tests find what they expect.
    page.goto(address)
    page.get_by_role("link", name="Återta leveransen").click()
    is_accessible_and_fits(page, "withdrawal")
    page.get_by_role("button", name="Återta leveransen").click()
    page.get_by_text("Det som gällde före gäller igen").wait_for()
