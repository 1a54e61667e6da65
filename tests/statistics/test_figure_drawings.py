"""How values become words, bars and lines; no database is asked."""

from decimal import Decimal
from statistics import charts
from statistics.disclosure import HELD_BACK, NOTHING, Count
from statistics.figures import counts
from statistics.figures.model import Row, shown

import pytest


def test_few_interruptions_are_drawn_as_counts():
    rows = [Row("L0", "Kort", (Count(8), None)), Row("L1", "Lång", (Count(4), None))]
    spec = counts._bars(rows)(charts.WIDE)
    assert [bar["text"] for bar in spec["data"]["values"]] == ["8", "4"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Count(1043), "1\u00a0043"),
        (HELD_BACK, ".."),
        (NOTHING, "-"),
        (None, ".."),
        (34, "34\u00a0%"),
        (Decimal("4.0"), "4,0"),
    ],
)
def test_values_are_written_in_swedish(value, text):
    assert shown(value) == text


def test_parts_of_a_whole_bar_are_laid_end_to_end():
    parts = [charts.Bar("a", 60, "60", "x"), charts.Bar("a", 41, "41", "y")]
    laid = charts.stacked(parts, charts.WIDE)["data"]["values"]
    assert laid[0]["end"] == laid[1]["start"]
    assert round(laid[1]["end"], 6) == 100


def test_months_with_the_same_largest_number_are_named_together():
    told = {f"2025M{month:02}": Count(value) for month, value in ((9, 84), (10, 66), (11, 84))}
    most = counts.busiest(told, set(told))
    assert counts.busiest_words(told, most) == "september 2025 och november 2025: 84 vardera"
    assert counts.busiest_words(told, counts.busiest(told, ["2025M10"])) == "oktober 2025: 66"


def test_each_series_is_named_at_its_first_bar_also_where_the_first_group_lacks_it():
    bars = [
        charts.Bar("a", 1, "1", "x"),
        charts.Bar("b", 2, "2", "x"),
        charts.Bar("b", 3, "3", "y"),
    ]
    texts = [value["text"] for value in charts.paired_bars(bars, charts.WIDE)["data"]["values"]]
    assert texts == ["1  x", "2", "3  y"]
