"""Reading a delivery for its report, and taking it in once that is decided.

The report comes from the import itself, tried and rolled back. Numbers, column names and
sentences about groups are kept in ``Delivery.report``; each finding is a row of its own.
"""

from django.db import connection, transaction

from .. import audit
from ..ingestion import originals
from ..ingestion.findings import Group, MissingColumns
from ..ingestion.loader import import_file
from ..ingestion.report import Report
from ..models import Delivery
from ..publication import preview
from . import steps
from .effects import effect, places_of

_COPY = (
    'COPY statistics_deliveryfinding (delivery_id, "group", "row", "column", value, message) '
    "FROM STDIN"
)
GONE = "Originalfilen är borttagen. Skicka in filen på nytt."
CHANGED = (
    "Det som gäller har ändrats sedan rapporten gjordes, så filen har lästs om. "
    "Läs den nya rapporten och bestäm på nytt."
)


def read(delivery: Delivery, progress) -> None:
    """Try the file and tell what would become of it."""
    data = originals.content_of(delivery.original)
    places = places_of(delivery.source)
    before = preview()
    try:
        report = import_file(
            data,
            delivery.file_name,
            delivery.source,
            dry_run=True,
            accept_valid=True,
            names=delivery.column_names,
            look=lambda: effect(before, preview(), places),
            progress=progress,
        )
    except MissingColumns as error:
        steps.fail(delivery, str(error), report={"missing": _missing(error)})
        return
    with transaction.atomic():
        _keep_findings(delivery, report)
        steps.tell(delivery, report.kind, as_report(report), report.rows)


def _missing(error: MissingColumns) -> dict:
    return {
        "kind": error.kind,
        "needed": error.missing,
        "headers": list(filter(None, error.headers)),
    }


def as_report(report: Report) -> dict:
    """What is kept of a report on the delivery: nothing from a cell."""
    return {
        "counts": report.outcome,
        "changed_columns": [
            {"column": column, "count": count} for column, count in report.changed_columns.items()
        ],
        "resolves": report.resolved,
        "waiting": report.waiting,
        "file": report.form.as_dict(),
        "columns": {
            "read": [column.as_dict() for column in report.columns],
            "ignored": report.unknown_columns,
        },
        "errors": [_group(number, group) for number, group in _numbered(report)[0]],
        "warnings": [_group(number, group) for number, group in _numbered(report)[1]],
        "notices": [notice.message for notice in report.notices],
        "effect": report.effects or effect(None, None, ()),
    }


def _numbered(report: Report) -> tuple[list, list]:
    """The groups of errors and of warnings, numbered through."""
    errors, warnings = report.groups, report.warning_groups
    return list(enumerate(errors, 1)), list(enumerate(warnings, len(errors) + 1))


def _group(number: int, group: Group) -> dict:
    return {"number": number, **group.as_dict()}


def _keep_findings(delivery: Delivery, report: Report) -> None:
    delivery.findings.all().delete()
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for number, group in (pair for groups in _numbered(report) for pair in groups):
            for found in group.findings:
                copy.write_row(
                    (delivery.pk, number, found.row, found.column, found.value, found.message)
                )


def take_in(delivery: Delivery, progress) -> None:
    """Take in what was decided: the batch and the delivery's last step hold together or not.

    Where the file would now come out otherwise than in the report it is read anew.
    """
    data = originals.content_of(delivery.original)
    valid_only = delivery.decision == Delivery.Decision.VALID
    with transaction.atomic():
        report = import_file(
            data,
            delivery.file_name,
            delivery.source,
            accept_valid=valid_only,
            names=delivery.column_names,
            user=delivery.decided_by,
            original=delivery.original,
            expected=delivery.report["counts"],
            progress=progress,
        )
        if report.batch:
            steps.finish(delivery, report.batch)
            _log(delivery, report)
    if not report.batch:
        steps.read_again(delivery, CHANGED)


def _log(delivery: Delivery, report: Report) -> None:
    told = {"source": delivery.source, "sha256": delivery.original.sha256}
    told["detail"] = delivery.file_name
    by = delivery.decided_by
    audit.record(audit.Action.TAKEN_IN, by, rows=report.rows - report.wrong, **told)
    if report.wrong:
        audit.record(audit.Action.QUARANTINED, by, rows=report.wrong, **told)
