"""Rule 5: few changes stay hidden until they are many, in every cell and every total alike."""

from datetime import date, timedelta
from statistics import cube, publication, tables
from statistics.models import (
    Activity,
    CurrentInterruption,
    ImportBatch,
    Interruption,
    Publication,
    PublicationBasis,
)
from statistics.publication.making import first_year
from statistics.publication.record_sets import RHYTHMS

import pytest
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from .figures_factory import UNTIL, batch, interruption, population

pytestmark = pytest.mark.django_db
LATER = date(2026, 11, 30)


@pytest.fixture(scope="module", autouse=True)
def first(django_db_setup, django_db_blocker):
    """A small region, published once."""
    with django_db_blocker.unblock(), transaction.atomic():
        population(400)
        yield publication.publish(UNTIL)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def thresholds(settings):
    settings.PUBLICATION_THRESHOLDS = {"monthly": 5, "half_yearly": 5}


def add(count, place, start=5000, into=None, **fields):
    into = into or batch()
    made = [
        interruption(start + n, into, home_municipality_id=place, **fields) for n in range(count)
    ]
    return into, Interruption.objects.bulk_create(made)


def tell_again(place, count, into=None, **fields):
    """New versions of that many interruptions of a place."""
    into = into or batch()
    told = list(CurrentInterruption.objects.filter(home_municipality=place)[:count])
    names = [f.attname for f in Interruption._meta.concrete_fields if f.attname != "id"]
    Interruption.objects.bulk_create(
        Interruption(
            **{name: getattr(one, name) for name in names} | {"batch_id": into.pk} | fields
        )
        for one in told
    )
    return told


def published(until=LATER, **options):
    publication.publish(until, **options)
    return publication.newest()


def without(change, until=LATER):
    """What the next publication would be had this not happened: all that follows is undone."""
    with transaction.atomic():
        change()
        found = published(until)
        transaction.set_rollback(True)
    return found


def test_few_changes_of_a_municipality_leave_every_cell_as_if_they_had_not_come():
    many = without(lambda: add(30, "1480"), UNTIL)
    add(30, "1480")
    add(4, "1401", start=6000)
    now = published(UNTIL)
    assert now.values == many.values


def test_they_come_with_all_the_others_when_they_are_enough():
    add(4, "1401")
    before = published()
    add(1, "1401", start=6000)
    now = published()
    place = {"hemkommun": "1401", "lasar": "2024/25"}
    assert before.cell("avbrott", **place) == publication.numbered(1).cell("avbrott", **place)
    assert "1401" not in now.held_places("avbrott")
    assert now.values != before.values


def test_a_municipality_without_changes_looks_like_one_with_few():
    now = published()
    assert set(now.held_places("avbrott")) == {"1480", "1440", "1401", "1384", "1490", "OVR"} - {
        place for place in ("1490",) if place not in tables.PLACES
    }
    assert now.values["avbrott"] == publication.numbered(1).values["avbrott"]


def test_a_time_that_a_held_municipality_does_not_tell_of_is_a_gap_and_no_zero():
    add(30, "1480", interrupted_on=date(2026, 11, 10))
    now = published()
    assert now.cell("avbrott-manad", hemkommun="1401", manad="2026M11").status == ".."
    assert now.cell("avbrott-manad", hemkommun="1401", manad="2026M10").value is not None
    assert now.cell("avbrott-manad", hemkommun="1480", manad="2026M11").value >= 25


def test_tables_twice_a_year_keep_their_values_and_their_day_until_it_comes():
    add(60, "1480", interrupted_on=date(2026, 11, 10))
    before = publication.newest()
    now = published(half_yearly=False)
    assert (now.date_of("avbrott"), now.date_of("langd")) == (LATER, UNTIL)
    for table in RHYTHMS[tables.HALF_YEARLY].tables:
        assert now.values[table.id] == before.values[table.id]
    assert now.values["avbrott"] != before.values["avbrott"]
    then = published()
    assert then.date_of("langd") == LATER and then.values["langd"] != before.values["langd"]


def test_a_school_year_that_a_table_does_not_tell_of_yet_is_blocked():
    add(60, "1480", interrupted_on=date(2027, 8, 20))
    now = published(date(2027, 9, 1), half_yearly=False)
    assert now.codes["lasar"][-1] == "2027/28"
    assert now.cell("langd", lasar="2027/28").status == ".."
    assert now.cell("avbrott", lasar="2027/28").value > 50


def test_a_record_that_moves_to_a_held_municipality_stays_where_it_was_and_is_counted_once():
    def enough():
        add(30, "1480")

    other = without(enough, UNTIL)
    enough()
    moved = tell_again("1480", 3, home_municipality_id="1401")
    now = published(UNTIL)
    total = {"lasar": moved[0].school_year}
    assert now.values == other.values
    # The next publication starts from there: three moved records more are enough together.
    tell_again("1480", 3, home_municipality_id="1401")
    then = published(LATER)
    assert "1401" not in then.held_places("avbrott")
    assert then.cell("avbrott", **total) == now.cell("avbrott", **total)
    assert not PublicationBasis.objects.latest("pk").states["monthly"]["moved"]


def test_what_stands_elsewhere_than_its_municipality_is_found_again():
    add(30, "1480")
    tell_again("1480", 3, home_municipality_id="1401")
    now = published()
    assert PublicationBasis.objects.latest("pk").states["monthly"]["moved"]
    again = published()
    assert again.values == now.values


def test_a_withdrawn_delivery_takes_its_records_out_only_where_they_are_many():
    few, _ = add(4, "1401")
    add(2, "1401", start=6000)
    with_both = published()
    assert "1401" not in with_both.held_places("avbrott")
    ImportBatch.objects.filter(pk=few.pk).update(withdrawn_at=timezone.now())
    now = published()
    assert now.values == with_both.values


def test_a_change_that_is_undone_is_also_compared_with_what_was_before_it():
    many, _ = add(30, "1401")
    published()
    add(1, "1401", start=6000)
    ImportBatch.objects.filter(pk=many.pk).update(withdrawn_at=timezone.now())
    # 30 less and 1 more since the last; but one alone since the first.
    now = published()
    assert now.values["avbrott"] == publication.numbered(2).values["avbrott"]


def test_after_a_withdrawn_publication_the_one_before_it_is_built_on():
    add(30, "1401")
    wrong = published()
    publication.withdraw(wrong.number, "Fel.")
    add(1, "1401", start=6000)
    now = published()
    # Too near to the one that somebody may have read: as in the one that still stands.
    place = {"hemkommun": "1401", "lasar": "2024/25"}
    assert now.cell("avbrott", **place) == publication.numbered(1).cell("avbrott", **place)


def test_school_years_that_retention_has_begun_to_eat_are_left_out():
    assert first_year(date(2026, 7, 1)) == "2016/17"
    assert first_year(date(2026, 7, 2)) == "2017/18"
    assert first_year(date(2027, 6, 30)) == "2017/18"


def test_a_school_year_past_its_time_leaves_at_once(settings):
    settings.RECORDS_YEARS = 2
    gone = publication.newest().codes["lasar"][0]
    now = published()
    assert gone < first_year() and now.codes["lasar"][0] >= first_year()
    # Deleting what is not counted changes nothing.
    once = Interruption.objects.values("pseudonym").annotate(rows=Count("id")).filter(rows=1)
    alone = Interruption.objects.filter(school_year=gone, pseudonym__in=once.values("pseudonym"))
    Activity.objects.filter(local_id__in=alone.values("local_id")).delete()
    assert alone.delete()[0] > 50
    assert published().values == now.values


def test_what_was_known_is_derived_as_the_views_would():
    tell_again("1480", 40, sex="K")
    tell_again("1440", 10, home_municipality_id="1384")
    ids = list(ImportBatch.objects.in_force().values_list("pk", flat=True))
    with cube.frozen_rows(UNTIL), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM figure_rows ORDER BY id")
        names = [column.name for column in cursor.description]
        rows = cursor.fetchall()
        cube.known_rows(cursor, 1, ids, UNTIL, "0000/00")
        cursor.execute(f"SELECT {', '.join(names)} FROM known_rows ORDER BY id")
        assert cursor.fetchall() == rows


def test_of_two_who_publish_at_once_one_wins():
    published(after=1)
    with pytest.raises(publication.Beaten):
        publication.publish(LATER, after=1)
    assert Publication.objects.count() == 2


def test_where_only_time_passes_nothing_that_is_counted_monthly_changes():
    before = publication.newest()
    now = published(UNTIL + timedelta(days=1))
    assert now.values["avbrott"] == before.values["avbrott"]
