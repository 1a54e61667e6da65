"""Dates and numbers in Swedish form."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from pluginnovation.core.markdown import to_rich_text
from pluginnovation.core.templatetags import swedish

SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def _in_swedish():
    with translation.override("sv"):
        yield


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (999, "999"), (12345, f"12{SPACE}345"), (1234567, f"1{SPACE}234{SPACE}567")],
)
def test_thousands_are_set_apart_by_a_space_that_does_not_break(value, shown):
    assert swedish.number(value) == shown


def test_a_decimal_has_a_comma():
    assert swedish.number(79.7) == "79,7"


@pytest.mark.parametrize("value", [None, ""])
def test_no_number_is_shown_as_nothing(value):
    assert swedish.number(value) == ""


def test_a_day_is_written_out():
    assert swedish.day(date(2026, 3, 3)) == "3 mars 2026"
    assert swedish.month(date(2026, 10, 31)) == "oktober 2026"
    assert swedish.day(None) == ""


def test_a_time_is_written_out_where_it_is_read():
    assert swedish.moment(datetime(2026, 3, 3, 13, 5, tzinfo=UTC)) == "3 mars 2026 kl. 14.05"
    assert swedish.moment(None) == ""


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        ([], ""),
        (["Mentor"], "mentor"),
        (["Mentor", "Handläggare (KAA)", "IM-elever"], "mentor, handläggare (KAA) och IM-elever"),
    ],
)
def test_labels_are_read_as_a_sentence_has_them(labels, shown):
    assert swedish.in_words(labels) == shown


def test_kinds_are_counted_in_the_plural():
    assert [swedish.many("Metod", count) for count in (1, 2)] == ["Metod", "Metoder"]
    assert swedish.many("Dokument", 2) == "Dokument"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Tillgänglighetsredogörelse", "Tillgänglighets-redogörelse"),
        ("Om aktivitetsansvaret", "Om aktivitets-ansvaret"),
        ("Framgångsfaktorer", "Framgångs-faktorer"),
        ("Riskfaktorer", "Riskfaktorer"),
    ],
)
def test_only_the_longest_words_may_be_broken_and_where_their_last_part_begins(title, shown):
    assert swedish.breakable(title).replace("\N{SOFT HYPHEN}", "-") == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(45, "45 s"), (60, "1 min"), (200, "3 min 20 s"), (None, "0 s")],
)
def test_a_length_is_told_in_minutes_and_seconds(seconds, shown):
    assert swedish.duration(seconds).replace(SPACE, " ") == shown


def test_headings_get_the_level_that_the_page_needs():
    assert to_rich_text("### Mål\n\nText") == "<h3>Mål</h3>\n<p>Text</p>"
    assert to_rich_text("### Mål", top_heading=2) == "<h2>Mål</h2>"
    assert to_rich_text(None) == ""
