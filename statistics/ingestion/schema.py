"""From rows to records or findings, one kind of file at a time.

Every row is looked at whole: all that is wrong with it is told at once. A record is a tuple
in the order of the staging table of its kind (``tables.py``), led by the row's number, or its
line for COPY. What can only be seen beside the other rows of the file is left to the database
(``later.py``).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from . import activities, copying, interruptions, plain_activities, plain_rows, registers
from .checks import Context, RowCheck
from .findings import Finding
from .reader import REPEATED_HEADER, Record, Table

# Called with the step (``reading``, ``comparing``, ``storing``), rows done, and rows in all.
Progress = Callable[[str, int, int], None]
EVERY = 2_000


@dataclass
class Parsed:
    """What was found on the way through a file, whose rows were ``rows``."""

    rows: int = 0
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Rules:
    """How one kind of row is read, and what a row is about: the text that ``tables`` calls key.

    ``key`` gives None where the row is wrong in just that. ``plain`` makes the short way for
    rows in which nothing is out of the ordinary, where there is one.
    """

    read: Callable[[RowCheck], tuple | None]
    key: Callable[[RowCheck], str | None]
    plain: Callable[[Table, Context], Callable[[Record], str | None]] = lambda *given: _no_short_way


def _no_short_way(record: Record) -> None:
    return None


RULES = {
    "interruptions": Rules(interruptions.read, interruptions.key, plain_rows.reader_of),
    "activities": Rules(activities.read, activities.key, plain_activities.reader_of),
    "students": Rules(registers.read_students, registers.key_of_students),
    "school_units": Rules(registers.read_school_unit, registers.key_of_school_unit),
}


def parse(table: Table, context: Context, parsed: Parsed, progress: Progress) -> Iterator[str]:
    """The right rows as lines for COPY; what is wrong with the others is in ``parsed``."""
    rules, lines = RULES[table.kind.code], table.form.lines
    plain = rules.plain(table, context)
    for record in table.records():
        parsed.rows += 1
        if parsed.rows % EVERY == 0:
            progress("reading", parsed.rows, max(lines, parsed.rows))
        line = plain(record)
        if line is None:
            check, found = examined(table, record, context, parsed.warnings, rules.read)
            if check.errors:
                parsed.errors += check.errors
                continue
            line = copying.line(found)
        yield line


def examined(table: Table, record, context: Context, warnings: list, read) -> tuple:
    """The row as it was examined, and its record."""
    check = RowCheck(table.row(record), context, warnings)
    if any(error.code == REPEATED_HEADER for error in check.errors):
        del check.errors[1:]
        return check, None
    return check, read(check)
