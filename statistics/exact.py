"""Exact figures: the one function that lifts the protection, for those with a right to it.

It asks the same cube as a publication does and leaves the noise out. What rows it asks about
it decides by itself from the user's right: those of other municipalities are never counted,
whatever the view asks for. Nothing of it is kept between requests.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone

from . import codes, cube, rights, tables
from .disclosure import NOTHING, TOTAL, Count
from .models import CurrentStudentCount, ImportBatch, SchoolUnit
from .publication import Figures, code_lists, is_in_register
from .selection import HOME, SCHOOL


@dataclass(frozen=True)
class ExactFigures(Figures):
    """What ``Figures`` gives, with true counts; each table is counted when it is asked for."""

    register: dict = field(repr=False, default_factory=dict)
    municipalities: tuple[str, ...] = ()

    exact = True

    @property
    def whole_region(self) -> bool:
        return not self.municipalities

    def cell(self, table: str, **fixed: str) -> Count:
        definition = tables.PERSONS if table == tables.PERSONS.id else tables.TABLES[table]
        if unknown := set(fixed) - set(definition.variables):
            raise KeyError(f"{table} has no {', '.join(sorted(unknown))}")
        cell = tuple(fixed.get(variable, TOTAL) for variable in definition.variables)
        for variable, code in zip(definition.variables, cell, strict=True):
            self._positions[variable][code]  # KeyError for an unknown code
        if "skolenhet" in fixed and not is_in_register(definition, cell, self.register):
            return NOTHING
        found = self._counted(definition).get(cell)
        return Count(found.count if found else 0, cells=0)

    def _counted(self, table):
        if table.id not in self.values:
            self.values[table.id] = cube.cells(table, persons=table is tables.PERSONS)
        return self.values[table.id]


@contextmanager
def figures(user, perspective: str = HOME):
    """The exact figures of all that the user has a right to, as long as the block.

    Of the home municipality's rows or the school municipality's, as the perspective says.
    PermissionError for whoever has no right to any.
    """
    municipalities = rights.exact_municipalities(user)
    if not rights.may_read_exact(user, municipalities):
        raise PermissionError("no right to these exact figures")
    place = "skolkommun" if perspective == SCHOOL else "hemkommun"
    until = _newest_event()
    with transaction.atomic(), cube.frozen_rows(until, **{place: municipalities}):
        schools = list(SchoolUnit.objects.order_by("code"))
        months = cube.cells(tables.TABLES["avbrott-manad"])
        yield ExactFigures(
            number=0,
            data_date=until,
            published_at=timezone.now(),
            synthetic=ImportBatch.objects.in_force().filter(synthetic=True).exists(),
            codes=code_lists({"avbrott-manad": months}, schools, until),
            schools={school.code: school.name for school in schools},
            students=_students(municipalities),
            values={"avbrott-manad": months},
            register={school.code: school for school in schools},
            municipalities=municipalities,
        )


def _newest_event() -> date:
    """The last day that any delivery in force tells of; today where there is none."""
    found = ImportBatch.objects.in_force().aggregate(day=Max("data_date"))["day"]
    return min(found or timezone.localdate(), timezone.localdate())


def _students(municipalities) -> dict[str, int]:
    """Students by school year, home municipality and sex, as delivered."""
    rows = CurrentStudentCount.objects.all()
    if municipalities:
        rows = rows.filter(home_municipality__in=municipalities)
    found = {}
    keys = rows.values_list("school_year", "home_municipality_id", "sex")
    for year, place, sex, students in keys.annotate(total=Sum("students")).order_by():
        for cell in product((year,), (codes.region_code(place), TOTAL), (sex, TOTAL)):
            key = "|".join(cell)
            found[key] = found.get(key, 0) + students
    return found
