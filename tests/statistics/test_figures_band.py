"""The control band: what is usual, what is marked, and how the protection widens it."""

from dataclasses import replace
from datetime import date
from math import sqrt
from random import Random
from statistics import charts, publication
from statistics.disclosure import HELD_BACK, Count
from statistics.figures import band
from statistics.figures.band import HIGH, LOW, NO_BAND, OPEN, USUAL, Period, judge
from statistics.selection import Selection

import pytest

MONTHS = [f"{y}M{m:02d}" for y in range(2021, 2026) for m in range(1, 13)]


def period(value, year, season=1, cells=1, ended=True):
    code = f"{year}-{season}"
    count = HELD_BACK if value is None else Count(value, cells)
    return Period(code, code, season, f"{year}-01-01", count, ended)


def words(values, **more):
    return [one.words for one in judge([period(v, 2015 + n) for n, v in enumerate(values)], **more)]


def test_a_count_far_from_the_same_month_of_other_years_is_marked_and_named():
    quiet = [40, 41, 39, 40, 40, 41, 39]
    assert words([*quiet, 90])[-1] == HIGH
    assert words([*quiet, 5])[-1] == LOW
    assert set(words([*quiet, 45])) == {USUAL}


def test_a_september_is_compared_with_septembers_alone():
    periods = [period(80, y, 9) for y in range(5)] + [period(6, y, 7) for y in range(5)]
    assert {one.words for one in judge(periods)} == {USUAL}
    one = next(one for one in judge(periods) if one.period.season == 7)
    assert one.usual == 6
    assert one.low == 0


def test_the_protection_widens_the_band_by_its_variance_for_every_cell_there_is():
    values = [25] * 6
    single = judge([period(v, n) for n, v in enumerate(values)])[0]
    summed = judge([period(v, n, cells=3) for n, v in enumerate(values)])[0]
    bare = judge([period(v, n) for n, v in enumerate(values)], exact=True)[0]
    for one, cells in ((single, 1), (summed, 3), (bare, 0)):
        half = 3 * sqrt(25 + 25 / 5 + 3 * cells * (1 + 1 / 5))
        assert (one.low, one.high) == (round(25 - half), round(25 + half))
    assert bare.high < single.high < summed.high


def test_what_varies_more_than_counts_do_has_a_wider_band():
    wild = judge([period(v, n) for n, v in enumerate([20, 60, 25, 70, 30, 65, 22, 75])])
    calm = judge([period(v, n) for n, v in enumerate([45, 46, 45, 46, 46, 45, 46, 45])])
    assert wild[0].high - wild[0].low > 2 * (calm[0].high - calm[0].low)
    assert {one.words for one in wild} == {USUAL}


def test_pure_chance_is_seldom_marked():
    """Poisson counts (as sums of rare events) with the noise of the protection: few false marks."""
    random = Random(7)
    periods = [
        period(
            sum(random.random() < 0.04 for _ in range(1000)) + random.choice((-2, -1, 0, 0, 1, 2)),
            year,
            season,
        )
        for year in range(6)
        for season in range(12)
    ]
    assert sum(one.marked for one in judge(periods)) <= 2


def test_what_is_not_over_or_has_too_few_years_is_not_judged():
    assert words([40, 41])[:] == [NO_BAND, NO_BAND]
    running = judge([period(40, 1), period(41, 2), period(39, 3), period(3, 4, ended=False)])
    assert [one.words for one in running] == [USUAL, USUAL, USUAL, OPEN]


def test_a_blocked_count_is_not_judged_and_is_in_nobodys_mean():
    found = judge([period(v, n) for n, v in enumerate([40, 42, None, 41])])
    assert found[2].words == NO_BAND
    assert found[0].usual == 41.5


def published(monthly, day=date(2025, 12, 31)):
    """A publication with the same count each month, for the whole region and one municipality."""
    codes = {
        "hemkommun": ["1480", "T"],
        "kon": ["K", "M", "T"],
        "manad": MONTHS,
        "lasar": ["2020/21", "2021/22", "2022/23", "2023/24", "2024/25", "2025/26"],
        "alder": ["T"],
        "programtyp": ["T"],
    }
    return publication.Figures(
        1,
        day,
        day,
        True,
        codes,
        {},
        {},
        {
            "avbrott-manad": [monthly] * (2 * len(MONTHS) * 3),
            "avbrott": [monthly * 12] * (2 * 6 * 3),
        },
    )


@pytest.mark.parametrize(
    ("monthly", "unit", "rows"), [(20, "Månad", 60), (19, "Kvartal", 20), (6, "Läsår", 6)]
)
def test_months_where_there_are_twenty_else_quarters_else_years(monthly, unit, rows):
    figure = band.control_band(published(monthly), Selection(("2024/25",), ("1480",)))
    assert figure.row_label == unit
    assert len(figure.rows) == rows
    assert ("färre än 20" in " ".join(figure.notes)) == (unit != "Månad")


def test_too_few_have_no_band_and_a_sentence():
    figure = band.control_band(published(1), Selection(("2024/25",), ("1480",)))
    assert figure.chart is None
    assert figure.rows == []
    assert "för få" in figure.reading


def test_the_mark_is_told_in_a_sentence_in_the_table_and_by_a_shape_with_a_word():
    figures = published(30)
    values = list(figures.values["avbrott-manad"])
    at = (0 * 60 + MONTHS.index("2024M10")) * 3 + 2
    values[at] = 95
    figures = replace(figures, values=figures.values | {"avbrott-manad": values})
    figure = band.control_band(figures, Selection(("2024/25",), ("1480",)))
    assert "Utanför bandet ligger oktober 2024 (ovanligt många)." in figure.reading
    row = next(row for row in figure.rows if row.code == "2024M10")
    assert row.texts[0] == "95"
    assert row.texts[-1] == HIGH
    drawn = figure.chart(charts.WIDE)
    marked = [point for point in figure.chart.args[0] if point.mark]
    assert [(point.day, point.mark) for point in marked] == [("2024-10-01", "högt")]
    assert charts.svg(drawn, "t", "d", "x").count(">högt</text>") == 1


def test_the_month_that_is_not_over_on_the_data_date_is_neither_drawn_nor_judged():
    figure = band.control_band(published(30, date(2025, 12, 30)), Selection(("2024/25",)))
    assert figure.rows[0].texts[-1] == OPEN
    assert len(figure.chart.args[0]) == 59
    assert figure.reading.startswith("November 2025: 30 avbrott, inom det vanliga")
