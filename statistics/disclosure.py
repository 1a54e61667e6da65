"""Counts -> counts that may be published: the cell key method and the rules around it.

The same set of records always gets the same noise, whatever question produced it: the sum of
the records' keys decides. ``ptable.csv`` (D=5, V=3, js=2) says which change a true count gets
for which cell key; the result is never 1 or 2, never more than 5 off, and 0 stays 0.
Pure functions without Django; ``/statistik/metod/`` tells readers the same in plain words.
"""

import csv
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import ceil, sqrt
from pathlib import Path

KEY_SPACE = 2**32
LARGEST_CHANGE = 5
VARIANCE = 3
BASE_MINIMUM = 10
SHARE_MINIMUM = 20
STUDENTS_ROUNDED_TO = 5
TOTAL = "T"
BLOCKED = ".."
STRUCTURAL = "-"

_MILLION = 10**6


def record_key(secret: bytes, record_id: str, purpose: bytes = b"rk1|") -> int:
    """The fixed random number (32 bits) of a record, known only with the secret."""
    digest = hmac.digest(secret, purpose + record_id.encode(), "sha256")
    return int.from_bytes(digest[:4], "big")


def cell_key(record_keys: Iterable[int]) -> int:
    """The key of a cell: of exactly the records in it, in no order."""
    return sum(record_keys) % KEY_SPACE


@lru_cache(maxsize=1)
def perturbation_table() -> tuple[tuple[tuple[int, int], ...], ...]:
    """For each true count (the last row for all larger ones): (upper bound * 10^6, change)."""
    rows: dict[int, list[tuple[int, int]]] = {}
    with (Path(__file__).parent / "ptable.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            bound = int(Decimal(row["p_int_ub"]) * _MILLION)
            rows.setdefault(int(row["i"]), []).append((bound, int(row["v"])))
    return tuple(tuple(rows[count]) for count in range(len(rows)))


def perturb(count: int, key: int) -> int:
    """The count that may be published for a true count with this cell key, in whole numbers."""
    table = perturbation_table()
    for bound, change in table[min(count, len(table) - 1)]:
        if key * _MILLION < bound * KEY_SPACE:
            return count + change
    raise ValueError(f"a cell key is below 2^32: {key}")


@dataclass(frozen=True, slots=True)
class Count:
    """A count that may be shown: its value, or why there is none, and of how many cells.

    An exact count rests on no protected cell, and is not off at all.
    """

    value: int | None
    cells: int = 1
    status: str = ""

    @property
    def margin(self) -> int:
        """How far off: at most 5 for one cell, 2 times the root of 3k for a sum of k cells."""
        if self.value is None or not self.cells:
            return 0
        return LARGEST_CHANGE if self.cells == 1 else ceil(2 * sqrt(VARIANCE * self.cells))


NOTHING = Count(None, 0, STRUCTURAL)
HELD_BACK = Count(None, 1, BLOCKED)


def add(counts: Iterable[Count]) -> Count:
    """The sum of published cells. One that is blocked blocks the sum; structural zeros add none."""
    counts = list(counts)
    if any(count.status == BLOCKED for count in counts):
        return HELD_BACK
    counts = [count for count in counts if count.status != STRUCTURAL]
    if not counts:
        return NOTHING
    return Count(max(0, sum(c.value for c in counts)), sum(c.cells for c in counts))


def rest(whole: Count, parts: Iterable[Count]) -> Count:
    """A published total less published cells of it; what is not shown is not in the total."""
    if whole.value is None:
        return whole
    parts = [part for part in parts if part.value is not None]
    less = sum(part.value for part in parts)
    return Count(max(0, whole.value - less), whole.cells + sum(part.cells for part in parts))


def certainly_different(one: Count, other: Count) -> bool:
    """Whether two counts differ by more than what the protection of both can do."""
    if one.value is None or other.value is None:
        return False
    return abs(one.value - other.value) > one.margin + other.margin


def passes_base(base: int | None, minimum: int = BASE_MINIMUM) -> bool:
    """Whether a sensitive variable may be open: decided on the published base, so nothing leaks."""
    return base is not None and base >= minimum


def share(part: Count, whole: Count, minimum: int = SHARE_MINIMUM) -> int | None:
    """Whole per cent of published counts, halves up; None where the base is below 20."""
    if part.value is None or whole.value is None or whole.value < minimum:
        return None
    return min(100, (200 * part.value + whole.value) // (2 * whole.value))


def share_margin(part: Count, whole: Count) -> int:
    """How many percentage points a share can be off by the protection of both its counts."""
    if part.value is None or not whole.value:
        return 0
    at = min(1, part.value / whole.value)
    return ceil(100 * (part.margin + at * whole.margin) / max(1, whole.value - whole.margin))


def rounded_students(students: int) -> int | None:
    """A denominator of enrolled students, to the nearest 5; None below 20."""
    rounded = (2 * students + STUDENTS_ROUNDED_TO) // (2 * STUDENTS_ROUNDED_TO)
    rounded *= STUDENTS_ROUNDED_TO
    return rounded if rounded >= SHARE_MINIMUM else None


def per_hundred(count: Count, students: int | None) -> Decimal | None:
    """Interruptions per 100 students with one decimal; ``students`` is rounded already."""
    if count.value is None or not students:
        return None
    return Decimal((2000 * count.value + students) // (2 * students)).scaleb(-1)


def raised(chosen: Iterable[str], children: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Several values taken as far up as they go: all children of a group become the group.

    ``children`` maps each group and the total to its values, inner groups first. A value
    below one that is chosen too is dropped, so that nobody counts twice.
    """
    values = set(chosen)
    for group, members in children.items():
        if set(members) <= values:
            values.add(group)
    for group, members in reversed(children.items()):
        if group in values:
            values -= _below(members, children)
    return tuple(sorted(values))


def _below(members: Iterable[str], children: Mapping[str, Iterable[str]]) -> set[str]:
    found = set(members)
    for member in members:
        found |= _below(children.get(member, ()), children)
    return found
