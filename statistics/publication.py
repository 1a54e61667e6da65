"""Numbered publications: what the public may see, since when.

``publish`` builds every cell of the lattice once, protects it, and keeps the protected cells
only. Public pages read the newest publication and never a record.
"""

import json
import zlib
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from itertools import product

from django.db import connection, transaction
from django.db.models import Max, Min, Sum
from django.utils import timezone

from . import codes, cube, tables
from .disclosure import (
    HELD_BACK,
    NOTHING,
    TOTAL,
    Count,
    add,
    passes_base,
    perturb,
    raised,
    rounded_students,
)
from .models import CurrentStudentCount, ImportBatch, Publication, SchoolUnit

_LOCK = 0x73746174  # one publication at a time
PERSONS_FROM = 100
_MARKS = {None: HELD_BACK, -1: NOTHING}


class NothingToPublish(Exception):
    """There is no record in force."""


def newest_common_day() -> date:
    """The day up to which every source of interruptions has told what happened."""
    days = (
        ImportBatch.objects.in_force()
        .filter(kind=ImportBatch.Kind.INTERRUPTIONS, data_date__isnull=False)
        .values("source")
        .annotate(day=Max("data_date"))
        .aggregate(common=Min("day"))
    )
    if days["common"] is None:
        raise NothingToPublish("Det finns inga avbrott att publicera.")
    return days["common"]


@transaction.atomic
def publish(data_date: date | None = None, note: str = "") -> Publication:
    """Make the next publication, whole or not at all; its number is one more than the last."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        # Just after a large delivery the planner knows nothing of it: 10 s instead of 0.5.
        cursor.execute("ANALYZE statistics_interruption, statistics_activity")
    until = data_date or newest_common_day()
    last = Publication.objects.aggregate(number=Max("number"))["number"] or 0
    return Publication.objects.create(
        number=last + 1,
        data_date=until,
        synthetic=ImportBatch.objects.in_force().filter(synthetic=True).exists(),
        cells=_packed(_contents(until)),
        note=note,
    )


def preview() -> "Figures | None":
    """The next publication as it would be now, kept nowhere; None where there is no record.

    Called twice in one transaction it tells what a delivery would change for the public.
    """
    try:
        until = newest_common_day()
    except NothingToPublish:
        return None
    contents = _contents(until)
    return Figures(
        number=0,
        data_date=until,
        published_at=None,
        synthetic=False,
        codes=contents["codes"],
        schools=contents["schools"],
        students=contents["students"],
        values=contents["tables"],
    )


def _packed(contents) -> bytes:
    return zlib.compress(json.dumps(contents, separators=(",", ":")).encode(), 9)


def _contents(until):
    with cube.frozen_rows(until):
        counted = {table.id: cube.cells(table) for table in tables.TABLES.values()}
        persons = cube.cells(tables.PERSONS, persons=True)
    schools = list(SchoolUnit.objects.order_by("code"))
    lists = code_lists(counted, schools, until)
    register = {school.code: school for school in schools}
    return {
        "codes": lists,
        "schools": {school.code: school.name for school in schools},
        "students": _students(),
        "tables": {
            table.id: _protected(table, lists, counted[table.id], register)
            for table in tables.TABLES.values()
        }
        | {tables.PERSONS.id: _protected(tables.PERSONS, lists, persons, register)},
    }


def code_lists(counted, schools, until):
    """Every code of each variable, in the order of its list; years and months without gaps."""
    first = min((cell[1] for cell in counted["avbrott-manad"]), default=f"{until:%YM%m}")
    months = _months(first, until)
    lists = {
        variable.code: [*variable.labels, *([TOTAL] if variable.total else [])]
        for variable in tables.VARIABLES.values()
        if variable.labels
    }
    years = dict.fromkeys(codes.school_year(_first_day(month)) for month in months)
    return lists | {
        "manad": months,
        "lasar": list(years),
        "skolenhet": [*(school.code for school in schools), TOTAL],
    }


def _first_day(month):
    return date(int(month[:4]), int(month[5:]), 1)


def _months(first, until):
    start = _first_day(first)
    count = (until.year - start.year) * 12 + until.month - start.month + 1
    numbers = (start.year * 12 + start.month - 1 + step for step in range(max(count, 1)))
    return [f"{number // 12}M{number % 12 + 1:02d}" for number in numbers]


def _protected(table, lists, counted, register):
    """The table's values row by row: a number, None for blocked, -1 for a structural zero."""
    published = {cell: perturb(exact.count, exact.key) for cell, exact in counted.items()}
    at = table.variables.index(table.sensitive) if table.sensitive else None
    values = []
    for cell in product(*(lists[code] for code in table.variables)):
        value = published.get(cell, 0)
        if at is not None and cell[at] != TOTAL:
            base = (*cell[:at], TOTAL, *cell[at + 1 :])
            value = value if passes_base(published.get(base, 0)) else None
        if "skolenhet" in table.variables and not is_in_register(table, cell, register):
            value = -1
        values.append(value)
    return values


def is_in_register(table, cell, register) -> bool:
    """Whether the register has this school in this municipality and year (never the data)."""
    fixed = dict(zip(table.variables, cell, strict=True))
    school = register.get(fixed["skolenhet"])
    if school is None:
        return True
    place, start = fixed["skolkommun"], int(fixed["lasar"][:4])
    return (
        place in (TOTAL, codes.region_code(school.municipality_id))
        and (school.opened is None or school.opened < date(start + 1, 7, 1))
        and (school.closed is None or school.closed >= date(start, 7, 1))
    )


def _students():
    """Students by school year, home municipality and sex, rounded to 5; below 20 left out."""
    found = {}
    rows = CurrentStudentCount.objects.values_list("school_year", "home_municipality_id", "sex")
    for year, place, sex, students in rows.annotate(total=Sum("students")).order_by():
        for cell in product((year,), (codes.region_code(place), TOTAL), (sex, TOTAL)):
            found[cell] = found.get(cell, 0) + students
    rounded = ((cell, rounded_students(students)) for cell, students in sorted(found.items()))
    return {"|".join(cell): students for cell, students in rounded if students}


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
        sound = found.cells == 1 and found.value >= PERSONS_FROM and found.value <= count.value
        return found if sound else HELD_BACK

    def students_of(self, lasar: str, hemkommun: str = TOTAL, kon: str = TOTAL) -> int | None:
        """Enrolled students, rounded to 5; None where they are few or nobody told."""
        return self.students.get(f"{lasar}|{hemkommun}|{kon}")

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
def _read(number, published_at) -> Figures:
    row = Publication.objects.get(number=number)
    contents = json.loads(zlib.decompress(bytes(row.cells)))
    return Figures(
        row.number,
        row.data_date,
        row.published_at,
        row.synthetic,
        contents["codes"],
        contents["schools"],
        contents["students"],
        contents["tables"],
    )


def numbered(number: int) -> Figures | None:
    """The publication of that number, kept for ever; None where there is none in force."""
    found = Publication.objects.in_force().filter(number=number)
    found = found.values_list("number", "published_at").first()
    return _read(*found) if found else None


@transaction.atomic
def withdraw(number: int, because: str) -> Publication:
    """Take back a publication that must not be shown. Its cells are deleted, its place stays.

    Publication.DoesNotExist where there is none of that number in force.
    """
    publication = Publication.objects.in_force().select_for_update().get(number=number)
    publication.cells = b""
    publication.withdrawn_at = timezone.now()
    publication.withdrawn_because = because
    publication.save()
    return publication


def newest() -> Figures | None:
    """The newest publication; its cells are read once in a process (2 queries, then 1)."""
    found = Publication.objects.in_force().values_list("number", "published_at").first()
    return _read(*found) if found else None
