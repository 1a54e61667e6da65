"""The versions of one interruption, oldest first, each with what it changed. No identity."""

from dataclasses import dataclass

from .. import codes
from ..models import ImportBatch, Interruption, Source

# The fields that are told, and what the pages call them. The list says all that may leave.
FIELDS = {
    "home_municipality_id": "hemkommun",
    "school_unit_id": "skolenhet",
    "study_path": "program",
    "grade": "arskurs",
    "interrupted_on": "avbrottsdatum",
    "resumed_on": "aterstart",
    "graduated_on": "examensdatum",
    "reason": "orsak",
}


@dataclass(frozen=True)
class Version:
    """One telling: the delivery, what it said first or otherwise than what held, if it holds.

    ``changes`` are column, old and new value.
    """

    batch: ImportBatch
    changes: list[tuple[str, str, str]]
    is_first: bool
    holds: bool


def versions(source: Source, local_id: str) -> list[Version]:
    """The oldest first, in one query. The newest in force holds; what a withdrawn delivery said is
    shown and struck, and nothing is compared with it."""
    told = list(
        Interruption.objects.filter(source=source, local_id=local_id)
        .select_related("batch", "batch__imported_by")
        .order_by("batch__taken_in_at", "batch_id")
        .only("batch", "local_id", *FIELDS)
    )
    in_force = [each.pk for each in told if each.batch.withdrawn_at is None]
    made, before = [], None
    for each in told:
        made.append(
            Version(
                each.batch,
                list(_changes(before, each)),
                before is None,
                bool(in_force) and each.pk == in_force[-1],
            )
        )
        if each.batch.withdrawn_at is None:
            before = each
    return made


def _changes(before, after):
    for field, name in FIELDS.items():
        old = _written(field, getattr(before, field)) if before else ""
        new = _written(field, getattr(after, field))
        if old != new:
            yield name, old, new


def _written(field, value) -> str:
    if field == "reason" and value:
        return codes.REASONS.get(value, value)
    return "" if value is None else str(value)
