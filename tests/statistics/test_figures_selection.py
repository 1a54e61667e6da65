"""The one filter object: from a query string, to words, and back."""

from datetime import date
from statistics import tables
from statistics.selection import Selection, default_year, joined, parse

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

YEARS = ["2022/23", "2023/24", "2024/25", "2025/26", "2026/27"]
DAY = date(2026, 10, 31)


def read(query):
    return parse(QueryDict(query), YEARS, DAY)


def test_nothing_asked_is_the_newest_ended_year_of_the_whole_region():
    assert read("") == Selection(("2025/26",))


@pytest.mark.parametrize(
    ("day", "year"),
    [(DAY, "2025/26"), (date(2026, 6, 30), "2025/26"), (date(2026, 6, 29), "2024/25")],
)
def test_a_school_year_has_ended_on_its_last_day_of_june(day, year):
    assert default_year(YEARS, day) == year


def test_before_any_year_has_ended_it_is_the_newest():
    assert default_year(["2026/27"], DAY) == "2026/27"


def test_a_repeated_parameter_selects_several_in_the_order_of_the_list():
    found = read("kommun=1480&kommun=1440&lasar=2024/25&lasar=2023/24")
    assert found.kommun == ("1440", "1480")
    assert found.lasar == ("2023/24", "2024/25")


def test_all_values_and_the_total_are_no_selection():
    assert read("kon=K&kon=M").kon == ()
    assert read("kon=T&kommun=T&programtyp=").kon == ()
    everywhere = "&".join(f"kommun={code}" for code in tables.PLACES)
    assert read(everywhere).kommun == ()


def test_a_bad_value_is_dropped_and_named():
    found = read("kommun=9999&kommun=1480&kon=X")
    assert found.kommun == ("1480",)
    assert found.kon == ()
    assert "”9999” är inget giltigt värde för kommun" in found.problems[0]
    assert "”X” är inget giltigt värde för kön" in found.problems[1]


def test_many_bad_values_make_few_sentences():
    found = read("&".join(f"kommun={n}" for n in range(500)))
    assert len(found.problems) == 4
    assert found.problems[-1] == "Ytterligare 497 värden har lämnats utanför."


def test_what_cannot_be_printed_is_not_repeated():
    assert "ett värde som inte går att visa" in read("kon=%00%07").problems[0]


codes = st.lists(st.sampled_from([*tables.PLACES, "T", "", "x"]), max_size=5)


@given(codes, st.lists(st.sampled_from(YEARS)), st.sampled_from(["", "K", "M"]), st.booleans())
def test_its_own_query_string_asks_for_the_same_again(places, years, sex, school):
    pairs = [("kommun", p) for p in places] + [("lasar", y) for y in years] + [("kon", sex)]
    pairs += [("perspektiv", "skola")] if school else []
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    found = parse(query, YEARS, DAY)
    assert read(found.query) == found


def test_the_selection_is_said_in_words():
    found = read("kommun=1440&kommun=1480&lasar=2024/25&kon=K&programtyp=YP")
    words = found.words("hemkommun", "lasar", "kon", "programtyp")
    assert words == "Ale och Göteborg (hemkommun), läsåret 2024/25, kvinnor, yrkesprogram"
    assert found.who_words == " bland kvinnor på yrkesprogram"
    assert read("lasar=2023/24&lasar=2024/25").year_words == "läsåren 2023/24 och 2024/25"
    assert read("").words("hemkommun") == "Hela regionen (hemkommun)"


def test_the_perspective_decides_which_municipality_is_meant():
    assert read("kommun=1480&perspektiv=skola").chosen("skolkommun") == {"skolkommun": ("1480",)}
    assert read("kommun=1480").chosen("skolkommun") == {}


def test_words_are_joined_as_in_a_sentence():
    assert joined(["Ale"]) == "Ale"
    assert joined(["Ale", "Lerum", "Tjörn"]) == "Ale, Lerum och Tjörn"
    assert joined([]) == ""
