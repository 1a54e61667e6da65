"""Reading a publication: its cells, by code, and sums of them."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from itertools import product

from .. import tables
from ..disclosure import HELD_BACK, NOTHING, TOTAL, Count, add, raised
from ..models import Publication
from .contents import BLOCKED, NO_SUCH, unpacked

PERSONS_FROM = 100
_MARKS = {BLOCKED: HELD_BACK, NO_SUCH: NOTHING}


@dataclass(frozen=True)
class Figures:
    """The published cells of one publication. ``total`` is the only way to a number."""

    number: int
    data_date: date
    published_at: object
    synthetic: bool
    codes: dict[str, list[str]] = field(repr=False)
    schools: dict[str, str] = field(repr=False)
    students: dict[str, int] = field(repr=False)
    values: dict[str, list] = field(repr=False)
    # When each rhythm's tables were up to, and the blocks that tell of less (``record_sets``).
    dates: dict[str, date] = field(repr=False, default_factory=dict)
    held: dict[str, dict[str, str]] = field(repr=False, default_factory=dict)

    # What the exact figures of ``exact`` say otherwise.
    exact = False
    whole_region = True

    def cell(self, table: str, **fixed: str) -> Count:
        """One cell; a variable that is not named is the total. KeyError for an unknown code."""
        definition = tables.PERSONS if table == tables.PERSONS.id else tables.TABLES[table]
        if unknown := set(fixed) - set(definition.variables):
            raise KeyError(f"{table} has no {', '.join(sorted(unknown))}")
        position = 0
        for variable in definition.variables:
            positions = self._positions[variable]
            position = position * len(positions) + positions[fixed.get(variable, TOTAL)]
        value = self.values[table][position]
        return _MARKS[value] if value in _MARKS else Count(value)

    def total(self, table: str, **chosen: str | tuple[str, ...]) -> Count:
        """The cells of a selection: raised as far as they go, then summed (rule 2)."""
        choices = [_raised(variable, values) for variable, values in chosen.items()]
        return add(
            self.cell(table, **dict(zip(chosen, combination, strict=True)))
            for combination in product(*choices)
        )

    def persons(self, **chosen: str | tuple[str, ...]) -> Count:
        """Distinct students of one cell; a sum of cells would count some of them twice.

        Two numbers with noise of their own: told only where they do not contradict each other.
        """
        found = self.total(tables.PERSONS.id, **chosen)
        if self.exact:
            single = all(isinstance(value, str) or len(value) == 1 for value in chosen.values())
            return found if single else HELD_BACK
        count = self.total("avbrott", **chosen)
        if found.value is None or count.value is None:
            return HELD_BACK
        sound = found.cells == 1 and PERSONS_FROM <= found.value <= count.value
        return found if sound else HELD_BACK

    def students_of(self, lasar: str, hemkommun: str = TOTAL, kon: str = TOTAL) -> int | None:
        """Enrolled students, rounded to 5; None where they are few or nobody told."""
        return self.students.get(f"{lasar}|{hemkommun}|{kon}")

    def date_of(self, table: str) -> date:
        """The day up to which a table tells: those published twice a year may be older."""
        rhythm = tables.MONTHLY if table == tables.PERSONS.id else tables.TABLES[table].rhythm
        return self.dates.get(rhythm, self.data_date)

    def up_to(self, day: date) -> "Figures":
        """The same figures, with the day of one of their tables as the data date."""
        return self if day == self.data_date else replace(self, data_date=day)

    def held_places(self, table: str) -> dict[str, date | None]:
        """Municipalities whose figures in a table tell of less than it: place -> up to when.

        The oldest day where their school years differ; None where some are not told at all.
        """
        rhythm = tables.MONTHLY if table == tables.PERSONS.id else tables.TABLES[table].rhythm
        days = {}
        for block, day in self.held.get(rhythm, {}).items():
            days.setdefault(block.split("|")[0], []).append(day)
        return {
            place: date.fromisoformat(min(found)) if min(found) else None
            for place, found in days.items()
        }

    @cached_property
    def _positions(self):
        return {
            variable: {code: place for place, code in enumerate(listed)}
            for variable, listed in self.codes.items()
        }


def _raised(variable, values):
    values = (values,) if isinstance(values, str) else tuple(values)
    return raised(values, tables.CHILDREN.get(variable, {}))


@lru_cache(maxsize=4)
def read(number, published_at) -> Figures:
    """The publication of that number and moment, read and unpacked once in a process."""
    row = Publication.objects.get(number=number)
    return figures_of(
        row.number, row.data_date, row.published_at, row.synthetic, unpacked(row.cells)
    )


def figures_of(number, data_date, published_at, synthetic, contents: dict) -> Figures:
    """Figures from what ``contents`` made; those of older publications have one date for all."""
    return Figures(
        number,
        data_date,
        published_at,
        synthetic,
        contents["codes"],
        contents["schools"],
        contents["students"],
        contents["tables"],
        {rhythm: date.fromisoformat(day) for rhythm, day in contents.get("dates", {}).items()},
        contents.get("held", {}),
    )


def numbered(number: int) -> Figures | None:
    """The publication of that number, kept for ever; None where there is none in force."""
    found = Publication.objects.in_force().filter(number=number)
    found = found.values_list("number", "published_at").first()
    return read(*found) if found else None


def newest() -> Figures | None:
    """The newest publication; its cells are read once in a process (2 queries, then 1)."""
    found = Publication.objects.in_force().values_list("number", "published_at").first()
    return read(*found) if found else None
