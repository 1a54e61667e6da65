"""What a publication holds: code lists, and of each table the protected values cell by cell."""

import json
import zlib
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from django.db.models import Sum

from .. import codes, cube, tables
from ..disclosure import TOTAL, passes_base, perturb, rounded_students
from ..models import CurrentStudentCount, SchoolUnit
from .record_sets import RecordSet

if TYPE_CHECKING:
    from .published import Figures

BLOCKED, NO_SUCH = None, -1


def packed(contents) -> bytes:
    return zlib.compress(json.dumps(contents, separators=(",", ":")).encode(), 9)


def unpacked(cells) -> dict:
    return json.loads(zlib.decompress(bytes(cells)))


def contents(sets: dict[str, RecordSet], until: date, before: "Figures | None") -> dict:
    """Everything of the next publication. Call it while the sets' rows are there.

    ``before`` is the last publication: a table whose day it is not keeps its values.
    """
    counted, persons = {}, {}
    for found in sets.values():
        with found.rows():
            counted |= {
                table.id: cube.cells(table)
                for table in tables.TABLES.values()
                if table.rhythm == found.rhythm.code
            }
            if found.rhythm.code == tables.MONTHLY:
                persons = cube.cells(tables.PERSONS, persons=True)
    schools = list(SchoolUnit.objects.order_by("code"))
    register = {school.code: school for school in schools}
    lists = code_lists(counted, schools, until)
    values = {}
    for table in (*tables.TABLES.values(), tables.PERSONS):
        if table.rhythm in sets:
            of_table = persons if table is tables.PERSONS else counted[table.id]
            hidden = sets[table.rhythm].hides
            values[table.id] = _protected(table, lists, of_table, register, hidden)
        else:
            values[table.id] = _carried(table, lists, before)
    return {
        "codes": lists,
        "schools": {school.code: school.name for school in schools},
        "students": _students(),
        "tables": values,
        "dates": {rhythm: f"{day}" for rhythm, day in _dates(sets, until, before).items()},
        "held": (before.held if before else {})
        | {found.rhythm.code: found.held_dates for found in sets.values()},
    }


def _dates(sets, until, before):
    kept = (
        {}
        if before is None
        else {one.rhythm: before.date_of(id_) for id_, one in tables.TABLES.items()}
    )
    return kept | dict.fromkeys(sets, until)


def code_lists(counted, schools, until):
    """Every code of each variable, in the order of its list; years and months without gaps."""
    first = min((cell[1] for cell in counted.get("avbrott-manad", ())), default=f"{until:%YM%m}")
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


def _protected(table, lists, counted, register, hidden):
    """The table's values row by row: a number, None for blocked, -1 for a structural zero."""
    published = {cell: perturb(exact.count, exact.key) for cell, exact in counted.items()}
    at = table.variables.index(table.sensitive) if table.sensitive else None
    values = []
    for cell in product(*(lists[code] for code in table.variables)):
        value = published.get(cell, 0)
        if at is not None and cell[at] != TOTAL:
            base = (*cell[:at], TOTAL, *cell[at + 1 :])
            value = value if passes_base(published.get(base, 0)) else BLOCKED
        fixed = dict(zip(table.variables, cell, strict=True))
        if hidden(fixed):
            value = BLOCKED
        if "skolenhet" in fixed and not is_in_register(table, cell, register):
            value = NO_SUCH
        values.append(value)
    return values


def _carried(table, lists, before):
    """The values of the last publication in the places of these lists; what is new is blocked."""
    old = (before.codes[code] for code in table.variables)
    known = dict(zip(product(*old), before.values[table.id], strict=True))
    return [known.get(cell) for cell in product(*(lists[code] for code in table.variables))]


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
