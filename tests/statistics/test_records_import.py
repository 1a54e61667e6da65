from hashlib import sha256
from statistics.deliveries import history
from statistics.ingestion.findings import UnusableFile
from statistics.ingestion.loader import import_file
from statistics.ingestion.withdrawal import affected, withdraw
from statistics.models import (
    Activity,
    CurrentInterruption,
    CurrentStudentCount,
    ImportBatch,
    Interruption,
    SchoolUnit,
    StudentCount,
)

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from . import records
from .records import SCHOOL_UNIT, STUDENTS, counts, csv_bytes, current, interruption, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    records.make_school()
    return records.make_source()


def test_a_row_is_stored_with_what_follows_from_it(source):
    report = take_in(source, interruption(aterstart="2026-01-10", orsak="fel"))
    stored = current()
    assert counts(report) == (1, 0, 0, 0)
    assert (stored.programme, stored.programme_type, stored.study_path) == ("NA", "HF", "NA25")
    assert (stored.school_year, stored.age, stored.sex, stored.reason) == (
        "2025/26",
        17,
        "K",
        "FEL",
    )
    assert stored.resumed_on.isoformat() == "2026-01-10"
    assert stored.graduated_on is None
    assert bytes(stored.pseudonym) != b"elev-1"


def test_the_batch_remembers_the_file_and_its_newest_event(source):
    data = csv_bytes([interruption(aterstart="2026-01-10")])
    batch = import_file(data, "leverans.csv", source).batch
    assert (batch.file_name, batch.size, batch.kind) == ("leverans.csv", len(data), "interruptions")
    assert (batch.rows, batch.new, batch.changed, batch.unchanged) == (1, 1, 0, 0)
    assert batch.data_date.isoformat() == "2026-01-10"
    assert batch.synthetic


def test_the_same_file_again_writes_nothing_but_the_batch(source):
    rows = [
        interruption(aktivitet="ARB", aktivitet_datum="2025-12-01"),
        interruption(avbrott_id="B"),
    ]
    take_in(source, *rows)
    again = take_in(source, *rows)
    assert counts(again) == (0, 0, 2, 0)
    assert Interruption.objects.count() == 2
    assert Activity.objects.count() == 1
    assert ImportBatch.objects.count() == 2


def test_newer_values_make_a_new_version_and_the_old_one_stays(source):
    take_in(source, interruption(), interruption(avbrott_id="B", elev="elev-2"))
    report = take_in(source, interruption(aterstart="2026-02-01"))
    assert counts(report) == (0, 1, 0, 0)
    assert current().resumed_on.isoformat() == "2026-02-01"
    assert Interruption.objects.filter(local_id="A1").count() == 2
    assert CurrentInterruption.objects.count() == 2


def test_values_that_go_back_to_what_they_were_are_a_change_too(source):
    for end in ("", "2026-02-01", ""):
        take_in(source, interruption(aterstart=end))
    assert current().resumed_on is None
    assert Interruption.objects.count() == 3


def test_a_row_that_is_not_in_a_later_file_is_left_as_it_was(source):
    take_in(source, interruption(), interruption(avbrott_id="B", elev="elev-2"))
    take_in(source, interruption(avbrott_id="B", elev="elev-2"))
    assert CurrentInterruption.objects.count() == 2


def test_one_wrong_row_keeps_the_whole_file_out(source):
    report = take_in(source, interruption(), interruption(avbrott_id="B", hemkommun="9999"))
    assert counts(report) == (1, 0, 0, 1)
    assert report.batch is None
    assert not Interruption.objects.exists()
    assert not ImportBatch.objects.exists()


def test_a_database_error_in_the_midst_leaves_nothing_behind(source, monkeypatch):
    take_in(source, interruption())

    def broken(cursor, batch, *more):
        cursor.execute("INSERT INTO statistics_activity (batch_id) VALUES (%s)", [batch.pk])

    monkeypatch.setattr("statistics.ingestion.loader._write", broken)
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        take_in(source, interruption(aterstart="2026-02-01"))
    assert ImportBatch.objects.count() == 1
    assert current().resumed_on is None


def test_a_dry_run_counts_the_same_and_keeps_nothing(source):
    rows = [interruption(), interruption(avbrott_id="B", elev="elev-2")]
    tried = take_in(source, *rows, dry_run=True)
    assert tried.batch is None
    assert not ImportBatch.objects.exists()
    assert not Interruption.objects.exists()
    assert counts(tried) == counts(take_in(source, *rows))


def test_a_file_with_a_header_and_no_rows_is_usable_and_changes_nothing(source):
    report = import_file(csv_bytes([], header=interruption()), "tom.csv", source)
    assert counts(report) == (0, 0, 0, 0)
    assert not report.has_errors
    assert not Interruption.objects.exists()


def test_the_same_id_at_two_sources_is_two_interruptions(source):
    other = records.make_source("annan")
    take_in(source, interruption())
    take_in(other, interruption())
    keys = set(CurrentInterruption.objects.values_list("record_key", flat=True))
    students = {bytes(p) for p in CurrentInterruption.objects.values_list("pseudonym", flat=True)}
    assert len(keys) == len(students) == 2


def test_the_same_student_from_another_source_within_fourteen_days_is_told(source):
    other, number = records.make_source("annan"), records.personal_number()
    take_in(source, interruption(elev=number), name="först.csv")
    report = take_in(other, interruption(avbrott_id="X", elev=number, avbrottsdatum="2025-10-15"))
    (error,) = report.errors
    assert (error.row, error.column, report.wrong) == (2, "avbrottsdatum", 1)
    assert "först.csv" in error.message
    assert "2025-10-01" in error.message
    assert number not in error.message


@pytest.mark.parametrize("began", ["2025-10-16", "2025-09-16"])
def test_fifteen_days_apart_is_no_double(source, began):
    other, number = records.make_source("annan"), records.personal_number()
    take_in(source, interruption(elev=number))
    report = take_in(other, interruption(avbrott_id="X", elev=number, avbrottsdatum=began))
    assert not report.has_errors


def test_a_withdrawn_delivery_is_no_ground_for_a_double(source):
    other, number = records.make_source("annan"), records.personal_number()
    withdraw(take_in(source, interruption(elev=number)).batch)
    assert not take_in(other, interruption(elev=number)).has_errors


def test_withdrawing_brings_back_what_was_before(source):
    take_in(source, interruption())
    later = take_in(
        source,
        interruption(aterstart="2026-02-01", aktivitet="ARB", aktivitet_datum="2025-12-01"),
        interruption(avbrott_id="B", elev="elev-2"),
    )
    withdraw(later.batch)
    assert CurrentInterruption.objects.count() == 1
    assert (current().resumed_on, current().activity_code) == (None, None)
    assert Interruption.objects.count() == 3


def test_a_delivery_is_withdrawn_together_with_every_later_one_of_its_source(source):
    other = records.make_source("annan")
    batches = [take_in(source, interruption(aterstart=end)).batch for end in
               ("", "2026-02-01", "2026-03-01")]  # fmt: skip
    elsewhere = take_in(other, interruption()).batch
    assert list(affected(batches[1])) == [batches[2], batches[1]]
    assert withdraw(batches[1]) == [batches[2], batches[1]]
    elsewhere.refresh_from_db()
    assert elsewhere.withdrawn_at is None
    assert CurrentInterruption.objects.get(source=source).resumed_on is None


def test_what_was_withdrawn_can_be_sent_again(source):
    withdraw(take_in(source, interruption()).batch)
    assert counts(take_in(source, interruption())) == (1, 0, 0, 0)
    assert CurrentInterruption.objects.count() == 1


def test_school_units_fill_the_register_and_newer_values_replace_older(source):
    take_in(source, SCHOOL_UNIT)
    unit = SchoolUnit.objects.get(code="99000002")
    assert (unit.programmes, unit.closed) == (["NA", "BA"], None)
    assert unit.opened.isoformat() == "2011-07-01"
    report = take_in(source, SCHOOL_UNIT | {"till": "2025"})
    unit.refresh_from_db()
    assert unit.closed.isoformat() == "2025-12-31"
    withdraw(report.batch)
    unit.refresh_from_db()
    assert unit.closed is None


def test_a_school_unit_that_only_a_withdrawn_delivery_told_of_leaves_the_register(source):
    withdraw(take_in(source, SCHOOL_UNIT).batch)
    assert not SchoolUnit.objects.filter(code="99000002").exists()
    assert SchoolUnit.objects.filter(code=records.SCHOOL).exists()


def test_a_school_unit_that_records_refer_to_stays_in_the_register(source):
    batch = take_in(source, SCHOOL_UNIT).batch
    take_in(source, interruption(skolenhet="99000002"))
    withdraw(batch)
    assert SchoolUnit.objects.filter(code="99000002").exists()


def test_numbers_of_students_are_kept_by_study_path_and_replaced_by_newer(source):
    take_in(source, STUDENTS, STUDENTS | {"program": "NA"}, STUDENTS | {"kon": "M"})
    report = take_in(source, STUDENTS | {"elever": "29"}, STUDENTS | {"program": "NA"})
    assert counts(report) == (0, 1, 1, 0)
    assert report.batch.data_date is None
    assert StudentCount.objects.count() == 4
    assert sorted(CurrentStudentCount.objects.values_list("students", flat=True)) == [29, 31, 31]


def test_later_deliveries_replace_earlier_ones_also_when_taken_in_at_the_same_instant(source):
    for end in ("", "2026-02-01"):
        take_in(source, interruption(aterstart=end))
    ImportBatch.objects.update(taken_in_at="2026-05-01T12:00Z")
    assert current().resumed_on.isoformat() == "2026-02-01"


def test_an_unusable_file_raises_and_takes_no_batch(source):
    with pytest.raises(UnusableFile):
        import_file(b"", "tom.csv", source)
    assert not ImportBatch.objects.exists()


def test_a_personal_number_in_the_name_of_the_file_is_blotted_out(source):
    number = records.personal_number()
    batch = take_in(source, interruption(), name=f"elev {number}.csv").batch
    assert batch.file_name == "elev [personnummer].csv"


def test_no_personal_number_reaches_the_database(source):
    number = records.personal_number()
    take_in(source, interruption(elev=number, kon="", fodelsear=""))
    with connection.cursor() as cursor:
        for table in ("interruption", "activity", "importbatch"):
            cursor.execute(f"SELECT t::text FROM statistics_{table} t")
            text = str(cursor.fetchall())
            assert number not in text
            assert number[2:] not in text


def test_the_checksum_of_a_file_cannot_be_made_without_the_key(source, settings):
    row = interruption(elev=records.personal_number())
    batch = take_in(source, row).batch
    assert batch.sha256 != sha256(csv_bytes([row])).hexdigest()
    assert batch.sha256 == take_in(source, row).batch.sha256
    settings.PSEUDONYM_KEY = b"another key"
    assert take_in(source, row, dry_run=False).batch.sha256 != batch.sha256


@pytest.mark.parametrize(
    "name",
    [
        "{0}_{1}",
        "{0}.{1}",
        "{0} - {1}",
        "a{0}{1}7",
        "{0}\u00a0{1}",
        "{0}\u200b{1}",
        "{0}⁄{1}",
        "2008-01-15-{1}",
    ],
)
def test_no_spelling_of_a_number_stays_in_the_name_of_a_file(source, name):
    number = records.personal_number("20080115")
    name = name.format(number[:8], number[8:])
    batch = take_in(source, interruption(), name=f"elev {name}.csv").batch
    assert "[personnummer]" in batch.file_name
    assert number[8:] not in batch.file_name


def test_sex_and_year_of_birth_follow_from_the_personal_number(source):
    take_in(source, interruption(elev=records.personal_number(), kon="", fodelsear=""))
    assert (current().sex, current().birth_year) == ("M", 2008)


def test_the_columns_win_over_the_personal_number_with_a_warning(source):
    number = records.personal_number()
    report = take_in(source, interruption(elev=number, kon="K", fodelsear="2007"))
    assert [warning.column for warning in report.warnings] == ["kon", "fodelsear"]
    assert (current().sex, current().birth_year) == ("K", 2007)
    assert number not in str(report.as_dict())


def test_the_history_of_a_record_says_what_each_delivery_changed_and_names_nobody(
    source, django_assert_num_queries
):
    take_in(source, interruption())
    wrong = take_in(source, interruption(aterstart="2026-02-01", orsak="FEL")).batch
    withdraw(wrong)
    take_in(source, interruption(elev="en annan", aterstart="2026-03-01"))
    with django_assert_num_queries(1):  # versions with their deliveries
        first, withdrawn, last = history.versions(source, "A1")
    assert first.is_first and not first.holds
    assert [name for name, _, _ in withdrawn.changes] == ["aterstart", "orsak"]
    assert withdrawn.batch.withdrawn_at and not withdrawn.holds
    # What was taken back never held: the last is compared with the first.
    assert last.changes == [("aterstart", "", "2026-03-01")]
    assert last.holds and "en annan" not in repr((first, withdrawn, last))
    assert history.versions(source, "finns inte") == []


def test_after_many_new_rows_the_planner_knows_of_them(source):
    def known():
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'statistics_interruption'")
        return cursor.fetchone()[0]

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_class SET reltuples = 0 WHERE relname = 'statistics_interruption'"
        )
        rows = [interruption(avbrott_id=f"P{n}", elev=f"elev-p{n}") for n in range(40)]
        take_in(source, *rows)
        assert known() == 40
        take_in(source, *rows, interruption(avbrott_id="P-till", elev="elev-till"))
        assert known() == 40, "one row more among many is not worth it"
