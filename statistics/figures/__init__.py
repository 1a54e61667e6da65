"""The figures of the dashboard, in the order in which they stand."""

from collections.abc import Callable
from dataclasses import replace

from ..disclosure import HELD_BACK, Count, certainly_different
from ..publication import Figures
from ..selection import SCHOOL, Selection
from .counts import by_age, by_month, by_programme_type, year_before
from .graduation import graduated
from .model import Figure, shown
from .outcomes import by_activity, follow_up, length_by_sex
from .places import by_place, by_school
from .words import ABOUT_PROTECTION, year_of_month

_BUILDERS: dict[str, Callable[[Figures, Selection], Figure | None]] = {
    "manader": by_month,
    "flode": follow_up,
    "aktivitet": by_activity,
    "langd": length_by_sex,
    "examen": graduated,
    "alder": by_age,
    "programtyp": by_programme_type,
    "kommuner": by_place,
    "skolor": by_school,
}
# The lattice knows the school's municipality together with year, sex and school only.
_OF_SCHOOLS = ("kommuner", "skolor")


def build(name: str, figures: Figures, selection: Selection) -> Figure | None:
    """One figure by its id; None where the perspective has no such figure. KeyError if unknown."""
    builder = _BUILDERS[name]
    if selection.perspektiv == SCHOOL and name not in _OF_SCHOOLS:
        return None
    found = builder(figures, selection)
    if found is None or not figures.exact:
        return found
    notes = tuple(note for note in found.notes if note not in ABOUT_PROTECTION)
    return replace(found, notes=notes, exact=True)


def build_all(figures: Figures, selection: Selection) -> list[Figure]:
    """Every figure that the selection has."""
    built = (build(name, figures, selection) for name in _BUILDERS)
    return [figure for figure in built if figure]


def headline_count(figures: Figures, selection: Selection) -> Count:
    """The number of interruptions that the selection is about."""
    if selection.perspektiv == SCHOOL:
        return figures.total("avbrott-skola", **selection.chosen("skolkommun", "lasar", "kon"))
    chosen = selection.chosen("hemkommun", "lasar", "kon", "programtyp")
    return figures.total("avbrott", **chosen)


def persons(figures: Figures, selection: Selection) -> Count:
    """Distinct students, for one cell only: a sum would count some of them twice."""
    if selection.perspektiv == SCHOOL or selection.programtyp or len(selection.lasar) > 1:
        return HELD_BACK
    return figures.persons(**selection.chosen("hemkommun", "lasar", "kon"))


def so_far(figures: Figures, selection: Selection) -> dict | None:
    """The running school year beside the same months of the year before; None by school
    and by programme, which the months do not have.

    Both are sums of months, so that an unfinished year is compared with as much of another.
    """
    months = [
        month
        for month in figures.codes["manad"]
        if year_of_month(month) == figures.codes["lasar"][-1]
    ]
    before = [year_before(month) for month in months]
    known = set(before) <= set(figures.codes["manad"])
    if selection.perspektiv == SCHOOL or selection.programtyp or not known:
        return None
    chosen = selection.chosen("hemkommun", "kon")
    now = figures.total("avbrott-manad", manad=tuple(months), **chosen)
    then = figures.total("avbrott-manad", manad=tuple(before), **chosen)
    return {
        "year": figures.codes["lasar"][-1],
        "until": figures.data_date,
        "count": now,
        "before": then,
        "certain": certainly_different(now, then),
    }


__all__ = ["Figure", "build", "build_all", "headline_count", "persons", "shown", "so_far"]
