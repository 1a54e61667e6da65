"""Someone who works with statistics filters the dashboard and takes the numbers along."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

FIGURE = "#alder"


def _rows_of(page):
    """The table of the figure as the page shows it, without grouping and units."""
    rows = page.locator(f"{FIGURE} tbody tr").all()
    return [
        [re.sub(r"(?<=\d)[\s\u00a0](?=\d)", "", text) for text in texts]
        for texts in (row.locator("th, td").all_inner_texts() for row in rows)
    ]


def _filter(page, municipality, year):
    page.get_by_label("Visa kommun").select_option(municipality)
    page.get_by_label("läsåret", exact=True).select_option(year)
    page.get_by_role("button", name="Visa", exact=True).click()
    page.wait_for_url("**kommun=*")


@pytest.mark.parametrize("script", [True, False])
def test_a_municipality_and_a_year_are_chosen_and_the_csv_equals_the_table(visit, script):
    page = visit("/statistik/", script=script)
    _filter(page, "1480", "2024/25")
    assert "i Göteborg läsåret 2024/25" in page.locator("h1").inner_text()
    page.locator(f"{FIGURE} summary", has_text="Visa som tabell").click()
    shown = _rows_of(page)
    with page.expect_download() as download:
        page.locator(FIGURE).get_by_role("link", name="CSV för Excel").click()
    assert "syntetisk" in download.value.suggested_filename
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:  # noqa: PTH123
        rows = list(csv.reader(io.StringIO(file.read()), delimiter=";"))
    assert len(shown) == 6
    assert rows[1 : rows.index([])] == shown


def test_only_one_drawing_of_each_figure_shows_and_it_fits(visit):
    for width, kind in ((360, "narrow"), (1280, "wide")):
        page = visit("/statistik/", width=width)
        drawings = page.locator(".figure__chart:visible")
        assert drawings.count() == page.locator("figure").count()
        assert page.locator(f".figure__chart--{kind}:visible").count() == drawings.count()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_synthetic_mark_is_seen_without_scrolling(visit):
    for width in (360, 1280):
        mark = visit("/statistik/", width=width).locator(".synthetic-note")
        box = mark.bounding_box()
        assert box["y"] + box["height"] < 500
        assert "påhittade" in mark.inner_text()


def test_filters_apply_without_a_reload_keep_the_focus_and_are_announced(visit):
    page = visit("/statistik/")
    page.evaluate("window.stays = true")
    page.get_by_label("Visa kommun").select_option("1480")
    page.get_by_role("button", name="Visa", exact=True).press("Enter")
    page.wait_for_url("**/statistik/?kommun=1480&perspektiv=hem&lasar=**")
    expect(page.locator("h1")).to_contain_text("i Göteborg")
    assert page.evaluate("window.stays") is True
    assert page.title().startswith("Studieavbrott i Göteborg")
    expect(page.get_by_role("button", name="Visa", exact=True)).to_be_focused()
    expect(page.locator("body > [role=status]")).to_contain_text("i Göteborg")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("hela regionen")
    assert page.evaluate("window.stays") is True


def test_a_municipal_analyst_compares_with_the_region_and_hands_the_address_on(visit):
    page = visit("/statistik/")
    _filter(page, "1440", "2024/25")
    page.get_by_role("link", name="Jämför Ale med regionen").click()
    page.get_by_label("och kommun 1 bredvid").select_option("1481")
    page.get_by_role("button", name="Jämför").click()
    page.wait_for_url("**/jamfor/?kommun=1440&jamfor=1481&**")
    figure = page.locator("#jamfortillbaka")
    expect(figure.locator(".figure__reading")).to_contain_text("i hela regionen")
    figure.locator("summary", has_text="Visa som tabell").click()
    shown = figure.locator("tbody tr").all_inner_texts()
    assert [row.split("\t")[0] for row in shown] == ["Ale", "Mölndal", "Hela regionen"]
    with page.expect_download() as download:
        figure.get_by_role("link", name="CSV för Excel").click()
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:  # noqa: PTH123
        rows = list(csv.reader(file, delimiter=";"))
    assert [row[-1] for row in rows[1:4]] == [row.split("\t")[-1] for row in shown]
    link = page.get_by_role("link", name="Länken till publicering").get_attribute("href")
    other = visit(f"/statistik/jamfor/{link}", script=False)
    assert other.locator("h1").inner_text() == page.locator("h1").inner_text()
    opened = other.locator("#jamfortillbaka .figure__reading").inner_text()
    assert opened == figure.locator(".figure__reading").inner_text()


def test_a_journalist_finds_definition_and_uncertainty_and_takes_the_chart_along(visit):
    page = visit("/statistik/?kommun=1480&lasar=2024/25")
    page.get_by_role("navigation", name="Figurer på sidan").get_by_role(
        "link", name="Från avbrottet till nu"
    ).click()
    figure = page.locator("#flode")
    figure.locator("summary", has_text="Så räknas det").click()
    told = figure.locator(".definition").inner_text()
    for words in ("Räknas", "Delas med", "Räknas inte", "kan avvika med högst 5", "granskad"):
        assert words in told
    assert "Data till och med" in figure.inner_text()
    figure.locator("summary", has_text="Hänvisa till figuren").click()
    cited = figure.locator(".figure__cite p")
    expect(cited).to_contain_text(re.compile(r"Publicering \d+, data till och med"))
    address = cited.get_by_role("link").get_attribute("href")
    assert visit(address).locator("#flode").inner_text().startswith("Från avbrottet till nu")
    with page.expect_download() as download:
        figure.get_by_role("link", name="PNG").click()
    assert "flode" in download.value.suggested_filename
    with open(download.value.path(), "rb") as file:  # noqa: PTH123
        assert file.read(8) == b"\x89PNG\r\n\x1a\n"


def test_on_a_telephone_a_table_with_words_scrolls_sideways_and_its_rows_stay_low(visit):
    page = visit("/statistik/jamfor/?kommun=1440&jamfor=1481&jamfor=1402&lasar=2024/25", width=360)
    for summary in page.locator(".figure__table > summary").all():
        summary.click()
    rows = page.locator(".figure__table tbody tr").all()
    assert len(rows) > 15
    assert max(row.bounding_box()["height"] for row in rows) < 80
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
