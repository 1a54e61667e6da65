"""Retention (gallring): the one thing that deletes records, with a protocol.

An interruption goes, with all its versions, when every version of it began before the time
that records are kept; the activities that belonged to it, and others from before that time,
go with it. An activity that names it but belongs to a newer interruption of the student stays:
it names the student from then on. Rows in quarantine and original files have times of their
own. The protocol says what, how many, when and by which rule, and names nobody.
"""
# ruff: noqa: S608  (the statements are put together from constants of this module alone)

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from .ingestion import originals
from .ingestion.loader import exclusive
from .models import RetentionProtocol

What = RetentionProtocol.What


@dataclass(frozen=True)
class Rule:
    """One kind of thing that is deleted: the statement gives the source of each one."""

    what: str
    text: str
    before: date
    delete: str


# All versions of an interruption began before the day; its newest end counts for nothing.
_OLD_INTERRUPTIONS = """
    CREATE TEMP TABLE retention_gone ON COMMIT DROP AS
    SELECT source_id, local_id, array_agg(DISTINCT pseudonym) AS pseudonyms
    FROM statistics_interruption GROUP BY source_id, local_id
    HAVING max(interrupted_on) < %(before)s
"""
_DELETE_INTERRUPTIONS = """
    DELETE FROM statistics_interruption i USING retention_gone g
    WHERE i.source_id = g.source_id AND i.local_id = g.local_id RETURNING i.source_id
"""
# An activity may name an interruption and belong to a newer one of the same student: before the
# name goes, it gets the student's. Of one delivery's two tellings about a day the later holds,
# as in the views.
_NAME_THE_STUDENT = """
    CREATE TEMP TABLE retention_named ON COMMIT DROP AS
    SELECT a.id, a.batch_id, a.source_id, a.observed_on, v.pseudonym
    FROM statistics_activity a
    JOIN retention_gone g ON g.source_id = a.owner_id AND g.local_id = a.local_id
    JOIN statistics_current_version v ON v.source_id = g.source_id AND v.local_id = g.local_id
    WHERE a.observed_on >= %(before)s AND EXISTS (
        SELECT FROM statistics_interruption i
        WHERE i.pseudonym = v.pseudonym AND i.interrupted_on <= a.observed_on
            AND NOT EXISTS (SELECT FROM retention_gone o
                WHERE o.source_id = i.source_id AND o.local_id = i.local_id));
    DELETE FROM retention_named n USING statistics_activity other
    WHERE other.batch_id = n.batch_id AND other.observed_on = n.observed_on
        AND (other.pseudonym = n.pseudonym AND other.id > n.id
            OR other.id IN (SELECT id FROM retention_named m
                WHERE m.pseudonym = n.pseudonym AND m.id > n.id));
    DELETE FROM statistics_activity a USING retention_named n
    WHERE a.batch_id = n.batch_id AND a.observed_on = n.observed_on
        AND a.pseudonym = n.pseudonym;
    UPDATE statistics_activity a SET pseudonym = n.pseudonym, owner_id = NULL, local_id = NULL
    FROM retention_named n WHERE a.id = n.id;
"""
# Activities of what is gone, unless the student has another interruption they belong to.
_DELETE_ACTIVITIES = """
    DELETE FROM statistics_activity a
    WHERE a.observed_on < %(before)s
        OR EXISTS (SELECT FROM retention_gone g
            WHERE g.source_id = a.owner_id AND g.local_id = a.local_id)
        OR (a.pseudonym IN (SELECT unnest(pseudonyms) FROM retention_gone)
            AND NOT EXISTS (SELECT FROM statistics_interruption i
                WHERE i.pseudonym = a.pseudonym AND i.interrupted_on <= a.observed_on))
    RETURNING a.source_id
"""
_DELETE_HELD_ROWS = """
    DELETE FROM statistics_quarantinedrow WHERE since < %(before)s RETURNING source_id
"""


def rules(today: date) -> list[Rule]:
    """The rules as they are set, in the order in which they are carried out."""
    records = _years_before(today, settings.RECORDS_YEARS)
    text = f"Avbrott som började för mer än {settings.RECORDS_YEARS} år sedan"
    held = today - timedelta(days=settings.QUARANTINE_DAYS)
    return [
        Rule(What.INTERRUPTIONS, text, records, _DELETE_INTERRUPTIONS),
        Rule(
            What.ACTIVITIES,
            f"Aktiviteter från den tiden, och de som hörde till {text[0].lower()}{text[1:]}",
            records,
            _DELETE_ACTIVITIES,
        ),
        Rule(
            What.HELD_ROWS,
            f"Rader som kom i karantän för mer än {settings.QUARANTINE_DAYS} dagar sedan",
            held,
            _DELETE_HELD_ROWS,
        ),
    ]


def apply(dry_run: bool = False, today: date | None = None) -> list[RetentionProtocol]:
    """Delete what is past its time; the lines of the protocol, unsaved at a dry run."""
    today = today or timezone.localdate()
    with transaction.atomic(), connection.cursor() as cursor:
        exclusive(cursor)
        before = {"before": _years_before(today, settings.RECORDS_YEARS)}
        cursor.execute(_OLD_INTERRUPTIONS, before)
        cursor.execute(_NAME_THE_STUDENT, before)
        lines = [line for rule in rules(today) for line in _carried_out(cursor, rule)]
        cursor.execute("DROP TABLE retention_gone, retention_named")
        RetentionProtocol.objects.bulk_create(lines)
        transaction.set_rollback(dry_run)
    return lines + _remove_originals(dry_run, today)


def _years_before(today: date, years: int) -> date:
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # 29 February
        return today.replace(year=today.year - years, day=28)


def _carried_out(cursor, rule: Rule) -> list[RetentionProtocol]:
    cursor.execute(
        f"WITH gone AS ({rule.delete}) SELECT source_id, count(*) FROM gone GROUP BY 1 ORDER BY 1",
        {"before": rule.before},
    )
    return [
        RetentionProtocol(
            what=rule.what, rule=rule.text, before=rule.before, source_id=source, count=count
        )
        for source, count in cursor.fetchall()
    ]


def _remove_originals(dry_run: bool, today: date) -> list[RetentionProtocol]:
    """Files are deleted one by one, each with its row: one that fails stays for the next time."""
    gone: dict[int, int] = {}
    for original in originals.expired():
        if not dry_run:
            originals.remove(original)
        gone[original.source_id] = gone.get(original.source_id, 0) + 1
    if not dry_run:
        for path in originals.orphans():
            path.unlink(missing_ok=True)
    lines = [
        RetentionProtocol(
            what=What.ORIGINALS,
            rule="Originalfiler vars dagar är över",
            before=today,
            source_id=source,
            count=count,
        )
        for source, count in sorted(gone.items())
    ]
    if not dry_run:
        RetentionProtocol.objects.bulk_create(lines)
    return lines
