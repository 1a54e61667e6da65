"""What a report says before anything changes."""

import io
import json
from statistics.ingestion.findings import HEADINGS, MissingColumns, UnusableFile
from statistics.ingestion.loader import import_file
from statistics.models import CurrentInterruption, ImportBatch, Interruption

import pytest
import xlsxwriter

from . import records
from .records import ACTIVITY, INTERRUPTION, csv_bytes, interruption, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    records.make_school()
    return records.make_source()


def test_it_says_what_the_file_is(source):
    data = csv_bytes([interruption() | {"Klass": "1A"}], "cp1252", ",", header=None)
    report = import_file(data.replace(b"kon,", "Kön,".encode("cp1252")), "a.csv", source)
    told = report.as_dict()["file"]
    assert (told["format"], told["encoding"], told["delimiter"]) == ("CSV", "cp1252", ",")
    assert {"column": "kon", "header": "Kön", "how": "name"} in told["columns"]
    assert report.unknown_columns == ["Klass"]


def test_it_names_the_sheet_that_was_read_and_those_that_were_not(source):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Avbrott 2025")
        for number, row in enumerate([list(INTERRUPTION), list(INTERRUPTION.values())]):
            sheet.write_row(number, 0, row)
        book.add_worksheet("Gamla").hide()
    told = import_file(file.getvalue(), "a.xlsx", source).as_dict()["file"]
    assert (told["format"], told["sheet"], told["other_sheets"]) == (
        "XLSX",
        "Avbrott 2025",
        ["Gamla"],
    )


def test_a_synonym_is_used_and_told(source):
    data = csv_bytes([interruption()]).replace(b"elev;", b"Personnummer;", 1)
    data = data.replace(b"skolenhet;", b"Skolenhetskod;", 1)
    report = import_file(data, "a.csv", source)
    assert report.new == 1
    ways = {column.name: (column.header, column.how) for column in report.columns}
    assert ways["elev"] == ("Personnummer", "synonym")
    assert ways["skolenhet"] == ("Skolenhetskod", "synonym")


def test_a_column_by_its_own_name_is_never_taken_by_a_synonym(source):
    report = take_in(source, interruption() | {"Personnummer": "x", "Kommun": "1402"})
    assert CurrentInterruption.objects.get().home_municipality_id == "1480"
    assert report.unknown_columns == ["Personnummer", "Kommun"]


def test_missing_columns_can_be_mapped_by_hand_and_are_remembered(source):
    data = csv_bytes([interruption()]).replace(b"avbrott_id;", b"Lopnr (internt);", 1)
    with pytest.raises(MissingColumns) as error:
        import_file(data, "a.csv", source)
    assert (error.value.kind, error.value.missing) == ("interruptions", ["avbrott_id"])
    assert error.value.headers[:2] == ["Lopnr (internt)", "elev"]
    names = {"Lopnr (internt)": "avbrott_id"}
    assert import_file(data, "a.csv", source, names=names, dry_run=True).new == 1
    source.refresh_from_db()
    assert source.column_names == {}
    import_file(data, "a.csv", source, names=names)
    source.refresh_from_db()
    report = import_file(data, "a.csv", source)
    assert (report.unchanged, report.columns[0].how) == (1, "mapping")


def test_a_column_can_be_left_out_by_hand(source):
    report = take_in(source, interruption(orsak="?"), names={"orsak": ""})
    assert (report.new, report.unknown_columns) == (1, ["orsak"])


@pytest.mark.parametrize("names", [{"kon": "namnlös"}, {"kon": "elev", "elev": "elev"}])
def test_a_mapping_to_no_column_or_twice_to_one_is_refused(source, names):
    with pytest.raises(UnusableFile):
        take_in(source, interruption(), names=names)


def test_changed_columns_are_counted(source):
    take_in(source, interruption(), interruption(avbrott_id="B", elev="e2"))
    report = take_in(
        source,
        interruption(aterstart="2026-01-01", orsak="FEL"),
        interruption(avbrott_id="B", elev="e2", aterstart="2026-01-02"),
    )
    assert report.changed_columns == {"aterstart": 2, "orsak": 1}


def test_an_activity_that_came_new_is_a_changed_column_too(source):
    take_in(source, interruption())
    report = take_in(source, interruption(aktivitet="ARB", aktivitet_datum="2025-12-01"))
    assert report.changed_columns == {"aktivitet": 1}


def test_errors_are_grouped_by_kind_the_largest_first(source):
    report = take_in(
        source,
        interruption(hemkommun="1", orsak="x"),
        interruption(avbrott_id="B", hemkommun="2"),
    )
    assert [(g.code, g.column, g.rows) for g in report.groups] == [
        ("unknown-code", "hemkommun", [2, 3]),
        ("unknown-code", "orsak", [2]),
    ]
    assert report.groups[0].heading == HEADINGS["unknown-code"]


def test_the_report_can_be_kept_as_json(source):
    report = take_in(source, interruption(hemkommun="1"), interruption(kon="K"))
    told = json.loads(json.dumps(report.as_dict()))
    assert (told["rows"], told["groups"][0]["count"]) == (2, 1)


def test_a_file_far_smaller_than_the_last_is_noticed(source):
    known = {"aktivitet": "ARB", "aktivitet_datum": "2025-12-01"}
    rows = [interruption(avbrott_id=f"A{n}", elev=f"e{n}", **known) for n in range(41)]
    take_in(source, *rows)
    (notice,) = take_in(source, *rows[:20], dry_run=True).notices
    assert (notice.code, "20 rader" in notice.message) == ("volume", True)
    assert take_in(source, *rows[:21], dry_run=True).notices == []


def test_a_school_that_is_no_longer_there_is_noticed(source):
    records.make_school("99000007")
    take_in(
        source,
        interruption(),
        interruption(avbrott_id="B", skolenhet="99000007"),
        interruption(avbrott_id="C", avbrottsdatum="2025-11-01"),
    )
    report = take_in(source, interruption(), interruption(avbrott_id="C", elev="e3"))
    (notice,) = report.notices
    assert (notice.code, "99000007" in notice.message) == ("vanished-school", True)


def test_many_unknown_activities_are_noticed(source):
    rows = [interruption(avbrott_id=f"A{n}", elev=f"e{n}") for n in range(20)]
    (notice,) = take_in(source, *rows, dry_run=True).notices
    assert notice.code == "unknown-activities"
    for row in rows[:10]:
        row |= {"aktivitet": "ARB", "aktivitet_datum": "2025-12-01"}
    assert take_in(source, *rows).notices == []


def test_what_would_change_can_be_looked_at_before_it_does(source):
    report = take_in(
        source, interruption(), dry_run=True, look=lambda: CurrentInterruption.objects.count()
    )
    assert report.effects == 1
    assert not Interruption.objects.exists()


def test_a_decision_that_no_longer_fits_takes_nothing_in(source):
    approved = take_in(source, interruption(), dry_run=True).outcome
    take_in(source, interruption())
    again = take_in(source, interruption(), expected=approved)
    assert (again.outdated, again.batch, ImportBatch.objects.count()) == (True, None, 1)
    assert take_in(source, interruption(), expected=again.outcome).batch


def test_progress_is_told_step_by_step(source):
    seen = []
    rows = [interruption(avbrott_id=f"A{n}", elev=f"e{n}") for n in range(2001)]
    take_in(source, *rows, progress=lambda *step: seen.append(step))
    assert [step for step, _, _ in seen] == ["reading", "comparing", "storing"]
    assert seen[0][1] <= seen[0][2]


def test_a_row_outside_of_what_the_source_may_report_is_an_error(source):
    source.municipalities.set(["1480"])
    source.school_units = [records.SCHOOL]
    records.make_school("99000007")
    rows = [
        interruption(),
        interruption(avbrott_id="B", hemkommun="1440"),
        interruption(avbrott_id="C", skolenhet="99000007"),
    ]
    found = [(e.row, e.column, e.code) for e in take_in(source, *rows).errors]
    assert found == [(3, "hemkommun", "out-of-scope"), (4, "skolenhet", "out-of-scope")]


def test_an_activity_of_a_student_from_elsewhere_is_outside_too(source):
    municipality = records.make_source("kommun")
    municipality.municipalities.set(["1440"])
    number = records.personal_number()
    take_in(source, interruption(elev=number))
    (error,) = take_in(municipality, ACTIVITY | {"elev": number}).errors
    assert error.code == "out-of-scope"
    municipality.municipalities.set(["1440", "1480"])
    assert take_in(municipality, ACTIVITY | {"elev": number}).new == 1
