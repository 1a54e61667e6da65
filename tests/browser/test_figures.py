"""Someone who works with statistics filters the dashboard and takes the numbers along."""

import csv
import io
import re

import pytest

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
        page.locator(FIGURE).get_by_role("link", name="CSV").click()
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
