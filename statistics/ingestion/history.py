"""The versions of one interruption: what each delivery said of it, without the student."""

from dataclasses import dataclass, replace

from ..models import ImportBatch, Interruption, Source

# Column of the file -> field of the record. Neither pseudonym nor keys are among them.
FIELDS = {
    "kon": "sex",
    "fodelsear": "birth_year",
    "hemkommun": "home_municipality_id",
    "skolenhet": "school_unit_id",
    "program": "study_path",
    "arskurs": "grade",
    "avbrottsdatum": "interrupted_on",
    "aterstart": "resumed_on",
    "examensdatum": "graduated_on",
    "orsak": "reason",
}


@dataclass(frozen=True)
class Version:
    """What one delivery said. ``changed`` are the columns that the version in force before it
    had otherwise; ``student_changed`` says that it was about another student. ``holds`` is the
    version that counts now; those of withdrawn deliveries are shown and count for nothing."""

    batch: ImportBatch
    values: dict[str, object]
    changed: tuple[str, ...]
    student_changed: bool
    holds: bool


def history(source: Source, local_id: str) -> list[Version]:
    """All versions of an interruption, the oldest first. In one query."""
    rows = (
        Interruption.objects.filter(source=source, local_id=local_id)
        .select_related("batch")
        .order_by("batch__taken_in_at", "batch_id")
    )
    versions, before, last = [], None, None
    for row in rows:
        values = {column: getattr(row, field) for column, field in FIELDS.items()}
        changed, moved = (), False
        if before:
            changed = tuple(c for c in FIELDS if values[c] != getattr(before, FIELDS[c]))
            moved = bytes(row.pseudonym) != bytes(before.pseudonym)
        if row.batch.withdrawn_at is None:
            before, last = row, len(versions)
        versions.append(Version(row.batch, values, changed, moved, holds=False))
    if last is not None:
        versions[last] = replace(versions[last], holds=True)
    return versions
