"""Making a publication, trying one, and taking one back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from .. import codes, cube, tables
from ..data_dates import NothingToPublish, day_of_preview, next_day
from ..ingestion.loader import exclusive
from ..models import ImportBatch, Publication, PublicationBasis
from . import told
from .contents import contents, packed
from .published import Figures, figures_of, newest
from .record_sets import RHYTHMS, RecordSet, State, decide

_LOCK = 0x73746174
_COUNTED = (ImportBatch.Kind.INTERRUPTIONS, ImportBatch.Kind.ACTIVITIES)


class Beaten(Exception):
    """Somebody else has published since it was looked at what would be."""


@dataclass(frozen=True)
class Plan:
    """A publication as it would be: its figures, the records that they count, and what changes."""

    figures: Figures
    before: Figures | None
    sets: dict[str, RecordSet]
    changes: dict


@transaction.atomic
def publish(
    data_date: date | None = None,
    note: str = "",
    *,
    half_yearly: bool = True,
    after: int | None = None,
) -> Publication:
    """Make the next publication, whole or not at all; its number is one more than the last.

    Without ``half_yearly`` the tables of that rhythm keep the values of the last publication.
    ``after`` is the number of the publication that was the last one when it was decided to
    publish (0 for none): Beaten where another one has come.
    """
    with connection.cursor() as cursor:
        one_at_a_time(cursor)
        # No delivery is written while the sets are made: what is in force stays what it is.
        exclusive(cursor)
        # Just after a large delivery the planner knows nothing of it: 10 s instead of 0.5.
        cursor.execute("ANALYZE statistics_interruption, statistics_activity")
    if after is not None and after != last_number():
        raise Beaten("Någon annan har just gjort en publicering.")
    with _made(data_date, half_yearly) as (plan, whole, batches, states):
        publication = Publication.objects.create(
            number=plan.figures.number,
            data_date=plan.figures.data_date,
            synthetic=plan.figures.synthetic,
            cells=packed(whole),
            note=note,
            changes=plan.changes,
        )
        PublicationBasis.objects.create(
            publication=publication,
            batches=batches,
            until=publication.data_date,
            states={code: state.kept for code, state in states.items()},
        )
    return publication


def one_at_a_time(cursor) -> None:
    """Until the transaction ends, nobody else makes a publication or takes one back."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def plan(half_yearly: bool = True) -> Plan:
    """What ``publish`` would make now; nothing of it is kept. NothingToPublish as there."""
    with _made(None, half_yearly) as (made, *_):
        return made


def preview() -> Figures | None:
    """The next publication of all tables as it would be now; None where there is no record.

    Called twice in one transaction it tells what a delivery would change for the public.
    """
    try:
        with _made(day_of_preview(), half_yearly=True) as (made, *_):
            return made.figures
    except NothingToPublish:
        return None


def last_number() -> int:
    """The number of the last publication, withdrawn or not; 0 before the first."""
    return Publication.objects.aggregate(number=Max("number"))["number"] or 0


def published_on() -> dict[str, date]:
    """The day on which the tables of each rhythm were published last.

    Withdrawn publications count: what somebody has taken back, no timer publishes anew before
    the next day of publication.
    """
    found = {}
    for at, changes in Publication.objects.values_list("published_at", "changes"):
        for rhythm in changes.get("rhythms", RHYTHMS):
            found.setdefault(rhythm, timezone.localdate(at))
        if len(found) == len(RHYTHMS):
            break
    return found


@contextmanager
def _made(data_date: date | None, half_yearly: bool) -> Iterator[tuple]:
    """The next publication, with its records in temporary tables for as long as the block."""
    until = data_date or next_day()
    number = last_number() + 1
    in_force = ImportBatch.objects.in_force()
    batches = list(in_force.filter(kind__in=_COUNTED).order_by("id").values_list("id", flat=True))
    due = [tables.MONTHLY, *([tables.HALF_YEARLY] if half_yearly else [])]
    last = _last_basis()
    before = newest() if last else None
    # Tables that were never published cannot keep their values.
    kept = {code: State.read(state) for code, state in last.states.items()} if last else {}
    due += [code for code in RHYTHMS if code not in due and code not in kept]
    others = [basis for basis in _seen(last, batches) if last]
    with transaction.atomic(), connection.cursor() as cursor:
        states = {code: [State.read(b.states[code]) for b in others] for code in due}
        _derive(cursor, number, batches, until, due, kept, states)
        sets = {
            code: decide(cursor, RHYTHMS[code], number, until, kept.get(code), states[code])
            for code in due
        }
        whole = contents(sets, until, before)
        found = figures_of(
            number=number,
            data_date=until,
            published_at=None,
            synthetic=in_force.filter(synthetic=True).exists(),
            contents=whole,
        )
        changes = told.between(before, found, list(sets))
        yield (
            Plan(found, before, sets, changes),
            whole,
            batches,
            kept | {code: one.state for code, one in sets.items()},
        )
        cursor.execute(_DROP)


_DROP = "DROP TABLE IF EXISTS known_rows, last_rows, last_changed, seen_rows, seen_changed"


def _derive(cursor, number, batches, until, due, kept, others):
    """Fill ``known_rows``: as known now, and at every basis that something stands at."""
    cursor.execute(_DROP)
    since = first_year()
    cube.known_rows(cursor, number, batches, until, since)
    states = [kept[code] for code in due if code in kept]
    states += [state for code in due for state in others[code]]
    needed = {basis for state in states for basis in state.numbers}
    for basis in PublicationBasis.objects.filter(publication_id__in=needed):
        at = basis.publication_id
        cube.known_rows(cursor, at, basis.batches, basis.until, since)
    cursor.execute("ANALYZE known_rows")


def first_year(today: date | None = None) -> str:
    """The first school year that retention has not begun to eat."""
    today = today or timezone.localdate()
    start = today.year - settings.RECORDS_YEARS
    return codes.school_year(date(start + ((today.month, today.day) > (7, 1)), 7, 1))


def _last_basis() -> PublicationBasis | None:
    newest_one = Publication.objects.in_force().values_list("number", flat=True).first()
    return (
        PublicationBasis.objects.filter(publication_id=newest_one).first() if newest_one else None
    )


def _seen(last: PublicationBasis | None, batches: list[int]) -> Iterator[PublicationBasis]:
    """What else somebody may compare with: publications since withdrawn, and the newest one
    before a delivery that has been withdrawn since."""
    if last is None:
        return
    number = last.publication_id
    yield from PublicationBasis.objects.filter(publication_id__gt=number)
    if gone := set(last.batches) - set(batches):
        earlier = PublicationBasis.objects.filter(
            publication_id__lt=number, publication__withdrawn_at=None
        ).exclude(batches__overlap=list(gone))
        yield from earlier.order_by("-publication_id")[:1]


@transaction.atomic
def withdraw(number: int, because: str) -> Publication:
    """Take back a publication that must not be shown. Its cells are deleted, its place stays.

    Publication.DoesNotExist where there is none of that number in force. The next one may be in
    the making, and keep values of this one: it is waited for, or comes without them.
    """
    with connection.cursor() as cursor:
        one_at_a_time(cursor)
    publication = Publication.objects.in_force().select_for_update().get(number=number)
    publication.cells = b""
    publication.withdrawn_at = timezone.now()
    publication.withdrawn_because = because
    publication.save()
    return publication
