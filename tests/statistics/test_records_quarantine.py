"""Right rows are taken in, the others wait until something settles them."""

import csv
import io
from datetime import timedelta
from statistics.ingestion import held_files, quarantine, reader
from statistics.ingestion.withdrawal import withdraw
from statistics.models import (
    Activity,
    CurrentActivity,
    CurrentInterruption,
    ImportBatch,
    QuarantinedRow,
)

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from . import records
from .records import ACTIVITY, SCHOOL_UNIT, STUDENTS, interruption, take_in

pytestmark = pytest.mark.django_db

NUMBER = records.personal_number()
WRONG = interruption(avbrott_id="B", elev="elev-2", hemkommun="9999")


@pytest.fixture
def source():
    records.make_school()
    return records.make_source()


def held(source):
    return list(QuarantinedRow.objects.waiting().filter(source=source))


def test_right_rows_are_taken_in_and_the_others_held(source):
    report = take_in(source, interruption(), WRONG, accept_valid=True)
    assert (report.new, report.wrong, report.batch.quarantined, report.batch.rows) == (1, 1, 1, 2)
    assert CurrentInterruption.objects.get().local_id == "A1"
    (row,) = held(source)
    assert (row.row_number, row.kind, row.batch, row.days) == (3, "interruptions", report.batch, 0)
    assert row.values == {k: v for k, v in WRONG.items() if k != "elev"}
    (error,) = row.findings
    assert (error["code"], error["column"]) == ("unknown-code", "hemkommun")


def test_a_dry_run_that_accepts_the_right_rows_holds_none(source):
    assert take_in(source, interruption(), WRONG, accept_valid=True, dry_run=True).wrong == 1
    assert not QuarantinedRow.objects.exists()
    assert not ImportBatch.objects.exists()


def test_a_later_file_with_the_row_in_order_settles_it(source):
    take_in(source, interruption(), WRONG, accept_valid=True)
    report = take_in(source, WRONG | {"hemkommun": "1480"})
    assert report.resolved == 1
    assert held(source) == []
    assert QuarantinedRow.objects.get().resolved_by == report.batch


def test_a_row_that_comes_in_order_but_unchanged_settles_too(source):
    take_in(source, interruption())
    take_in(source, interruption(hemkommun="9999"), accept_valid=True)
    assert take_in(source, interruption()).resolved == 1


def test_a_row_that_is_wrong_again_takes_the_place_of_the_first_and_keeps_its_day(source):
    first = take_in(source, WRONG, accept_valid=True).batch
    early = timezone.now() - timedelta(days=9, hours=1)
    QuarantinedRow.objects.update(since=early)
    second = take_in(source, WRONG | {"hemkommun": "1"}, accept_valid=True).batch
    (row,) = held(source)
    assert (row.batch, row.since, row.days) == (second, early, 9)
    withdraw(second)
    assert [row.batch for row in held(source)] == [first]


def test_withdrawing_what_settled_a_row_lets_it_wait_again(source):
    take_in(source, WRONG, accept_valid=True)
    withdraw(take_in(source, WRONG | {"hemkommun": "1480"}).batch)
    assert len(held(source)) == 1
    assert take_in(source, WRONG | {"hemkommun": "1480"}).resolved == 1
    assert held(source) == []


def test_rows_of_a_withdrawn_delivery_wait_no_more(source):
    withdraw(take_in(source, WRONG, accept_valid=True).batch)
    assert held(source) == []


def test_another_source_settles_nothing(source):
    take_in(source, WRONG, accept_valid=True)
    take_in(records.make_source("annan"), WRONG | {"hemkommun": "1480"})
    assert len(held(source)) == 1


def test_a_row_without_its_id_is_held_once_and_goes_by_hand(source):
    nameless = WRONG | {"avbrott_id": ""}
    take_in(source, nameless, accept_valid=True)
    take_in(source, nameless, accept_valid=True)
    (row,) = held(source)
    quarantine.dismiss([row], None)
    assert held(source) == []


def test_a_suspected_double_waits_and_names_the_delivery(source):
    other = records.make_source("annan")
    take_in(source, interruption(elev=NUMBER), name="först.csv")
    report = take_in(other, interruption(avbrott_id="X", elev=NUMBER), accept_valid=True)
    assert (report.new, report.wrong) == (0, 1)
    (row,) = held(other)
    assert row.findings[0]["code"] == "double"
    assert "först.csv" in row.findings[0]["message"]
    assert CurrentInterruption.objects.count() == 1


def test_both_rows_of_one_id_wait_and_one_of_them_settles_both(source):
    take_in(source, interruption(), interruption(orsak="FEL"), accept_valid=True)
    assert len(held(source)) == 2
    assert take_in(source, interruption()).resolved == 2


@pytest.mark.parametrize(
    ("row", "change"),
    [
        (ACTIVITY, {"aktivitet": "JOBB"}),
        (ACTIVITY | {"elev": "", "avbrott_id": "A1"}, {"aktivitet": "JOBB"}),
        (STUDENTS, {"elever": "många"}),
        (SCHOOL_UNIT, {"kommun": "9999"}),
    ],
)
def test_rows_of_every_kind_are_held_and_settled(source, row, change):
    take_in(source, row | change, accept_valid=True)
    (waits,) = held(source)
    assert "elev" not in waits.values
    assert take_in(source, row).resolved == 1


def test_no_personal_number_waits_in_any_column(source):
    mistyped = NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)
    take_in(
        source,
        interruption(elev=mistyped, avbrott_id=f"X{mistyped}"),
        interruption(avbrott_id="B", elev=NUMBER, orsak=NUMBER),
        interruption(avbrott_id=f"C {NUMBER[:8]} {NUMBER[8:]}", elev="e", arskurs="9"),
        interruption(avbrott_id="D", elev=f"nr {NUMBER}", program=NUMBER[2:]),
        accept_valid=True,
    )
    rows = held(source)
    kept = repr([(row.key, row.values, row.findings) for row in rows])
    kept += held_files.as_csv("interruptions", rows).decode()
    assert len(rows) == 4
    for secret in (NUMBER, mistyped):
        for part in (secret, secret[2:], f"{secret[:8]} {secret[8:]}"):
            assert part not in kept


def test_the_database_refuses_a_held_row_with_its_student(source):
    batch = take_in(source, WRONG, accept_valid=True).batch
    with pytest.raises(IntegrityError), transaction.atomic():
        QuarantinedRow.objects.create(
            batch=batch, source=source, kind="interruptions", row_number=9, key="x",
            values={"elev": "e"}, findings=[],
        )  # fmt: skip


@pytest.mark.parametrize("as_file", [held_files.as_csv, held_files.as_xlsx])
def test_the_quarantine_is_a_file_of_the_same_columns_with_the_errors_beside(source, as_file):
    take_in(source, WRONG, accept_valid=True)
    table = reader.read(as_file("interruptions", held(source)))
    assert table.kind.code == "interruptions"
    assert table.layout.ignored == list(held_files.BESIDE)
    (row,) = table.rows
    assert row.values == WRONG | {"elev": ""}
    assert "ingen kommunkod" in row.others[1]


def test_no_value_leaves_as_a_formula(source):
    take_in(source, WRONG | {"orsak": "=1+1", "avbrott_id": "@x"}, accept_valid=True)
    text = held_files.as_csv("interruptions", held(source)).decode("utf-8-sig")
    cells = list(csv.reader(io.StringIO(text), delimiter=";"))[1]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert "'=1+1" in cells


def test_an_activity_without_its_interruption_waits_and_attaches(source):
    report = take_in(source, ACTIVITY)
    assert (report.new, report.waiting) == (1, 1)
    assert Activity.objects.get().code == "ARB" and not CurrentActivity.objects.exists()
    take_in(source, interruption())
    assert CurrentInterruption.objects.get().activity_code == "ARB"
