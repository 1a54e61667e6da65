"""Which records the next publication counts: what each municipality is held back at.

Between two publications a figure changes only where its records changed, so few changes point
at those they are about (rule 5 of the disclosure rules, docs/skydd.md). A group of records (a
*block*) with fewer changes than the threshold therefore stays as it was last published, in
every cell alike, the totals included: all cells of a publication count the same set of
records, and none of them can be had by subtracting others. A record that moved between two
blocks moves only when both are released.

No copy of the records is kept for this. A publication remembers which deliveries it was made
of and up to which day (its *basis*), and for each block the publication whose basis still
holds for it; the set is derived anew from the append-only versions. What a withdrawn delivery
told is still there for this purpose. What retention deleted is gone from old sets and new ones
alike; school years that it has begun to eat are left out of both.
"""
# ruff: noqa: S608  (the statements are put together from constants of this module alone)

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import connection

from .. import tables


@dataclass(frozen=True)
class Rhythm:
    """Tables that are published together: what of a record they show, and what is a block."""

    code: str
    label: str
    columns: tuple[str, ...]
    block: tuple[str, ...]

    @property
    def threshold(self) -> int:
        return settings.PUBLICATION_THRESHOLDS[self.code]

    @property
    def tables(self) -> list[tables.Table]:
        return [table for table in tables.TABLES.values() if table.rhythm == self.code]


def _columns(rhythm: str) -> tuple[str, ...]:
    """The columns of the rows that the rhythm's tables are counted from."""
    found = {
        column
        for table in tables.TABLES.values()
        if table.rhythm == rhythm
        for variable in table
        for column in variable.columns
    }
    if "utfall" in found:
        found = found - {"efter", "utfall"} | {f"utfall{m}" for m in tables.FOLLOW_UPS}
    return tuple(sorted(found))


RHYTHMS = {
    rhythm.code: rhythm
    for rhythm in (
        Rhythm(tables.MONTHLY, "månadstabellerna", _columns(tables.MONTHLY), ("hemkommun",)),
        Rhythm(
            tables.HALF_YEARLY,
            "halvårstabellerna",
            _columns(tables.HALF_YEARLY),
            ("hemkommun", "lasar"),
        ),
    )
}


@dataclass(frozen=True)
class State:
    """What was published of one rhythm's records, as it is kept.

    ``blocks``: block -> (number of the publication whose basis holds for it, its data date).
    ``moved``: [id of a version, number] of records that stand at another basis than their
    block's; the number is None where the record is in no block yet.
    """

    blocks: dict[str, tuple[int, date]] = field(default_factory=dict)
    moved: tuple[tuple[int, int | None], ...] = ()

    @classmethod
    def read(cls, kept: dict) -> "State":
        return cls(
            {block: (n, date.fromisoformat(day)) for block, (n, day) in kept["blocks"].items()},
            tuple((version, number) for version, number in kept["moved"]),
        )

    @property
    def kept(self) -> dict:
        return {
            "blocks": {block: (number, f"{day}") for block, (number, day) in self.blocks.items()},
            "moved": self.moved,
        }

    @property
    def numbers(self) -> set[int]:
        found = {number for number, _ in self.blocks.values()}
        return found | {number for _, number in self.moved if number is not None}


@dataclass
class RecordSet:
    """The records of the next publication's tables of one rhythm, and why."""

    rhythm: Rhythm
    state: State
    until: date
    # Blocks with changes, and those of them that are held back.
    changes: dict[str, int]
    held: frozenset[str]

    @property
    def held_dates(self) -> dict[str, str]:
        """Block -> the day up to which its figures tell, where that is not the common one."""
        late = {b: f"{day}" for b, (_, day) in self.state.blocks.items() if day != self.until}
        return late | dict.fromkeys(self.held - set(self.state.blocks), "")

    def hides(self, fixed: dict[str, str]) -> bool:
        """Whether a cell is of a block and a time that is not published yet: no zero, a gap."""
        if "hemkommun" not in fixed:
            return False
        place, period = fixed["hemkommun"], fixed.get("manad") or fixed["lasar"]
        if place == tables.TOTAL:
            return {self._late(one, period) for one in tables.PLACES} - {None} == {True}
        return bool(self._late(place, period))

    def _late(self, place, period) -> bool | None:
        """Whether the place is not told of up to that period; None where there is nothing to."""
        known = {"hemkommun": place, "lasar": period}
        block = "|".join(known[column] for column in self.rhythm.block)
        if block in self.state.blocks:
            day = self.state.blocks[block][1]
            return day != self.until and begins(period) > day
        return True if block in self.held else None

    @contextmanager
    def rows(self):
        """The rows under the name from which ``cube`` counts."""
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {_set_name(self.rhythm)} RENAME TO figure_rows")
            yield
            cursor.execute("DROP TABLE pg_temp.figure_rows")


def begins(period: str) -> date:
    """The first day of a month (``2025M03``) or a school year (``2024/25``)."""
    if "M" in period:
        return date(int(period[:4]), int(period[5:]), 1)
    return date(int(period[:4]), 7, 1)


def _set_name(rhythm: Rhythm) -> str:
    return f"next_{rhythm.code}_rows"


def decide(
    cursor, rhythm: Rhythm, number: int, until: date, last: State | None, others: Iterable[State]
) -> RecordSet:
    """The set of publication ``number``, whose rows as known now stand in ``known_rows``.

    ``last`` is what is published now, None where nothing is: then all is released. ``others``
    are states that somebody may have seen too: a block must be far enough from each of them.
    """
    if last is None:
        _release_all(cursor, rhythm, number)
        return RecordSet(rhythm, _all_new(cursor, rhythm, number, until), until, {}, frozenset())
    changes = _changes(cursor, rhythm, number, last)
    few = {block for block, count in changes.items() if count < rhythm.threshold}
    for other in others:
        seen = _changes(cursor, rhythm, number, other, name="seen")
        few |= {b for b, count in seen.items() if count < rhythm.threshold and b in changes}
    held = sorted(few)
    _mix(cursor, rhythm, number, held)
    state = _state_after(cursor, rhythm, number, until, last, changes, held)
    return RecordSet(rhythm, state, until, changes, frozenset(held))


def _block(rhythm, alias):
    return " || '|' || ".join(f"{alias}.{column}" for column in rhythm.block)


def _release_all(cursor, rhythm, number):
    cursor.execute(
        f"CREATE TEMP TABLE {_set_name(rhythm)} ON COMMIT DROP AS"
        " SELECT * FROM known_rows WHERE basis = %s",
        [number],
    )


def _all_new(cursor, rhythm, number, until) -> State:
    cursor.execute(f"SELECT DISTINCT {_block(rhythm, 'k')} FROM {_set_name(rhythm)} k")
    return State({block: (number, until) for (block,) in cursor.fetchall()})


def _changes(cursor, rhythm, number, state: State, name="last") -> dict[str, int]:
    """How many records changed in each block since that state: came, went, moved, or differ.

    Leaves the state's rows in ``<name>_rows`` and the changed ones in ``<name>_changed``.
    """
    cursor.execute(f"DROP TABLE IF EXISTS {name}_rows, {name}_changed")
    moved, numbers = zip(*state.moved, strict=True) if state.moved else ((), ())
    cursor.execute(
        f"""CREATE TEMP TABLE {name}_rows ON COMMIT DROP AS
        WITH published AS (
            SELECT * FROM unnest(%(blocks)s::text[], %(at)s::int[]) b (block, basis)),
          moved AS (SELECT v.source_id, v.local_id, m.basis
            FROM unnest(%(moved)s::bigint[], %(numbers)s::int[]) m (id, basis)
            JOIN statistics_interruption v ON v.id = m.id)
        SELECT k.* FROM known_rows k
          LEFT JOIN moved m USING (source_id, local_id)
          LEFT JOIN published p ON p.block = {_block(rhythm, "k")}
        WHERE k.basis = CASE WHEN m.local_id IS NULL THEN p.basis ELSE m.basis END""",
        {
            "blocks": list(state.blocks),
            "at": [basis for basis, _ in state.blocks.values()],
            "moved": list(moved),
            "numbers": list(numbers),
        },
    )
    old, new = (", ".join(f"{side}.{c}" for c in rhythm.columns) for side in "on")
    cursor.execute(
        f"""CREATE TEMP TABLE {name}_changed ON COMMIT DROP AS
        SELECT source_id, local_id, {_block(rhythm, "o")} AS old_block,
          {_block(rhythm, "n")} AS new_block, coalesce(n.id, o.id) AS version
        FROM {name}_rows o FULL JOIN (SELECT * FROM known_rows WHERE basis = %s) n
          USING (source_id, local_id)
        WHERE o.id IS NULL OR n.id IS NULL OR ({old}) IS DISTINCT FROM ({new})""",
        [number],
    )
    cursor.execute(
        f"""SELECT block, count(*) FROM (
          SELECT old_block AS block FROM {name}_changed UNION ALL
          SELECT new_block FROM {name}_changed WHERE new_block IS DISTINCT FROM old_block) sides
        WHERE block IS NOT NULL GROUP BY block ORDER BY block"""
    )
    return dict(cursor.fetchall())


def _mix(cursor, rhythm, number, held):
    """The next rows: as published for whatever touches a block that is held, else as known now."""
    cursor.execute(
        f"""CREATE TEMP TABLE {_set_name(rhythm)} ON COMMIT DROP AS
        WITH new AS (SELECT k.*, {_block(rhythm, "k")} AS block FROM known_rows k
            WHERE k.basis = %(number)s),
          stays AS (
            SELECT source_id, local_id FROM last_rows o WHERE {_block(rhythm, "o")} = ANY(%(held)s)
            UNION SELECT source_id, local_id FROM new WHERE block = ANY(%(held)s))
        SELECT o.* FROM last_rows o JOIN stays USING (source_id, local_id)
        UNION ALL
        SELECT k.* FROM known_rows k LEFT JOIN stays USING (source_id, local_id)
        WHERE k.basis = %(number)s AND stays.local_id IS NULL""",
        {"number": number, "held": held},
    )


def _state_after(cursor, rhythm, number, until, last, changes, held) -> State:
    cursor.execute(f"SELECT DISTINCT {_block(rhythm, 'k')} FROM {_set_name(rhythm)} k")
    blocks = {}
    for (block,) in cursor.fetchall():
        if block in held:
            # A block that was never published holds only records that stay where they were.
            if block in last.blocks:
                blocks[block] = last.blocks[block]
        elif block in changes or block not in last.blocks:
            blocks[block] = (number, until)
        else:
            # Nothing changed: the same rows at the newest basis. The date told stays, so that
            # no change and few changes look alike.
            blocks[block] = (number, last.blocks[block][1])
    if not held:
        return State(blocks)
    cursor.execute(
        f"""WITH those AS (
          SELECT source_id, local_id, version FROM last_changed
          WHERE old_block IS DISTINCT FROM new_block
            AND (old_block = ANY(%(held)s) OR new_block = ANY(%(held)s))
          UNION SELECT v.source_id, v.local_id, v.id FROM statistics_interruption v
          WHERE v.id = ANY(%(before)s))
        SELECT DISTINCT ON (t.source_id, t.local_id) t.version, s.basis
        FROM those t LEFT JOIN {_set_name(rhythm)} s USING (source_id, local_id)
        ORDER BY t.source_id, t.local_id, t.version""",
        {"held": held, "before": [version for version, _ in last.moved]},
    )
    return State(blocks, tuple(cursor.fetchall()))
