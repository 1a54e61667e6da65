"""Which interruption an activity belongs to, and which of several counts."""

from statistics.ingestion.withdrawal import withdraw
from statistics.models import (
    Activity,
    CurrentActivity,
)

import pytest

from . import records
from .records import ACTIVITY, counts, current, interruption, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    records.make_school()
    return records.make_source()


def test_an_activity_belongs_to_the_newest_interruption_that_began_by_its_day(source):
    take_in(
        source,
        interruption(aterstart="2025-11-01"),
        interruption(avbrott_id="B", avbrottsdatum="2026-02-01"),
    )
    days = ("2025-09-30", "2025-10-01", "2026-01-31", "2026-02-01", "2026-03-01")
    take_in(source, *[ACTIVITY | {"datum": day} for day in days])
    found = CurrentActivity.objects.order_by("observed_on")
    assert list(found.values_list("interruption__local_id", flat=True)) == ["A1", "A1", "B", "B"]


def test_the_last_known_activity_is_the_newest_one_seen(source):
    take_in(source, interruption(aktivitet="SOK", aktivitet_datum="2025-11-01"))
    take_in(source, ACTIVITY | {"datum": "2026-01-01"}, ACTIVITY | {"datum": "2025-12-01",
            "aktivitet": "PRA"})  # fmt: skip
    assert (current().activity_code, current().activity_on.isoformat()) == ("ARB", "2026-01-01")


def test_an_activity_that_comes_first_waits_for_its_interruption(source):
    report = take_in(source, ACTIVITY, {"elev": "", "avbrott_id": "B", "datum": "2025-12-24",
                     "aktivitet": "VUX"} | {"kalla": ""})  # fmt: skip
    assert counts(report) == (2, 0, 0, 0)
    assert not CurrentActivity.objects.exists()
    take_in(source, interruption(), interruption(avbrott_id="B", elev="elev-2"))
    assert (current("A1").activity_code, current("B").activity_code) == ("ARB", "VUX")


def test_an_activity_of_another_source_finds_the_student_by_the_personal_number(source):
    municipality, number = records.make_source("kommun"), records.personal_number()
    take_in(source, interruption(elev=number))
    take_in(municipality, ACTIVITY | {"elev": f"{number[2:8]}-{number[8:]}"})
    assert current().activity_code == "ARB"


def test_an_activity_may_name_the_owner_of_the_interruption(source):
    municipality = records.make_source("kommun")
    take_in(source, interruption())
    take_in(municipality, ACTIVITY | {"elev": "", "avbrott_id": "A1", "kalla": "gr-demo"})
    assert current().activity_code == "ARB"


def test_another_activity_of_the_same_day_replaces_the_one_told_before(source):
    take_in(source, interruption())
    take_in(source, ACTIVITY)
    report = take_in(source, ACTIVITY | {"aktivitet": "VUX"})
    assert counts(report) == (0, 1, 0, 0)
    assert current().activity_code == "VUX"
    withdraw(report.batch)
    assert current().activity_code == "ARB"


def test_an_activity_told_twice_in_a_file_counts_once(source):
    report = take_in(source, ACTIVITY, ACTIVITY)
    assert counts(report) == (1, 0, 1, 0)
    assert Activity.objects.count() == 1


def test_two_activities_of_one_student_and_day_contradict_each_other(source):
    report = take_in(source, ACTIVITY, ACTIVITY | {"aktivitet": "VUX"})
    assert [error.row for error in report.errors] == [2, 3]
    assert counts(report) == (0, 0, 0, 2)
