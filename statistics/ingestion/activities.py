"""Rows of a file with activities."""

from . import values
from .checks import RowCheck
from .findings import Invalid, shown
from .interruptions import student


def read(check: RowCheck) -> tuple | None:
    """The record of a row, in the order of ``tables.ACTIVITIES``; None where it is wrong.

    An interruption's id names the student where it is given, else ``elev`` does. ``kalla`` is
    the source that either is an id of; the sender's own where it is empty.
    """
    owner = check.take("kalla", _source, check)
    by_record = check.has("avbrott_id")
    pupil = local_id = None
    if by_record:
        local_id = check.take("avbrott_id", values.identifier)
    if check.has("elev") or not by_record:
        source = check.row.values.get("kalla") or check.context.source
        pupil = check.take("elev", student, source, check.context.today)
        check.forbid_copy("avbrott_id", pupil and pupil.number)
    if not check.has("datum"):
        check.take("datum", values.needed, "dagen då aktiviteten gällde")
    seen = check.take("datum", values.past_day, check.context.today)
    code = check.take("aktivitet", values.activity)
    if check.errors:
        return None
    subject = (None, owner, local_id) if by_record else (pupil.pseudonym, None, None)
    return (check.row.number, *subject, seen, code)


def key(check: RowCheck) -> str | None:
    """What a row is about: a student (or an interruption) and a day."""
    by_record = check.has("avbrott_id")
    needed = ("kalla", "avbrott_id", "datum") if by_record else ("elev", "datum")
    found = check.right(*needed)
    if found is None:
        return None
    return "|".join(map(str, found)) if by_record else f"{found[0].pseudonym.hex()}|{found[1]}"


def _source(value: str, check: RowCheck) -> int:
    found = check.context.sources.get(value or check.context.source)
    if found is None:
        raise Invalid(
            "unknown-code",
            f'"{shown(value)}" är ingen känd källa. Skriv källans kod, eller lämna tomt för '
            "den egna.",
        )
    return found
