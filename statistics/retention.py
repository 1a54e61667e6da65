"""Retention (gallring): the one thing that deletes records, with a protocol.

An interruption goes, with all its versions, when every version of it began before the time
that records are kept; the activities that belonged to it, and others from before that time,
go with it. Rows in quarantine and original files have times of their own. The protocol says
what, how many, when and by which rule, and names nobody.
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
        cursor.execute(_OLD_INTERRUPTIONS, {"before": _years_before(today, settings.RECORDS_YEARS)})
        lines = [line for rule in rules(today) for line in _carried_out(cursor, rule)]
        cursor.execute("DROP TABLE retention_gone")
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
