"""From the bytes of a file to the database: all of its rows, the right ones, or none.

A dry run goes the same way to its end and is then rolled back. Two imports of one source
wait for each other; the step that compares and writes is taken by one import at a time, so
that two sources cannot report the same interruption side by side.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone

from pluginnovation.core.models import Municipality

from ..models import ImportBatch, Original, SchoolUnit, Source
from . import later, notices, pseudonyms, quarantine, reader, schema, tables
from .checks import Context
from .findings import Finding
from .headers import KINDS, checked_names
from .personal_numbers import kept_name
from .report import Report

# The first half of the advisory locks; the second is the source's id, or 0 for all.
LOCK = 1_350_002
# What the server may sort and join in memory: a million rows without a detour over the disk.
WORK_MEMORY = "64MB"
# So many lines are sent to the server at a time.
CHUNK = 1_000


def import_file(
    data: bytes,
    file_name: str,
    source: Source,
    *,
    dry_run: bool = False,
    accept_valid: bool = False,
    names: dict[str, str] | None = None,
    user=None,
    original: Original | None = None,
    expected: dict[str, int] | None = None,
    look: Callable[[], object] | None = None,
    progress: schema.Progress = lambda step, done, total: None,
) -> Report:
    """Take in a file for a source. Raises UnusableFile; everything else is in the report.

    A file with errors changes nothing, unless ``accept_valid``: then the right rows are taken
    in and the others are held (``quarantine``). With ``dry_run`` all is tried and nothing kept.

    ``names`` maps headers to columns ("" for one that is not to be read), beside what the
    source is remembered to call them; it is remembered when the file is taken in.
    ``expected`` is the ``outcome`` of the report that somebody approved: where the file would
    now come out otherwise, the report is ``outdated`` and nothing is taken in.
    ``look`` is called while the records stand as they would after the import, also at a dry
    run; the report carries what it gives as ``effects``. It is not called where nothing would
    be written. ``original`` is noted on the batch.
    ``progress`` is called with step (``reading``, ``comparing``, ``storing``), done and total.
    """
    own_names = _names(source, names)
    table = reader.read(data, own_names)
    report = Report(
        table.kind.code,
        table.kind.name,
        kept_name(file_name),
        table.form,
        table.layout.columns,
        table.layout.ignored,
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL work_mem = '{WORK_MEMORY}'")
        _lock(cursor, source.pk)
        context, parsed = _context(source), schema.Parsed()
        lines = schema.parse(table, context, parsed, progress)
        with _staged(cursor, table.kind.code, lines):
            progress("comparing", 0, parsed.rows)
            _lock(cursor, 0)
            _compare(cursor, source, context, parsed, report)
            report.outdated = expected is not None and expected != report.outcome
            if (accept_valid or not report.has_errors) and not report.outdated:
                progress("storing", 0, parsed.rows)
                batch = _batch(cursor, data, source, user, original, report)
                _write(cursor, batch, table, context, report)
                _remember(source, report.kind, own_names)
                report.effects = look and look()
                report.batch = None if dry_run else batch
        transaction.set_rollback(report.batch is None)
    return report


def _names(source: Source, names: dict[str, str] | None) -> dict[str, dict[str, str]]:
    """By kind of file what the source calls its columns, with what it says now on top."""
    kept, given = source.column_names or {}, checked_names(names or {})
    return {kind: kept.get(kind, {}) | given for kind in KINDS}


def _lock(cursor, number: int) -> None:
    cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, number])


def exclusive(cursor) -> None:
    """Until the transaction ends, no import compares or writes."""
    _lock(cursor, 0)


def _context(source: Source) -> Context:
    return Context(
        source=source.code,
        today=timezone.localdate(),
        municipalities=frozenset(Municipality.objects.values_list("code", flat=True)),
        school_units=frozenset(SchoolUnit.objects.values_list("code", flat=True)),
        sources=dict(Source.objects.values_list("code", "pk")),
        own_municipalities=frozenset(source.municipalities.values_list("pk", flat=True)),
        own_school_units=frozenset(source.school_units),
    )


@contextmanager
def _staged(cursor, kind: str, lines: Iterator[str]):
    """The records in a temporary table for as long as the block."""
    staging = tables.STAGINGS[kind]
    cursor.execute(staging.create)
    with cursor.copy(staging.copy) as copy:
        while chunk := list(islice(lines, CHUNK)):
            copy.write("\n".join(chunk) + "\n")
    cursor.execute(staging.analyze)
    yield
    cursor.execute("DROP TABLE IF EXISTS import_state, import_staging")


def _compare(
    cursor, source: Source, context: Context, parsed: schema.Parsed, report: Report
) -> None:
    """Fill the report: findings, and how the right rows stand to what holds.

    What is wrong in the end has left the staging table.
    """
    staging, given = tables.STAGINGS[report.kind], {"source": source.pk}
    report.rows, report.warnings = parsed.rows, parsed.warnings
    report.notices = notices.of_file(cursor, report.kind, source, parsed.rows)
    report.unchanged, late = later.settle_repeats(cursor, report.kind)
    cursor.execute(f"CREATE TEMP TABLE import_state ON COMMIT DROP AS {staging.compare}", given)
    late += _beside_others(cursor, source, context, report.kind)
    later.drop(cursor, list({finding.row for finding in late}))
    report.errors = sorted(parsed.errors + late, key=lambda finding: finding.row)
    report.wrong = len({finding.row for finding in report.errors})
    cursor.execute(
        "SELECT state, count(*) FROM import_state JOIN import_staging USING (row_number) "
        "GROUP BY state"
    )
    for state, rows in cursor.fetchall():
        setattr(report, state, getattr(report, state) + rows)
    report.changed_columns = _changed_columns(cursor, staging, given) if report.changed else {}
    if report.kind == ImportBatch.Kind.ACTIVITIES:
        report.waiting = notices.waiting_activities(cursor)


def _beside_others(cursor, source: Source, context: Context, kind: str) -> list[Finding]:
    found = later.gone_from_register(cursor, kind)
    if kind == ImportBatch.Kind.INTERRUPTIONS:
        found += later.doubles(cursor, source)
    if kind == ImportBatch.Kind.ACTIVITIES:
        found += later.activities_out_of_scope(cursor, context.own_municipalities)
    return found


def _changed_columns(cursor, staging: tables.Staging, given: dict) -> dict[str, int]:
    cursor.execute(staging.count_changes, given)
    counts = zip(staging.changing, cursor.fetchone(), strict=True)
    return {column: count for column, count in counts if count}


def _batch(cursor, data, source, user, original, report) -> ImportBatch:
    return ImportBatch.objects.create(
        source=source,
        kind=report.kind,
        file_name=report.file_name,
        sha256=pseudonyms.file_key(data),
        size=len(data),
        data_date=_newest_event(cursor, report.kind),
        rows=report.rows,
        new=report.new,
        changed=report.changed,
        unchanged=report.unchanged,
        quarantined=report.wrong,
        imported_by=user,
        original=original,
        synthetic=source.synthetic,
    )


def _newest_event(cursor, kind: str):
    """The newest day that something happened to a student; None where the file has no events."""
    days = tables.STAGINGS[kind].days
    if not days:
        return None
    cursor.execute(f"SELECT max(greatest({', '.join(days)})) FROM import_staging")  # noqa: S608
    return cursor.fetchone()[0]


def _write(cursor, batch: ImportBatch, table, context: Context, report: Report) -> None:
    staging, given = tables.STAGINGS[batch.kind], {"batch": batch.pk, "source": batch.source_id}
    for statement in filter(None, (*staging.insert, staging.after)):
        cursor.execute(statement, given)
    _tell_the_planner(cursor, report)
    report.resolved = quarantine.settle(cursor, batch, staging.key)
    if report.errors:
        quarantine.hold(batch, table, context, report.errors)


_TABLES = {"interruptions": "statistics_interruption", "activities": "statistics_activity"}


def _tell_the_planner(cursor, report: Report) -> None:
    """After many new rows: else it takes the tables for empty, and the next question of what
    holds compares every row with every other, for hours where a second would do."""
    if report.kind not in _TABLES:
        return
    table = _TABLES[report.kind]
    cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
    if report.new + report.changed > max(cursor.fetchone()[0], 0) / 10:
        cursor.execute(tables.ANALYZE)


def _remember(source: Source, kind: str, names: dict[str, dict[str, str]]) -> None:
    """Keep what the source calls its columns, for the next file of the kind."""
    if names[kind] and source.column_names.get(kind) != names[kind]:
        source.column_names = source.column_names | {kind: names[kind]}
        source.save(update_fields=["column_names"])
