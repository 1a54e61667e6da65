from statistics.ingestion import loader, withdrawal
from statistics.models import (
    CurrentInterruption,
    ImportBatch,
    Interruption,
    Publication,
    SchoolUnit,
    Source,
)
from statistics.publication import making
from threading import Thread

import pytest
from django.db import connection, transaction

from . import records
from .records import interruption


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """A database whose changes other connections see. What the test makes is taken away again.

    A transactional test would empty every table, the registers of places with them.
    """
    with django_db_blocker.unblock():
        records.make_school()
        try:
            yield records.make_source("sida-vid-sida")
        finally:
            made = Source.objects.filter(code__startswith="sida")
            for model in (Interruption, ImportBatch):
                model.objects.filter(source__in=made).delete()
            made.delete()
            SchoolUnit.objects.filter(code=records.SCHOOL).delete()
            connection.close()


def _side_by_side(*jobs):
    def run(job):
        try:
            job()
        finally:
            connection.close()

    threads = [Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_imports_of_one_source_wait_for_each_other(committed):
    def take_in(month):
        for day in range(1, 4):
            records.take_in(committed, interruption(aterstart=f"2026-0{month}-0{day}"))

    _side_by_side(lambda: take_in(1), lambda: take_in(2))
    batches = list(ImportBatch.objects.filter(source=committed).in_order())
    assert [batch.pk for batch in batches] == sorted(batch.pk for batch in batches)
    assert [batch.new for batch in batches] == [1, 0, 0, 0, 0, 0]
    newest = Interruption.objects.get(batch=batches[-1])
    assert CurrentInterruption.objects.get(source=committed).resumed_on == newest.resumed_on


def test_the_same_file_twice_at_once_is_taken_once(committed):
    rows = [interruption(avbrott_id=f"S{n}", elev=f"elev-{n}") for n in range(200)]
    reports = []

    def take_in():
        reports.append(records.take_in(committed, *rows))

    _side_by_side(take_in, take_in)
    assert sorted((report.new, report.unchanged) for report in reports) == [(0, 200), (200, 0)]
    assert Interruption.objects.filter(source=committed).count() == 200


def test_of_two_sources_that_report_a_student_at_once_only_one_is_taken_in(committed):
    other, number = records.make_source("sida-annan"), records.personal_number()
    reports = []

    def take_in(source):
        reports.append(records.take_in(source, interruption(elev=number)))

    _side_by_side(lambda: take_in(committed), lambda: take_in(other))
    assert sorted(report.has_errors for report in reports) == [False, True]
    assert Interruption.objects.filter(source__in=[committed, other]).count() == 1


def test_of_two_people_who_take_back_a_delivery_at_once_one_does(committed):
    records.take_in(committed, interruption())
    batch = ImportBatch.objects.get(source=committed)
    gone = []
    threads = [
        Thread(target=_side_by_side, args=[lambda: gone.append(withdrawal.withdraw(batch))])
        for _ in range(2)
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        loader._lock(cursor, committed.pk)  # until both have come
        for thread in threads:
            thread.start()
        threads[0].join(0.4)
        assert all(thread.is_alive() for thread in threads)
    for thread in threads:
        thread.join(10)
    assert sorted(gone, key=len) == [[], [batch]]


def test_a_publication_is_not_taken_back_while_the_next_one_builds_on_it(committed):
    Publication.objects.bulk_create([Publication(number=900, data_date="2026-10-31", cells=b"x")])
    thread = Thread(target=_side_by_side, args=[lambda: making.withdraw(900, "Fel.")])
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            making.one_at_a_time(cursor)
            thread.start()
            thread.join(0.4)
            assert thread.is_alive()
        thread.join(10)
        assert not Publication.objects.in_force().filter(number=900).exists()
    finally:
        Publication.objects.filter(number=900).delete()


@pytest.mark.parametrize("lock", ["of the source", "of all that write"])
def test_an_import_waits_for_the_lock(committed, lock):
    number = committed.pk if lock == "of the source" else 0
    thread = Thread(target=_side_by_side, args=[lambda: records.take_in(committed, interruption())])
    with transaction.atomic(), connection.cursor() as cursor:
        loader._lock(cursor, number)
        thread.start()
        thread.join(0.4)
        assert thread.is_alive()
    thread.join(10)
    assert Interruption.objects.filter(source=committed).count() == 1


def test_an_import_of_one_source_does_not_wait_for_another_that_is_still_reading(committed):
    other = records.make_source("sida-annan")
    with transaction.atomic(), connection.cursor() as cursor:
        loader._lock(cursor, other.pk)
        _side_by_side(lambda: records.take_in(committed, interruption()))
        assert Interruption.objects.filter(source=committed).count() == 1
