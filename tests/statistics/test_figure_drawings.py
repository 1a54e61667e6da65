"""How values become words, bars and lines; no database is asked."""

import re
import xml.etree.ElementTree as ElementTree
from datetime import date
from decimal import Decimal
from functools import partial
from statistics import charts
from statistics.charts import axes, looks
from statistics.disclosure import HELD_BACK, NOTHING, Count
from statistics.figures import counts
from statistics.figures.model import Row, shown
from statistics.national import delay

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.core.canvas import width_of

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart, width=charts.WIDE, **more):
    return ElementTree.fromstring(charts.svg(chart(width), "t", "d", "x", **more))


def texts(drawing):
    return [text.text for text in drawing.iter(f"{SVG}text")]


def rectangles(drawing):
    return [(float(one.get("x")), float(one.get("width"))) for one in drawing.iter(f"{SVG}rect")]


def test_few_interruptions_are_drawn_as_counts():
    rows = [Row("L0", "Kort", (Count(8), None)), Row("L1", "Lång", (Count(4), None))]
    drawing = drawn(counts._bars(rows))
    assert {"8", "4"} < set(texts(drawing))
    (_, long), (_, short) = rectangles(drawing)
    assert long == pytest.approx(2 * short, abs=0.1)


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
    parts += [charts.Bar("b", 20, "20", "x")]
    (start, width), (start_2, width_2), (_, width_3), *_ = rectangles(
        drawn(partial(charts.stacked, parts))
    )
    assert (start, start_2) == (0, pytest.approx(width, abs=0.1))
    assert width + width_2 == pytest.approx(width_3, abs=0.2)


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
    found = texts(drawn(partial(charts.paired_bars, bars)))
    assert [text for text in found if text not in ("a", "b")] == ["1 x", "2", "3 y"]


def test_a_line_is_broken_where_a_month_is_not_known_or_not_chosen():
    points = [
        ("2025-01-01", 4, True),
        ("2025-02-01", 5, True),
        ("2025-03-01", None, True),
        ("2025-04-01", 3, False),
        ("2025-05-01", 6, True),
    ]
    drawing = drawn(partial(charts.months, points))
    paths = [one.get("d").count("L") for one in drawing.iter(f"{SVG}path")]
    assert paths[-3:] == [1, 1, 1]  # two runs of all months, the first two of the chosen ones
    assert len(list(drawing.iter(f"{SVG}circle"))) == 2  # a chosen month alone, and the last one


@pytest.mark.parametrize(
    ("largest", "step"), [(0, 1), (3, 1), (8, 2), (40, 10), (120, 20), (300, 50), (1043, 200)]
)
def test_numbers_of_the_axis_are_round_and_few(largest, step):
    assert axes.round_step(largest) == step


def test_every_colour_has_another_one_where_the_page_is_dark():
    seven = [charts.Bar("a", 9, "9", name) for name in "abcdefg"]
    series = ["2023/24", "2024/25"]
    chosen = [charts.SeasonPoint("juli", year, at) for at, year in enumerate(series)]
    marked = [charts.BandPoint("2025-01-01", 3, 1, 2, "högt", "")] * 2
    found = [
        charts.bars([charts.Bar("a", 1, "1")], charts.WIDE, ("Regionen", 1.0)),
        charts.paired_bars(seven[:6], charts.WIDE),
        charts.stacked(seven, charts.WIDE),
        charts.months([("2025-01-01", 1, True), ("2025-02-01", 2, True)], charts.WIDE),
        charts.season(chosen, series, charts.WIDE),
        charts.band(marked, charts.WIDE),
        charts.lines_to_hundred({name: [(2024, 1.0)] for name in "abc"}, charts.WIDE),
        delay._chart(delay.delay(date(2026, 10, 31)), charts.WIDE),
    ]
    drawn = "".join(charts.svg(chart, "t", "d", "x") for chart in found)
    used = set(re.findall(r'(fill|stroke)="(#\w+)"', drawn))
    css = (settings.ROOT / "static" / "css" / "statistics.css").read_text()
    # The quiet grey is readable on both.
    kept = {(kind, looks.QUIET) for kind in ("fill", "stroke")}
    assert used - kept <= set(re.findall(r'\.figure__chart \[(fill|stroke)="(#\w+)"\]', css))
    assert len(used - kept) >= 14


amounts = st.one_of(st.none(), st.integers(0, 99_999), st.floats(0.01, 100))
names = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60)
words = st.one_of(names, st.sampled_from(["Utan känd aktivitet", "<b>&", ".."]))
bars = st.lists(
    st.builds(charts.Bar, words, amounts, words, st.sampled_from("abcdefg")), max_size=12
)
whole = st.one_of(st.none(), st.integers(0, 99_999))
days = st.lists(st.dates(date(2000, 1, 1), date(2060, 1, 1)), max_size=80, unique=True).map(sorted)


@st.composite
def kinds(draw):
    kind = draw(st.sampled_from(["bars", "paired_bars", "stacked", "months", "season", "band"]))
    if kind in ("bars", "paired_bars", "stacked"):
        more = {}
        if kind == "bars":
            more["reference"] = draw(st.none() | st.tuples(words, st.floats(0.01, 1000)))
        return partial(getattr(charts, kind), draw(bars), **more)
    found = draw(days)
    values = [draw(whole) for _ in found]
    if kind == "months":
        points = [(f"{d}", v, draw(st.booleans())) for d, v in zip(found, values, strict=True)]
        return partial(charts.months, points)
    if kind == "season":
        month = st.sampled_from(["september", "maj", "juni", "juli"])
        years = ["2023/24", "2024/25"]
        points = [charts.SeasonPoint(draw(month), draw(st.sampled_from(years)), v) for v in values]
        return partial(charts.season, points, years[: draw(st.integers(1, 2))])
    edges = [(v, (v or 0) + 9) if draw(st.booleans()) else (None, None) for v in values]
    edges = [(None, None) if low is None else (low, high) for low, high in edges]
    marks = st.sampled_from(["", "högt", "lågt"])
    points = [
        charts.BandPoint(f"{day}", value, *edge, draw(marks), "")
        for day, value, edge in zip(found, values, edges, strict=True)
    ]
    return partial(charts.band, points)


@given(kinds(), st.sampled_from([charts.NARROW, charts.WIDE, 940]), st.booleans())
def test_whatever_is_drawn_nothing_is_cut_off_and_every_word_is_whole(chart, width, alone):
    above = charts.heading("En rubrik", ["Något om den."]) if alone else ()
    drawing = drawn(chart, width, above=above)
    size = [float(number) for number in drawing.get("viewBox").split()]
    group = drawing.find(f"{SVG}g")
    x, y = (float(n) for n in re.findall(r"-?[\d.]+", group.get("transform")))
    for text in group.iter(f"{SVG}text"):
        across = width_of(text.text, float(text.get("font-size", "13px")[:-2]), _bold(text))
        start = float(text.get("x")) + x
        start -= across * {"middle": 0.5, "end": 1}.get(text.get("text-anchor"), 0)
        assert start >= -0.2 and start + across <= size[2] + 0.2
        assert 0 <= float(text.get("y")) + y <= size[3]
    for one in group.iter(f"{SVG}rect"):
        assert float(one.get("x")) + x >= -0.2
        assert float(one.get("width")) >= 0
        assert float(one.get("x")) + x + float(one.get("width")) <= size[2] + 0.2


def _bold(text):
    return text.get("font-weight") == "700"
