from datetime import timedelta
from statistics.models import ImportBatch, Interruption

import pytest
from django.utils import timezone

from . import records
from .records import ACTIVITY, SCHOOL_UNIT, STUDENTS, interruption, take_in

pytestmark = pytest.mark.django_db

TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()
NUMBER = records.personal_number()
WRONG = NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)


@pytest.fixture
def source():
    records.make_school()
    return records.make_source()


def the_error(source, row):
    (error,) = take_in(source, row).errors
    return error


def test_an_error_names_row_column_value_and_what_would_be_right(source):
    assert str(the_error(source, interruption(hemkommun="9999"))) == (
        'Rad 2, hemkommun: "9999" är ingen kommunkod. Koderna har fyra siffror, till exempel '
        "1480 för Göteborg."
    )


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("avbrott_id", "", "saknas"),
        ("avbrott_id", "x" * 65, "högst 64 tecken"),
        ("avbrott_id", "1,2E+11", "avrundat"),
        ("avbrott_id", "A\u200b1", "inte syns"),
        ("elev", "", "saknas"),
        ("elev", "2,00801E+11", "avrundat"),
        ("elev", "x" * 65, "högst 64"),
        ("elev", WRONG, "kontrollsiffran"),
        ("kon", "", "K (kvinna) eller M (man)"),
        ("kon", "flicka", "är inget kön"),
        ("fodelsear", "", "fyra siffror"),
        ("fodelsear", "08", "fyra siffror"),
        ("fodelsear", "1950", "skulle vara 75 år"),
        ("hemkommun", "", "kommunkod"),
        ("hemkommun", "180", "fyra siffror"),
        ("skolenhet", "", "åtta siffror"),
        ("skolenhet", "9900001", "åtta siffror"),
        ("skolenhet", "12345678", "finns inte i registret"),
        ("program", "", "programkod"),
        ("program", "QQ", "till exempel NA"),
        ("program", "NA-25", "till exempel NA"),
        ("program", "NANATURVETE", "till exempel NA"),
        ("arskurs", "5", "1, 2, 3 eller 4"),
        ("avbrottsdatum", "", "saknas"),
        ("avbrottsdatum", "2025-13-01", "en dag som inte finns"),
        ("avbrottsdatum", "1/10 2025", "till exempel 2025-03-14"),
        ("avbrottsdatum", TOMORROW, "i framtiden"),
        ("avbrottsdatum", "45931", "troligen 2025-10-01"),
        ("elev", f"pnr {NUMBER}", "bara numret"),
        ("aterstart", "2025-09-30", "före avbrottsdatum, 2025-10-01"),
        ("aterstart", TOMORROW, "i framtiden"),
        ("examensdatum", "2025-09-30", "före avbrottsdatum, 2025-10-01"),
        ("examensdatum", "juni", "inget datum"),
        ("aktivitet", "JOBB", "ingen kod för aktivitet"),
        ("aktivitet_datum", TOMORROW, "i framtiden"),
        ("orsak", "LAT", "FEL, TRI"),
    ],
)
def test_each_wrong_value_of_an_interruption_is_told_in_its_column(source, column, value, sentence):
    error = the_error(source, interruption(**{column: value}))
    assert (error.row, error.column) == (2, column)
    assert sentence in error.message
    assert not value or column == "elev" or error.value


def test_the_header_row_in_the_midst_of_a_file_is_one_error(source):
    header = {column: column for column in interruption()}
    report = take_in(source, interruption(), header, interruption(avbrott_id="B", elev="e2"))
    assert [(error.row, error.code) for error in report.errors] == [(3, "repeated-header")]


def test_an_activity_without_its_day_is_told(source):
    error = the_error(source, interruption(aktivitet="ARB"))
    assert (error.column, "saknas" in error.message) == ("aktivitet_datum", True)


@pytest.mark.parametrize("value", ["", "OKD"])
def test_an_unknown_activity_needs_no_day(source, value):
    assert not take_in(source, interruption(aktivitet=value)).has_errors


def test_events_on_the_very_day_are_in_order(source):
    day = "2025-10-01"
    assert not take_in(source, interruption(aterstart=day, examensdatum=day)).has_errors


def test_small_letters_and_a_study_path_are_taken(source):
    take_in(source, interruption(kon="m", program="imvba", orsak="tri"))
    stored = Interruption.objects.get()
    assert (stored.sex, stored.study_path, stored.programme) == ("M", "IMVBA", "IMV")


def test_all_that_is_wrong_with_a_row_is_told_at_once(source):
    report = take_in(source, interruption(hemkommun="1", arskurs="9", orsak="?"))
    assert [error.column for error in report.errors] == ["hemkommun", "arskurs", "orsak"]
    assert report.wrong == 1


def test_errors_are_told_for_every_row_and_not_for_the_first_hundred(source):
    rows = [interruption(avbrott_id=f"A{n}", hemkommun="1") for n in range(150)]
    report = take_in(source, *rows)
    assert [error.row for error in report.errors] == list(range(2, 152))


def test_the_same_id_twice_is_an_error_on_both_rows(source):
    report = take_in(source, interruption(), interruption(avbrott_id="B"), interruption())
    assert [(error.row, error.column) for error in report.errors] == [
        (2, "avbrott_id"),
        (4, "avbrott_id"),
    ]
    assert "rad 4" in report.errors[0].message
    assert "rad 2" in report.errors[1].message


@pytest.mark.parametrize("column", ["avbrott_id", "program", "hemkommun", "orsak", "Anteckning"])
def test_a_personal_number_outside_its_column_is_an_error_that_does_not_repeat_it(source, column):
    error = the_error(source, interruption(**{column: WRONG}))
    assert "personnummer" in error.message
    assert error.value is None
    assert WRONG not in str(error)
    assert error.column == (column if column != "Anteckning" else "okänd kolumn")


def test_a_personal_number_within_an_id_is_an_error_too(source):
    error = the_error(source, interruption(avbrott_id=f"SKOLA-{NUMBER}"))
    assert error.column == "avbrott_id"
    assert NUMBER not in str(error)


@pytest.mark.parametrize(
    "spelled",
    ["{n}1", "X{n}-2", "{n[2]}{n[3]}-{n[4]}{n[5]}-{n[6]}{n[7]}-{n4}", "{zero}", "{n8}.{n4}"],
)
def test_an_id_made_of_the_students_own_number_is_an_error(source, spelled):
    n = NUMBER
    spelled = spelled.format(n=n, n4=n[8:], n8=n[:8], zero=n[2:].lstrip("0"))
    error = the_error(source, interruption(elev=NUMBER, avbrott_id=spelled))
    assert error.column == "avbrott_id"
    assert "personnummer" in error.message
    assert error.value is None


@pytest.mark.parametrize("spelled", ["{0}_{1}", "{0}/{1}"])
def test_other_separators_do_not_hide_a_number_in_an_id(source, spelled):
    error = the_error(source, interruption(avbrott_id=spelled.format(NUMBER[:8], NUMBER[8:])))
    assert "personnummer" in error.message


@pytest.mark.parametrize(
    "spelled",
    [
        "{0}.{1}",
        "{0} - {1}",
        "{0}--{1}",
        "{0}\u00a0{1}",
        "{0}\u0301{1}",
        "9{0}{1}",
        "{0}{1}0",
        "2008-01-15-{1}",
        "{2}",
    ],
)
def test_no_spelling_of_a_number_is_repeated_in_a_report(source, spelled):
    value = spelled.format(NUMBER[:8], NUMBER[8:], NUMBER[2:].lstrip("0"))
    error = the_error(source, interruption(hemkommun=value))
    assert NUMBER[8:] not in str(error)
    assert NUMBER[8:] not in str(error.as_dict())


def test_a_day_with_a_time_of_day_is_still_shown(source):
    error = the_error(source, interruption(avbrottsdatum="2025-03-14 12:30"))
    assert error.value == "2025-03-14 12:30"


def test_a_personal_number_within_another_wrong_value_is_blotted_out(source):
    report = take_in(source, interruption(hemkommun=f"Ale {NUMBER}"))
    assert report.errors[0].value == "Ale [personnummer]"
    assert NUMBER not in str(report.as_dict())


def test_a_wrong_elev_is_never_shown(source):
    for value in (WRONG, "x" * 70):
        error = the_error(source, interruption(elev=value))
        assert error.value is None
        assert value not in str(error)


def test_long_and_many_lined_values_are_shown_short_on_one_line(source):
    error = the_error(source, interruption(orsak="rad ett\nrad två " + "x" * 100))
    assert "\n" not in str(error)
    assert len(error.value) == 40


@pytest.mark.parametrize(
    ("changes", "column", "sentence"),
    [
        ({"elev": ""}, "elev", "saknas"),
        ({"elev": WRONG}, "elev", "kontrollsiffran"),
        ({"datum": ""}, "datum", "saknas"),
        ({"datum": TOMORROW}, "datum", "i framtiden"),
        ({"aktivitet": "XXX"}, "aktivitet", "ingen kod"),
        ({"kalla": "okand"}, "kalla", "ingen känd källa"),
        ({"avbrott_id": NUMBER, "elev": ""}, "avbrott_id", "personnummer"),
    ],
)
def test_each_wrong_value_of_an_activity_is_told(source, changes, column, sentence):
    error = the_error(source, ACTIVITY | changes)
    assert (error.column, sentence in error.message) == (column, True)


@pytest.mark.parametrize(
    ("changes", "column", "sentence"),
    [
        ({"lasar": "2024"}, "lasar", "2024/25"),
        ({"lasar": "2024/26"}, "lasar", "2024/25"),
        ({"skolenhet": "12345678"}, "skolenhet", "registret"),
        ({"kon": "T"}, "kon", "inget kön"),
        ({"elever": "-1"}, "elever", "heltal"),
        ({"elever": ""}, "elever", "saknas"),
    ],
)
def test_each_wrong_number_of_students_is_told(source, changes, column, sentence):
    error = the_error(source, STUDENTS | changes)
    assert (error.column, sentence in error.message) == (column, True)


def test_two_numbers_for_the_same_students_are_errors_on_both_rows(source):
    report = take_in(source, STUDENTS, STUDENTS | {"elever": "5"})
    assert [error.row for error in report.errors] == [2, 3]


@pytest.mark.parametrize(
    ("changes", "column", "sentence"),
    [
        ({"skolenhet": "1"}, "skolenhet", "åtta siffror"),
        ({"namn": ""}, "namn", "saknas"),
        ({"namn": f"Skola {NUMBER}"}, "namn", "personnummer"),
        ({"kommun": "0000"}, "kommun", "kommunkod"),
        ({"program": "NA XX1"}, "program", "programkod"),
        ({"program": ""}, "program", "saknas"),
        ({"fran": "igår"}, "fran", "inget datum"),
        ({"till": "2001-01-01"}, "till", "2011-07-01. Dagen ska vara samma dag eller senare."),
    ],
)
def test_each_wrong_value_of_a_school_unit_is_told(source, changes, column, sentence):
    error = the_error(source, SCHOOL_UNIT | changes)
    assert (error.column, sentence in error.message) == (column, True)


def test_nothing_is_kept_of_a_file_with_errors(source):
    take_in(source, SCHOOL_UNIT, SCHOOL_UNIT)
    take_in(source, ACTIVITY | {"datum": ""})
    assert not ImportBatch.objects.exists()
