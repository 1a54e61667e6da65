"""From the bytes of a file to the database: all of its rows or none.

A dry run goes the same way to its end and is then rolled back. Two imports of one source
wait for each other; the step that compares and writes is taken by one import at a time, so
that two sources cannot report the same interruption side by side.
"""

from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils import timezone

from pluginnovation.core.models import Municipality

from ..models import ImportBatch, SchoolUnit, Source
from . import pseudonyms, reader, schema, tables
from .checks import Context
from .findings import Finding
from .personal_numbers import masked

# The first half of the advisory locks; the second is the source's id, or 0 for all.
LOCK = 1_350_002


@dataclass
class Report:
    """What became of a file. ``wrong`` counts rows; ``errors`` are all that is wrong in them.

    rows = new + changed + unchanged + wrong. Where there are errors nothing was taken in,
    and the numbers say what would have been.
    """

    kind: str
    file_name: str
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    wrong: int = 0
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    batch: ImportBatch | None = None

    @property
    def has_errors(self) -> bool:
        return bool(self.errors)

    def as_dict(self) -> dict:
        """What may be kept of it as JSON: numbers and findings, never a row."""
        counts = ("kind", "file_name", "rows", "new", "changed", "unchanged", "wrong")
        return {
            **{name: getattr(self, name) for name in counts},
            "unknown_columns": self.unknown_columns,
            "errors": [finding.as_dict() for finding in self.errors],
            "warnings": [finding.as_dict() for finding in self.warnings],
            "batch": self.batch and self.batch.pk,
        }


def import_file(
    data: bytes,
    file_name: str,
    source: Source,
    *,
    dry_run: bool = False,
    user=None,
    progress: Callable[[list], Iterable] = iter,
) -> Report:
    """Take in a file for a source. Raises UnusableFile; everything else is in the report."""
    table = reader.read(data)
    name = _kept(file_name)
    report = Report(table.kind.code, name, len(table.rows), unknown_columns=table.unknown_columns)
    with transaction.atomic(), connection.cursor() as cursor:
        _lock(cursor, source.pk)
        parsed = schema.parse(table, _context(source), progress(table.rows))
        _lock(cursor, 0)
        with _staged(cursor, table.kind.code, parsed.records, source):
            _compare(cursor, source, parsed, report)
            if not report.has_errors:
                newest = schema.newest_event(table, parsed.records)
                batch = _batch(data, source, user, newest, report)
                _write(cursor, batch)
                report.batch = None if dry_run else batch
        transaction.set_rollback(dry_run or report.has_errors)
    return report


def _kept(file_name: str) -> str:
    """A file's name as it is kept: whatever bytes the sender's disk has, without numbers."""
    return "".join(char if char.isprintable() else "?" for char in masked(file_name))[:255]


def _lock(cursor, number: int) -> None:
    cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, number])


def _context(source: Source) -> Context:
    return Context(
        source=source.code,
        today=timezone.localdate(),
        municipalities=frozenset(Municipality.objects.values_list("code", flat=True)),
        school_units=frozenset(SchoolUnit.objects.values_list("code", flat=True)),
        sources=dict(Source.objects.values_list("code", "pk")),
    )


@contextmanager
def _staged(cursor, kind: str, records: list[tuple], source: Source):
    """The records in a temporary table, each beside its state, for as long as the block."""
    staging = tables.STAGINGS[kind]
    cursor.execute(staging.create)
    with cursor.copy(staging.copy) as copy:
        for record in records:
            copy.write_row(record)
    cursor.execute("ANALYZE import_staging")
    cursor.execute(
        f"CREATE TEMP TABLE import_state ON COMMIT DROP AS {staging.compare}",
        {"source": source.pk},
    )
    yield
    cursor.execute("DROP TABLE import_staging, import_state")


def _compare(cursor, source: Source, parsed: schema.Parsed, report: Report) -> None:
    """Fill the report: findings, and how the right rows stand to what holds."""
    report.errors, report.warnings = parsed.errors, parsed.warnings
    if report.kind == ImportBatch.Kind.INTERRUPTIONS:
        report.errors = sorted(report.errors + _doubles(cursor, source), key=lambda e: e.row)
    wrong = {error.row for error in report.errors}
    cursor.execute("SELECT state, array_agg(row_number) FROM import_state GROUP BY state")
    for state, rows in cursor.fetchall():
        setattr(report, state, len(set(rows) - wrong))
    report.unchanged += parsed.repeated
    report.wrong = len(wrong)


def _doubles(cursor, source: Source) -> list[Finding]:
    """Rows about an interruption that another source has reported, most likely."""
    cursor.execute(tables.DOUBLES, {"source": source.pk})
    return [
        Finding(
            row,
            "avbrottsdatum",
            None,
            f"Avbrottet är troligen redan rapporterat av {name}, i leveransen {file_name} den "
            f"{timezone.localdate(taken_in_at)}: samma elev, påbörjat {began}. Låt en av "
            "källorna rapportera det.",
        )
        for row, began, name, file_name, taken_in_at in cursor.fetchall()
    ]


def _batch(data, source, user, data_date, report) -> ImportBatch:
    return ImportBatch.objects.create(
        source=source,
        kind=report.kind,
        file_name=report.file_name,
        sha256=pseudonyms.file_key(data),
        size=len(data),
        data_date=data_date,
        rows=report.rows,
        new=report.new,
        changed=report.changed,
        unchanged=report.unchanged,
        imported_by=user,
        synthetic=source.synthetic,
    )


def _write(cursor, batch: ImportBatch) -> None:
    staging, given = tables.STAGINGS[batch.kind], {"batch": batch.pk, "source": batch.source_id}
    for statement in filter(None, (*staging.insert, staging.after)):
        cursor.execute(statement, given)
