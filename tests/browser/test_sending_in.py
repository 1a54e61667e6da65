"""A file with errors goes the whole way: report, quarantine, publication, figures for all."""

import os
import re
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from pluginnovation.embedded_postgres import ROOT

from .conftest import WIDTHS

SENDER, SEND = "kungalv@demo.example", "/personal/skicka-in/"
WHERE = "/statistik/?kommun=1482&lasar=2026/27"
HEADER = "avbrott_id;elev;kon;fodelsear;hemkommun;skolenhet;program;avbrottsdatum;Kommentar"


def a_file(prefix, right=60, wrong=3, encoding="utf-8"):
    """Rows of Kungälv in the newest month of the demo; the wrong ones name no municipality."""
    rows = [
        f"{prefix}{n};prov-{prefix}-{n};K;2008;{'9999' if n >= right else '1482'};99000001;NA;"
        f"2026-10-31;=cmd()|å"
        for n in range(right + wrong)
    ]
    return "\r\n".join([HEADER, *rows, ""]).encode(encoding)


def choose(page, data, name="avbrott <b>.csv"):
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": data}
    )


def publish():
    """As the one who is responsible does it on the server."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/pluginnovation_browser{worker}")
    subprocess.run(
        [sys.executable, "manage.py", "publish_figures"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        env={**os.environ, "DATABASE_URL": urlunsplit(url)},
    )


def shown(page):
    """The number that the dashboard answers with."""
    page.goto(WHERE)
    return int(re.sub(r"\D", "", page.locator("h1 strong, .answer strong").first.inner_text()))


def test_from_a_file_with_errors_to_figures_that_all_can_see(log_in, visit):
    page = log_in(SENDER, SEND)
    before = shown(visit(WHERE))
    page.locator("[data-drop]").wait_for()
    choose(page, a_file("A"))
    assert "Vald fil: avbrott <b>.csv" in page.locator("[data-chosen]").inner_text()
    page.get_by_role("button", name="Skicka in").click()
    page.get_by_role("heading", name="3 rader har fel").wait_for(timeout=60_000)
    assert page.get_by_text('"9999" är ingen kommunkod').count() == 3
    assert page.get_by_role("row", name="Kungälv 2026/27").is_visible()
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 800})
        assert Axe().run(page).response["violations"] == []
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel (XLSX)").first.click()
    assert download.value.suggested_filename.endswith("-med-anmarkningar.xlsx")
    assert shown(visit(WHERE)) == before, "nothing changes before the decision"

    page.get_by_label("Ta in de rätta raderna").check()
    page.get_by_role("button", name="Genomför").click()
    page.get_by_role("heading", name="Filen är intagen").wait_for(timeout=60_000)
    page.goto("/personal/leveranser/")
    assert page.get_by_text("3 rader i karantän").is_visible()
    assert Axe().run(page).response["violations"] == []
    assert shown(visit(WHERE)) == before, "nothing is published but on purpose"
    publish()
    assert abs(shown(visit(WHERE)) - before - 60) <= 10


def test_without_script_the_same_way_is_open(log_in):
    page = log_in(SENDER, SEND, script=False)
    choose(page, a_file("B", right=2, wrong=0, encoding="cp1252"), "utan-skript.csv")
    page.get_by_role("button", name="Skicka in").click()
    page.get_by_role("heading", name="Alla rader är rätt").wait_for(timeout=60_000)
    assert page.get_by_text("Windows-1252").is_visible()
    page.get_by_label("Ta inte in något").check()
    page.get_by_role("button", name="Genomför").click()
    assert page.get_by_role("heading", name="Filen togs inte in").is_visible()


@pytest.mark.full
@pytest.mark.parametrize("script", [True, False])
def test_a_file_that_is_too_large_gets_an_answer_in_words(log_in, script, tmp_path):
    path = tmp_path / "stor.csv"
    with path.open("wb") as file:
        file.truncate(201 * 2**20)
    page = log_in(SENDER, SEND, script=script)
    page.locator("input[type=file]").set_input_files(path)
    if script:
        assert "större än 200 megabyte" in page.locator("[data-chosen]").inner_text()
        return
    page.get_by_role("button", name="Skicka in").click()
    page.get_by_role("alert").wait_for(timeout=120_000)
    assert "större än 200 megabyte" in page.get_by_role("alert").inner_text()
