"""Months that wait are left out of what is judged and compared, and it is said; they are no 0."""

from dataclasses import replace
from datetime import date
from statistics import figures, publication, tables
from statistics.disclosure import HELD_BACK, NOTHING, Count, rest
from statistics.figures import band, waiting
from statistics.selection import Selection

import pytest
from django.template.loader import render_to_string

MONTHS = [f"{y}M{m:02d}" for y in range(2021, 2026) for m in range(1, 13)]
YEARS = [f"{y}/{(y + 1) % 100:02d}" for y in range(2020, 2026)]
PLACES = ["1480", "1401", "1407", "T"]
EACH = {"1480": 60, "1401": 30, "1407": 25}
DAY = date(2025, 12, 31)
YEAR = Selection(("2024/25",))


def published(**held):
    """Each month the same, but no month of a held municipality after its day, nor in the total."""
    days = {place: date.fromisoformat(day) for place, day in held.items()}

    def known(place, period):
        return place not in days or waiting.last_of(period) <= days[place]

    def count(place, period, times=1):
        if place != "T":
            return EACH[place] * times if known(place, period) else None
        told = [one for one in EACH if known(one, period)]
        return sum(EACH[one] for one in told) * times if told else None

    def cells(periods, times):
        return [count(place, one, times) for place in PLACES for one in periods for _ in range(3)]

    codes = {"hemkommun": PLACES, "kon": ["K", "M", "T"], "manad": MONTHS, "lasar": YEARS}
    codes |= {"alder": ["T"], "programtyp": ["T"]}
    values = {"avbrott-manad": cells(MONTHS, 1), "avbrott": cells(YEARS, 12)}
    late = {tables.MONTHLY: dict(held)}
    return publication.Figures(1, DAY, DAY, True, codes, {}, {}, values, {}, late)


HELD = {"1401": "2025-09-30"}


def row(figure, code):
    return next(row for row in figure.rows if row.code == code)


def test_the_region_is_set_beside_itself_without_those_who_wait():
    known = waiting.told(published(**HELD), YEAR)
    assert known.apart == ("1401",)
    assert {known.count(month).value for month in MONTHS} == {60 + 25}
    assert known.place_words == "hela regionen utan Härryda"
    assert "Nya uppgifter om Härryda väntar" in known.note


def test_where_nothing_waits_nothing_is_left_out():
    known = waiting.told(published(), YEAR)
    assert (known.apart, known.waiting, known.note) == ((), [], "")
    assert known.count("2025M12") == Count(115)


def test_where_everybody_waits_the_region_waits():
    known = waiting.told(published(**dict.fromkeys(EACH, "2025-09-30")), YEAR)
    assert known.apart == ()
    assert known.waiting == ["2025M10", "2025M11", "2025M12"]
    assert "hela regionen från och med oktober 2025 väntar" in known.note


def test_no_fall_of_the_region_is_judged_from_a_municipality_that_waits():
    """Without rule 5 in mind the last months would be 85 beside 115: unusually few."""
    figure = band.control_band(published(**HELD), YEAR)
    assert {one.texts[-1] for one in figure.rows} == {band.USUAL}
    assert row(figure, "2025M12").texts[:2] == ["85", "85"]
    assert figure.scope.startswith("Hela regionen utan Härryda (hemkommun)")
    assert any("utan den kommunen i alla perioder" in note for note in figure.notes)


def test_a_municipality_that_waits_is_judged_up_to_its_own_day_and_the_rest_said_to_wait():
    figure = band.control_band(published(**HELD), replace(YEAR, kommun=("1401",)))
    for month in ("2025M10", "2025M11", "2025M12"):
        assert row(figure, month).texts[0] == ".."
        assert row(figure, month).texts[-1] == band.WAITS
    assert row(figure, "2025M09").texts[-1] == band.USUAL
    assert figure.reading.startswith("September 2025: 30 avbrott, inom det vanliga")
    assert figure.reading.endswith("Nyare tal väntar.")
    days = [point.day for point in figure.chart.args[0] if point.value is not None]
    assert days[-1] == "2025-09-01"
    assert any("betyder inte noll" in note for note in figure.notes)


def test_a_quarter_with_a_month_that_waits_waits():
    found = published(**{"1401": "2025-11-30"})
    found.values["avbrott-manad"] = [v and v // 3 for v in found.values["avbrott-manad"]]
    figure = band.control_band(found, replace(YEAR, kommun=("1401",)))
    assert figure.row_label == "Kvartal"
    assert row(figure, "2025K4").texts[-1] == band.WAITS
    assert row(figure, "2025K3").texts[-1] == band.USUAL


def test_the_season_compares_only_months_that_are_told_of_whole():
    figure = figures.build("sasong", published(**HELD), replace(YEAR, kommun=("1401",)))
    changes = {one.label: one.texts[-1] for one in figure.rows}
    assert [changes[month] for month in ("september", "oktober", "december")] == [
        "lika många",
        "väntar",
        "väntar",
    ]
    assert figure.reading.startswith("I september 2025 började 30 avbrott, lika många")
    assert "Nyare månader väntar." in figure.reading


def test_a_month_that_is_not_over_is_said_to_run():
    found = replace(published(), data_date=date(2025, 12, 10))
    figure = figures.build("sasong", found, YEAR)
    assert next(one for one in figure.rows if one.label == "december").texts[-1] == "pågår"


def test_the_months_line_ends_where_the_municipality_is_told_of():
    found = figures.build("manader", published(**HELD), replace(YEAR, kommun=("1401",)))
    day, value, _ = found.chart.args[0][-1]
    assert (day, value) == ("2025-09-01", 30)
    assert any("från och med oktober 2025 väntar" in note for note in found.notes)


def test_the_regions_newest_month_is_not_beside_a_month_of_more_municipalities():
    assert "färre" not in figures.build("manader", published(**HELD), YEAR).reading
    assert "lika många" in figures.build("manader", published(), YEAR).reading


def headline(found, selection):
    told = figures.so_far(found, selection)
    answer = {"so_far": told}
    page = render_to_string("statistics/answer_more.html", {"answer": answer, "published": found})
    return told, " ".join(page.split())


def test_so_far_this_year_counts_the_same_months_of_the_same_municipalities():
    told, page = headline(published(**HELD), YEAR)
    assert told["count"].value == told["before"].value == 6 * 85
    assert "avbrott börjat i hela regionen utan Härryda, mot" in page
    assert told["until"] == DAY
    told, page = headline(published(**HELD), replace(YEAR, kommun=("1401",)))
    assert told["count"].value == told["before"].value == 3 * 30
    assert told["until"] == date(2025, 9, 30)
    assert "från och med oktober 2025 väntar" in page


def test_so_far_says_that_it_waits_where_no_month_of_the_year_is_told_of():
    told, page = headline(published(**{"1401": "2025-06-30"}), replace(YEAR, kommun=("1401",)))
    assert told["count"] == HELD_BACK
    assert "Hittills" not in page
    assert "Talen för Härryda från och med juli 2025 väntar" in page


def test_a_month_that_runs_is_not_set_beside_a_whole_one():
    told, _ = headline(replace(published(), data_date=date(2025, 12, 10)), YEAR)
    assert told["count"].value == 5 * 115
    assert told["until"] == date(2025, 11, 30)


def test_a_compared_municipality_that_waits_is_no_zero_and_the_region_is_without_it():
    asked = replace(YEAR, kommun=("1480",), jamfor=("1401",))
    figure = figures.build("jamforhittills", published(**HELD), asked)
    assert [one.label for one in figure.rows] == [
        "Göteborg",
        "Härryda",
        "Hela regionen utan Härryda",
    ]
    assert figure.rows[0].texts == ["360", "360", "lika många"]
    assert figure.rows[1].texts == ["..", "180", "väntar"]
    assert figure.rows[2].texts == ["510", "510", "lika många"]
    alone = replace(YEAR, kommun=("1401",))
    figure = figures.build("jamforhittills", published(**HELD), alone)
    assert figure.rows[0].texts == ["90", "90", "lika många"]
    assert figure.rows[-1].texts == ["345", "345", "lika många"]
    figure = figures.build("jamforhittills", published(**{"1401": "2025-06-30"}), alone)
    assert figure.reading == "Talen för Härryda läsåret 2025/26 väntar."


@pytest.mark.parametrize(
    ("whole", "parts", "left"),
    [
        (Count(10), [Count(4), HELD_BACK, NOTHING], Count(6, 2)),
        (Count(3), [Count(5)], Count(0, 2)),
        (HELD_BACK, [Count(4)], HELD_BACK),
    ],
)
def test_the_rest_of_a_total_is_less_certain_and_never_below_zero(whole, parts, left):
    assert rest(whole, parts) == left
