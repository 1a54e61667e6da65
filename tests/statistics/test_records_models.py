"""What the database itself refuses, whoever writes to it."""

from datetime import date
from statistics.models import Activity, ImportBatch, Interruption, Publication, SchoolUnit

import pytest
from django.db import IntegrityError, connection, transaction

from . import records

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch():
    records.make_school()
    return ImportBatch.objects.create(
        source=records.make_source(), kind="interruptions", file_name="x", sha256="0" * 64, size=1
    )


def an_interruption(batch, **changes):
    values = {
        "batch": batch, "source": batch.source, "local_id": "A1", "pseudonym": b"p" * 32,
        "record_key": 1, "person_key": 2, "sex": "K", "birth_year": 2008,
        "home_municipality_id": "1480", "school_unit_id": records.SCHOOL, "study_path": "NA",
        "programme": "NA", "programme_type": "HF", "interrupted_on": date(2025, 10, 1),
        "school_year": "2025/26", "age": 17, "content_hash": b"h" * 16,
    }  # fmt: skip
    return Interruption.objects.create(**values | changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"sex": "T"},
        {"sex": ""},
        {"programme": "HV"},
        {"programme_type": "XX"},
        {"reason": "LAT"},
        {"grade": 5},
        {"age": 18},
        {"birth_year": 1900, "age": 125},
        {"school_year": "2025"},
        {"resumed_on": date(2025, 9, 30)},
        {"graduated_on": date(2025, 9, 30)},
        {"record_key": -1},
        {"person_key": 2**32},
        {"local_id": None},
    ],
)
def test_an_interruption_that_cannot_be_is_refused(batch, changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        an_interruption(batch, **changes)


def test_an_interruption_that_can_be_is_kept(batch):
    day = date(2025, 10, 1)
    assert an_interruption(batch, resumed_on=day, graduated_on=day, grade=1, reason="FEL").pk


def test_a_batch_has_an_interruption_once(batch):
    an_interruption(batch)
    with pytest.raises(IntegrityError), transaction.atomic():
        an_interruption(batch)


@pytest.mark.parametrize("table", ["school unit", "municipality"])
def test_an_interruption_needs_a_known(batch, table):
    column = {"school unit": "school_unit_id", "municipality": "home_municipality_id"}[table]
    with pytest.raises(IntegrityError), transaction.atomic():
        an_interruption(batch, **{column: "0000"})
        connection.check_constraints()


def test_an_activity_names_a_student_or_an_interruption_and_not_both(batch):
    given = {"batch": batch, "source": batch.source, "observed_on": date(2025, 12, 1)}
    Activity.objects.create(**given, code="ARB", pseudonym=b"p")
    for wrong in (
        {"code": "ARB"},
        {"code": "ARB", "pseudonym": b"q", "owner": batch.source, "local_id": "A1"},
        {"code": "ARB", "owner": batch.source},
        {"code": "XXX", "pseudonym": b"q"},
        {"code": "VUX", "pseudonym": b"p"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Activity.objects.create(**given | wrong)


def test_a_batch_accounts_for_all_of_its_rows(batch):
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(rows=3, new=1, changed=1)


def test_the_code_of_a_school_unit_is_eight_digits(batch):
    with pytest.raises(IntegrityError), transaction.atomic():
        records.make_school("9900001")


def test_a_school_unit_does_not_close_before_it_opens(batch):
    unit = SchoolUnit.objects.filter(code=records.SCHOOL)
    with pytest.raises(IntegrityError), transaction.atomic():
        unit.update(opened=date(2020, 7, 1), closed=date(2019, 7, 1))


def test_publications_are_numbered_once():
    given = {"number": 1, "data_date": date(2026, 10, 31), "cells": b"x"}
    Publication.objects.create(**given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(**given)


def test_records_say_who_they_are_without_saying_who_the_student_is(batch):
    assert str(an_interruption(batch)) == "A1 (2025-10-01)"
    assert str(batch) == "Avbrott från Källa gr-demo: x"


@pytest.mark.parametrize(
    "changes",
    [
        {"batch_id": 0},
        {"source_id": 0},
        {"home_municipality_id": "9999"},
        {"school_unit_id": "12345678"},
    ],
)
def test_an_interruption_that_refers_to_nothing_is_refused(batch, changes):
    with pytest.raises(IntegrityError, match="refers to nothing"), transaction.atomic():
        an_interruption(batch, **changes)
    an_interruption(batch)
    with pytest.raises(IntegrityError, match="refers to nothing"), transaction.atomic():
        Interruption.objects.update(**changes)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("statistics_importbatch", "batch_id"),
        ("statistics_source", "source_id"),
        ("core_municipality", "home_municipality_id"),
        ("statistics_schoolunit", "school_unit_id"),
    ],
)
def test_what_an_interruption_refers_to_cannot_go(batch, table, column):
    kept = an_interruption(batch)
    key = "id" if table in ("statistics_importbatch", "statistics_source") else "code"
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table} WHERE {key} = %s", [getattr(kept, column)])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
