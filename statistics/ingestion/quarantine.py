"""Rows that were not right when the others of their file were taken in: they wait here.

A row waits without its ``elev`` until a later file of its source has one about the same thing
that is right, or until somebody dismisses it. Read from ``QuarantinedRow.objects.waiting()``.
"""

# ruff: noqa: S608  (the statements are put together from constants alone)

import json
from collections.abc import Iterator
from itertools import islice

from django.db import connection
from django.utils import timezone

from ..models import ImportBatch, QuarantinedRow
from . import pseudonyms, schema
from .checks import SECRET, Context
from .findings import Finding
from .personal_numbers import digits_of, hides_one, is_shaped_like_one, masked

CHUNK = 1_000
LONGEST = 200

# Rows of earlier deliveries that a row which is now right, or held anew, is about.
_SETTLE = """
    UPDATE statistics_quarantinedrow q SET resolved_by_id = %(batch)s
    FROM statistics_importbatch b
    WHERE q.source_id = %(source)s AND q.kind = %(kind)s AND q.dismissed_at IS NULL
        AND q.batch_id <> %(batch)s AND b.id = q.batch_id AND b.withdrawn_at IS NULL
        AND NOT EXISTS (SELECT FROM statistics_importbatch r
            WHERE r.id = q.resolved_by_id AND r.withdrawn_at IS NULL)
        AND q.key IN ({keys})
    RETURNING q.key, q.since
"""


def dismiss(rows, user) -> None:
    """Take rows that wait out of the quarantine by hand; they are kept and say by whom."""
    found = QuarantinedRow.objects.filter(pk__in=[row.pk for row in rows])
    found.update(dismissed_at=timezone.now(), dismissed_by=user)


def settle(cursor, batch: ImportBatch, key: str) -> int:
    """Mark what the right rows of a batch, still in the staging table, settle; how many."""
    cursor.execute(_SETTLE.format(keys=f"SELECT {key} FROM import_staging s"), _given(batch))
    return len(cursor.fetchall())


def hold(batch: ImportBatch, table, context: Context, errors: list[Finding]) -> None:
    """Keep the rows with errors; one that was held before keeps its day and its place."""
    found: dict[int, list[dict]] = {}
    for error in errors:
        found.setdefault(error.row, []).append(error.as_dict())
    held = _held(batch, table, context, found)
    while chunk := list(islice(held, CHUNK)):
        since = _supersede(batch, [row.key for row in chunk])
        for row in chunk:
            row.since = since.get(row.key, row.since)
        QuarantinedRow.objects.bulk_create(chunk)


def _given(batch: ImportBatch) -> dict:
    return {"batch": batch.pk, "source": batch.source_id, "kind": batch.kind}


def _supersede(batch: ImportBatch, keys: list[str]) -> dict:
    """Earlier rows with these keys give way; key -> the day since when the first one waited."""
    given = _given(batch) | {"keys": keys}
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE.format(keys="SELECT unnest(%(keys)s::text[])"), given)
        since: dict = {}
        for key, day in cursor.fetchall():
            since[key] = min(day, since.get(key, day))
    return since


def _held(batch, table, context, found: dict[int, list[dict]]) -> Iterator[QuarantinedRow]:
    """The wrong rows, read from the file once more: on the first way nothing of them was kept."""
    rules, now = schema.RULES[batch.kind], timezone.now()
    for record in table.records():
        if record[0] not in found:
            continue
        check, _ = schema.examined(table, record, context, [], rules.read)
        wrong = {error["column"] for error in found[record[0]]}
        yield QuarantinedRow(
            batch=batch,
            source_id=batch.source_id,
            kind=batch.kind,
            row_number=record[0],
            key=_key(rules.key(check), check.row),
            values=_without_student(check.row.values, wrong),
            findings=found[record[0]],
            since=now,
        )


def _key(key: str | None, row) -> str:
    """What the row is about; where it does not say that, or says it with the digits of its
    ``elev``, a keyed hash that is the same for the same row."""
    if key and not _repeats_student(key, row.values):
        return key
    content = json.dumps([row.values, row.others], sort_keys=True).encode()
    return "=" + pseudonyms.file_key(content)


def _without_student(values: dict[str, str], wrong: set[str]) -> dict[str, str]:
    """The columns as they may be kept: without ``elev``, and no number in any other.

    Values that are wrong are blotted out as anything that is shown; one that is right stays,
    unless it has the digits of this row's ``elev`` in it.
    """
    kept = {}
    for column, value in values.items():
        if column == SECRET:
            continue
        copied = _repeats_student(value, values)
        numbered = is_shaped_like_one(value) or hides_one(value)
        if copied or numbered or column in wrong:
            value = masked(value) if not copied else masked("0" * 12)
        kept[column] = value[:LONGEST].replace("\x00", "")
    return kept


def _repeats_student(text: str, values: dict[str, str]) -> bool:
    """Whether a text has the digits of the row's ``elev`` in it, right or mistyped."""
    own = digits_of(values.get(SECRET, ""))[-10:].lstrip("0")
    return len(own) >= 8 and own in digits_of(text)
