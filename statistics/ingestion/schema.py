"""From rows to records or findings, one kind of file at a time.

Every row is looked at whole: all that is wrong with it is told at once. A record is a tuple
in the order of the staging table of its kind (``tables.py``), led by the row's number.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from . import activities, interruptions, registers
from .checks import Context, RowCheck
from .findings import Finding
from .reader import Row, Table


@dataclass
class Parsed:
    """What became of the rows of a file. ``repeated`` counts rows told twice in it."""

    records: list[tuple] = field(default_factory=list)
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    repeated: int = 0


@dataclass(frozen=True)
class Rules:
    """How one kind of row is read, and what may stand once only in a file.

    ``key`` gives the part of a record that says what it is about, ``content`` the rest where
    a second row that says the same is no error; ``column`` is the one that repeats are told
    under.
    """

    read: Callable[[RowCheck], tuple | None]
    key: Callable[[tuple], tuple]
    column: str
    message: str
    content: Callable[[tuple], object] | None = None


RULES = {
    "interruptions": Rules(
        interruptions.read,
        lambda record: record[1],
        "avbrott_id",
        "Samma avbrott_id står också på rad {rows}. Varje avbrott får stå en gång i filen.",
    ),
    "activities": Rules(
        activities.read,
        lambda record: record[1:5],
        "aktivitet",
        "Samma elev har en annan aktivitet samma dag på rad {rows}. Behåll den som gäller.",
        lambda record: record[5],
    ),
    "students": Rules(
        registers.read_students,
        lambda record: record[1:6],
        "elever",
        "Samma läsår, skolenhet, hemkommun, program och kön står också på rad {rows}.",
    ),
    "school_units": Rules(
        registers.read_school_unit,
        lambda record: record[1],
        "skolenhet",
        "Samma skolenhet står också på rad {rows}. Varje skolenhet får stå en gång i filen.",
    ),
}


def parse(table: Table, context: Context, rows: Iterable[Row] | None = None) -> Parsed:
    """All rows of the table; ``rows`` may be the same rows wrapped to show progress."""
    rules, parsed = RULES[table.kind.code], Parsed()
    for row in table.rows if rows is None else rows:
        check = RowCheck(row, context, parsed.warnings)
        record = rules.read(check)
        if check.errors:
            parsed.errors += check.errors
        else:
            parsed.records.append(record)
    _settle_repeats(parsed, rules)
    return parsed


def _settle_repeats(parsed: Parsed, rules: Rules) -> None:
    """Rows about the same thing: equal ones count once, contradicting ones are all errors."""
    same = defaultdict(list)
    for record in parsed.records:
        same[rules.key(record)].append(record)
    kept = []
    for group in same.values():
        agree = rules.content and len({rules.content(record) for record in group}) == 1
        if len(group) == 1 or agree:
            kept.append(group[0])
            parsed.repeated += len(group) - 1
        else:
            parsed.errors += _repeats(group, rules)
    parsed.records = kept
    parsed.errors.sort(key=lambda finding: finding.row)


def _repeats(group: list[tuple], rules: Rules) -> list[Finding]:
    numbers = [record[0] for record in group]
    return [
        Finding(
            number,
            rules.column,
            None,
            rules.message.format(rows=_listed([other for other in numbers if other != number])),
        )
        for number in numbers
    ]


def _listed(numbers: list[int]) -> str:
    shown = [str(number) for number in numbers[:5]]
    return ", ".join(shown) + (f" och {len(numbers) - 5} till" if len(numbers) > 5 else "")


def newest_event(table: Table, records: Iterable[tuple]) -> date | None:
    """The newest day that something happened to a student; None where the file has no events."""
    if table.kind.code not in {"interruptions", "activities"}:
        return None
    return max(
        (value for record in records for value in record if isinstance(value, date)), default=None
    )
