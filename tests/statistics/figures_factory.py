"""Records for tests, written straight into the tables, with the keys that an import would give."""

from datetime import date, timedelta
from random import Random
from statistics import codes, disclosure, publication
from statistics.models import Activity, ImportBatch, Interruption, SchoolUnit, Source

import pytest
from django.db import connection, transaction

SECRET = b"test-secret"
UNTIL = date(2026, 10, 31)
SCHOOLS = {
    "10000001": ("Norra gymnasiet", "1480"),
    "10000002": ("Södra gymnasiet", "1480"),
    "10000003": ("Ale gymnasium", "1440"),
    "10000004": ("Kustgymnasiet", "1401"),
    "10000005": ("Gymnasiet utanför", "1490"),
}
HOMES = ("1480", "1480", "1480", "1440", "1401", "1384", "1490", "0180")


def source():
    return Source.objects.get_or_create(code="prov", defaults={"name": "Prov", "kind": "region"})[0]


def batch(kind="interruptions", synthetic=True, data_date=UNTIL):
    return ImportBatch.objects.create(
        source=source(),
        kind=kind,
        file_name=f"{kind}.csv",
        sha256="0" * 64,
        size=1,
        data_date=data_date,
        synthetic=synthetic,
    )


def schools():
    units = [
        SchoolUnit(
            code=code, name=name, municipality_id=place, organiser="Kommunen", programmes=["NA"]
        )
        for code, (name, place) in SCHOOLS.items()
    ]
    SchoolUnit.objects.bulk_create(units, ignore_conflicts=True)


def interruption(number, into, **changed):
    """One interruption, unsaved; what is not named is the plainest there is."""
    start = changed.get("interrupted_on", date(2024, 9, 10))
    person = changed.pop("person", number)
    programme = codes.PROGRAMMES[changed.get("programme", "NA")]
    fields = {
        "batch": into,
        "source": into.source,
        "local_id": f"A{number}",
        "pseudonym": disclosure.record_key(SECRET, f"p{person}").to_bytes(32, "big"),
        "record_key": disclosure.record_key(SECRET, f"{into.source.code}|A{number}"),
        "person_key": disclosure.record_key(SECRET, f"p{person}", b"pk1|"),
        "sex": "K",
        "home_municipality_id": "1480",
        "school_unit_id": "10000001",
        "programme": programme.code,
        "study_path": programme.code,
        "programme_type": programme.type,
        "interrupted_on": start,
        "school_year": codes.school_year(start),
        "age": 18,
        "content_hash": b"0" * 16,
    } | changed
    return Interruption(birth_year=start.year - fields["age"], **fields)


def _drawn(number, into, random):
    start = date(2023, 7, 1) + timedelta(days=random.randrange(1210))
    resumed = start + timedelta(days=random.randrange(900)) if random.random() < 0.4 else None
    graduated = start + timedelta(days=random.randrange(1000)) if random.random() < 0.3 else None
    return interruption(
        number,
        into,
        person=number - number % 7 // 6,
        interrupted_on=start,
        resumed_on=resumed,
        graduated_on=graduated,
        sex=random.choice("KMM"),
        age=random.randrange(15, 23),
        home_municipality_id=random.choice(HOMES),
        school_unit_id=random.choice(list(SCHOOLS)),
        programme=random.choice(["NA", "EK", "BA", "IMS", "AN"]),
    )


def population(rows=600, seed=1):
    """A small region with everything in it; the same seed gives the same records."""
    schools()
    random = Random(seed)
    into = batch()
    made = Interruption.objects.bulk_create([_drawn(n, into, random) for n in range(rows)])
    seen = batch("activities")
    Activity.objects.bulk_create(
        Activity(
            batch=seen,
            source=seen.source,
            owner=into.source,
            local_id=record.local_id,
            observed_on=day,
            code=random.choice(list(codes.ACTIVITIES)),
        )
        for record in made
        for day in {
            record.interrupted_on + timedelta(days=random.randrange(0, 800))
            for _ in range(random.randrange(4))
        }
    )
    with connection.cursor() as cursor:  # as after an import
        cursor.execute("ANALYZE statistics_interruption, statistics_activity")
    return made


def published_region(rows, **options):
    """The fixture of a module: so many records, published, and taken away again after its tests.

    ``published = published_region(600)``; ``options`` are those of ``pytest.fixture``.
    """

    @pytest.fixture(scope="module", **options)
    def published(django_db_setup, django_db_blocker):
        with django_db_blocker.unblock(), transaction.atomic():
            population(rows)
            publication.publish(UNTIL)
            yield publication.newest()
            transaction.set_rollback(True)

    return published
