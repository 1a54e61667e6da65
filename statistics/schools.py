"""Which schools lie where, by the register as a publication has it: by its structural zeros."""

from dataclasses import replace

from . import tables
from .publication import Figures
from .selection import Selection, joined


def places(figures: Figures) -> dict[str, str]:
    """The municipality of each school that has existed in one of the years."""
    found = {}
    for school in figures.schools:
        place = _place(figures, school)
        if place:
            found[school] = place
    return found


def _place(figures, school):
    for place in tables.PLACES:
        for year in reversed(figures.codes["lasar"]):
            cell = figures.cell("avbrott-skola", skolenhet=school, skolkommun=place, lasar=year)
            if cell.status != "-":
                return place
    return None


def fitted(selection: Selection, figures: Figures) -> Selection:
    """Schools outside the chosen municipalities are dropped with a sentence.

    All schools of the chosen ones are the municipality: the same students, the same number.
    """
    if not selection.skolenhet:
        return selection
    where = places(figures)
    asked = [s for s in selection.skolenhet if s in where]
    kept = [s for s in asked if not selection.kommun or where[s] in selection.kommun]
    problems = selection.problems
    if len(kept) < len(selection.skolenhet):
        lost = joined(figures.schools[s] for s in selection.skolenhet if s not in kept)
        problems = (*problems, f"{lost} ligger inte i den valda kommunen och har lämnats utanför.")
    whole, rest = whole_places(kept, where)
    if kept and not rest:
        up = () if set(whole) == set(tables.PLACES) else tuple(whole)
        return replace(selection, skolenhet=(), kommun=up, problems=problems)
    return replace(selection, skolenhet=tuple(kept), problems=problems)


def whole_places(chosen, where) -> tuple[list[str], list[str]]:
    """The municipalities all of whose schools are chosen, and the schools of the others."""
    at = {where[school] for school in chosen}
    missing = {place for school, place in where.items() if school not in chosen}
    whole = [place for place in tables.PLACES if place in at - missing]
    return whole, [school for school in chosen if where[school] not in whole]
