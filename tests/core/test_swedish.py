"""Dates and numbers in Swedish form."""

from datetime import date

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
