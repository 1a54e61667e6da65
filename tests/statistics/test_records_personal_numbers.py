from datetime import date
from statistics.ingestion import pseudonyms
from statistics.ingestion.findings import Invalid
from statistics.ingestion.interruptions import student
from statistics.ingestion.personal_numbers import hides_one, is_shaped_like_one, masked, parse

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from .records import personal_number

TODAY = date(2026, 11, 23)
NUMBER = personal_number("20080115", "239")
SHORT = NUMBER[2:]


def pseudonym(elev, source, today):
    return student(elev, source, today).pseudonym


@pytest.mark.parametrize(
    "spelling",
    [
        NUMBER,
        f"{NUMBER[:8]}-{NUMBER[8:]}",
        f"{NUMBER[:8]} {NUMBER[8:]}",
        f"{NUMBER[:8]}–{NUMBER[8:]}",
        f" {NUMBER} ",
        SHORT,
        f"{SHORT[:6]}-{SHORT[6:]}",
        "".join(chr(ord("０") + int(digit)) for digit in NUMBER),
        f"{SHORT[:6]}\u200b-{SHORT[6:]}",
    ],
)
def test_every_spelling_of_a_number_is_the_same_student(spelling):
    found = parse(spelling, TODAY)
    assert (found.digits, found.birth_year, found.sex) == (NUMBER, 2008, "M")
    assert pseudonym(spelling, "a", TODAY) == pseudonym(NUMBER, "b", TODAY)


def test_another_id_only_means_something_at_its_source():
    assert pseudonym("4711", "a", TODAY) != pseudonym("4711", "b", TODAY)
    assert pseudonym("4711", "a", TODAY) == pseudonym("4711", "a", TODAY)


def test_a_pseudonym_depends_on_the_key_of_the_installation(settings):
    before = pseudonym(NUMBER, "a", TODAY)
    settings.PSEUDONYM_KEY = b"another key"
    assert pseudonym(NUMBER, "a", TODAY) != before
    assert len(before) == 32


def test_a_coordination_number_has_its_day_raised_by_sixty():
    found = parse(personal_number("20080175", "238"), TODAY)
    assert (found.birth_year, found.sex) == (2008, "K")
    assert parse(personal_number("20080192", "238"), TODAY) is None


@pytest.mark.parametrize(
    ("short", "year"),
    [("081231", 2008), ("261123", 2026), ("261124", 1926), ("270101", 1927), ("991231", 1999)],
)
def test_ten_digits_mean_the_latest_century_that_is_not_in_the_future(short, year):
    assert parse(personal_number(f"20{short}")[2:], TODAY).birth_year == year


def test_a_plus_means_a_hundred_years_earlier():
    short = personal_number("20080115")[2:]
    assert parse(f"{short[:6]}+{short[6:]}", TODAY).birth_year == 1908


@pytest.mark.parametrize("position", range(2, 12))
def test_any_digit_that_is_wrong_breaks_the_check_digit(position):
    digit = str((int(NUMBER[position]) + 1) % 10)
    assert parse(NUMBER[:position] + digit + NUMBER[position + 1 :], TODAY) is None


@pytest.mark.parametrize(
    "value",
    ["0801152380", "080115-2380", "20080115 2380", "200801752380", "0002292380", "080115+2380"],
)
def test_a_possible_date_has_the_shape_whatever_the_check_digit(value):
    assert is_shaped_like_one(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "SYN-000123",
        "99000001",
        "2025-03-14",
        "0813152380",
        "0801322380",
        "0801922380",
        "08011523801",
        "20070229-2380",
        "210801152380",
        "5560360793",
        "20130101TF01",
        "0801-152380",
        "080115--2380",
    ],
)
def test_what_cannot_be_a_date_does_not_have_the_shape(value):
    assert not is_shaped_like_one(value)


def test_a_date_of_birth_in_the_future_is_none():
    assert parse(personal_number("20270115"), TODAY) is None


def test_a_number_hidden_in_a_longer_text_is_found_by_its_check_digit():
    assert hides_one(f"SKOLA-{NUMBER}-1")
    assert hides_one(f"elev {SHORT[:6]}-{SHORT[6:]}")
    assert not hides_one(f"SKOLA-{NUMBER[:-1]}{(int(NUMBER[-1]) + 1) % 10}")
    assert not hides_one(f"1{NUMBER}1")


def test_a_text_is_shown_with_its_numbers_blotted_out():
    assert (
        masked(f"a {NUMBER}, b {SHORT[:6]}-{SHORT[6:]}.") == "a [personnummer], b [personnummer]."
    )
    assert masked("SYN-000123") == "SYN-000123"


def test_a_number_does_not_show_when_it_is_printed():
    assert NUMBER not in repr(parse(NUMBER, TODAY))


@given(st.dates(date(1930, 1, 1), date(2026, 11, 22)), st.integers(0, 999))
def test_every_number_of_twelve_digits_is_found_again_in_ten(born, serial):
    head = f"{born:%y%m%d}{serial:03d}"
    digits = f"{born:%Y%m%d}{serial:03d}{luhn.calc_check_digit(head)}"
    assert parse(digits, TODAY) == parse(digits[2:], TODAY)
    assert parse(digits, TODAY).sex == ("M" if serial % 2 else "K")


@given(st.text(max_size=20))
def test_no_text_makes_the_parser_crash(text):
    is_shaped_like_one(text)
    hides_one(text)
    masked(text)
    assert parse(text, TODAY) is None or is_shaped_like_one(text)


@pytest.mark.parametrize(
    ("record_id", "key"),
    [("A1", 549067573), ("A2", 2414958485), ("A3", 1741942247), ("A4", 468056987)],
)
def test_record_keys_agree_with_the_published_vectors(record_id, key):
    assert pseudonyms.record_key(record_id) == key


def test_person_keys_are_another_series_than_record_keys():
    assert pseudonyms.person_key(b"A1") != pseudonyms.record_key("A1")
    assert 0 <= pseudonyms.person_key(b"A1") < 2**32


@pytest.mark.parametrize(
    "spelling",
    [
        "{0}{1} {2} {3} - {4}",
        "{0}{1}.{2}.{3}.{4}",
        "{0}{1}-{2}-{3}-{4}",
        "{1}/{2}/{3}/{4}",
        "7: {0}{1} {2} {3} {4} (2)",
        "{1} {2} {3}  {4}",
        "id:{0} {1} {2} {3} {4}",
        "{1}{2}{3} - {4}x",
    ],
)
def test_a_number_hides_in_no_unusual_spelling(spelling):
    text = spelling.format(NUMBER[:2], NUMBER[2:4], NUMBER[4:6], NUMBER[6:8], NUMBER[8:])
    assert hides_one(text)
    assert not hides_one(text.replace(NUMBER[8:], f"{(int(NUMBER[8:]) + 1) % 10000:04d}"))


@pytest.mark.parametrize(
    "text", ["2025-1234567890", "2024-08-15-0001", "9" * 14, "1234567890123456", "A-10-20-30-40"]
)
def test_other_ids_with_many_digits_are_left_alone(text):
    assert not hides_one(text)


def test_text_around_a_number_in_its_own_column_is_told():
    for value in (f"pnr {NUMBER}", f"{SHORT[:6]}-{SHORT[6:]} (skyddad)", f"{NUMBER} Anna"):
        with pytest.raises(Invalid, match="också annat"):
            student(value, "gr-demo", TODAY)
