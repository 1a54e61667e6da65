"""The figures of the dashboard, in the order in which they stand."""

from collections.abc import Callable
from dataclasses import replace

from .. import schools
from ..disclosure import HELD_BACK, Count, add, certainly_different
from ..publication import Figures
from ..selection import SCHOOL, Selection
from .band import control_band
from .comparison import compared_rate, compared_so_far
from .comparison_shares import compared_activity, compared_graduation, compared_return
from .counts import by_age, by_month, by_programme_type
from .graduation import graduated
from .model import Figure, shown
from .outcomes import by_activity, follow_up, length_by_sex
from .places import by_place, by_school
from .programmes import by_programme, programme_count
from .season import by_season
from .waiting import last_of, months_so_far, told
from .words import ABOUT_PROTECTION, late, preliminary, year_before
from .years import by_year

_BUILDERS: dict[str, Callable[[Figures, Selection], Figure | None]] = {
    "manader": by_month,
    "band": control_band,
    "flode": follow_up,
    "uppfoljning": by_year,
    "aktivitet": by_activity,
    "langd": length_by_sex,
    "examen": graduated,
    "sasong": by_season,
    "alder": by_age,
    "programtyp": by_programme_type,
    "program": by_programme,
    "kommuner": by_place,
    "skolor": by_school,
}
# Municipalities beside each other, on a page of their own.
_COMPARING: dict[str, Callable[[Figures, Selection], Figure | None]] = {
    "jamfortal": compared_rate,
    "jamforhittills": compared_so_far,
    "jamforexamen": compared_graduation,
    "jamfortillbaka": compared_return,
    "jamforaktivitet": compared_activity,
}
# What is sensitive is published twice a year, up to a day of its own.
_TABLES = {
    "flode": "flode",
    "uppfoljning": "flode",
    "aktivitet": "aktivitet",
    "langd": "langd",
    "examen": "examen",
    "jamforexamen": "examen",
    "jamfortillbaka": "flode",
    "jamforaktivitet": "aktivitet",
    "skolor": "avbrott-skola",
}
# The lattice knows the school's municipality together with year, sex and school only.
_OF_SCHOOLS = ("kommuner", "skolor")


def build(name: str, figures: Figures, selection: Selection) -> Figure | None:
    """One figure by its id; None where the perspective has no such figure. KeyError if unknown."""
    builder = (_BUILDERS | _COMPARING)[name]
    if selection.perspektiv == SCHOOL and name not in _OF_SCHOOLS:
        return None
    if name in _COMPARING and not figures.whole_region:
        return None
    table = _TABLES.get(name, "avbrott")
    figures = figures.up_to(figures.date_of(table))
    found = builder(figures, selection)
    if found is None:
        return None
    found = replace(
        found,
        preliminary=preliminary(found, figures, selection),
        until=figures.data_date,
        notes=(*found.notes, late(figures.held_places(table), selection)),
    )
    if not figures.exact:
        return found
    notes = tuple(note for note in found.notes if note not in ABOUT_PROTECTION)
    return replace(found, notes=notes, exact=True)


def build_all(figures: Figures, selection: Selection) -> list[Figure]:
    """Every figure that the selection has."""
    built = (build(name, figures, selection) for name in _BUILDERS)
    return [figure for figure in built if figure]


def build_comparison(figures: Figures, selection: Selection) -> list[Figure]:
    """The figures of municipalities beside each other; none where only one may be read."""
    built = (build(name, figures, selection) for name in _COMPARING)
    return [figure for figure in built if figure]


def headline_count(figures: Figures, selection: Selection) -> Count:
    """The number of interruptions that the selection is about."""
    if selection.perspektiv == SCHOOL:
        return _school_count(figures, selection)
    if selection.program:
        return programme_count(figures, selection)
    chosen = selection.chosen("hemkommun", "lasar", "kon", "alder", "programtyp")
    return figures.total("avbrott", **chosen)


def _school_count(figures, selection):
    """Chosen schools, all those of one municipality as that municipality."""
    chosen = selection.chosen("lasar", "kon")
    if not selection.skolenhet:
        places = selection.chosen("skolkommun")
        return figures.total("avbrott-skola", **places, **chosen)
    whole, rest = schools.whole_places(selection.skolenhet, schools.places(figures))
    parts = [{"skolkommun": tuple(whole)}] if whole else []
    parts += [{"skolenhet": tuple(rest)}] if rest else []
    return add(figures.total("avbrott-skola", **part, **chosen) for part in parts)


def persons(figures: Figures, selection: Selection) -> Count:
    """Distinct students, for one cell only: a sum would count some of them twice."""
    many = len(selection.lasar) > 1 or selection.alder or selection.program or selection.programtyp
    if selection.perspektiv == SCHOOL or many:
        return HELD_BACK
    return figures.persons(**selection.chosen("hemkommun", "lasar", "kon"))


def so_far(figures: Figures, selection: Selection) -> dict | None:
    """The running school year beside the same months of the year before; None by school
    and by programme, which the months do not have.

    Both are sums of ended months that are told of, so that an unfinished year is compared with
    as much of another; ``count`` is blocked where they wait. ``where`` and
    ``note`` say what is left out.
    """
    if selection.perspektiv == SCHOOL or selection.narrower_than_months:
        return None
    known = told(figures, selection)
    months = months_so_far(known)
    before = [year_before(month) for month in months]
    if not months or not set(before) <= set(figures.codes["manad"]):
        return None
    waits = known.waits(months[0])
    now, then = (HELD_BACK if waits else known.count(*months)), known.count(*before)
    if then.value is None or (now.value is None and not waits):
        return None
    return {
        "year": figures.codes["lasar"][-1],
        "until": last_of(months[-1]),
        "count": now,
        "before": then,
        "certain": certainly_different(now, then),
        "where": f" i {known.place_words}" if known.apart else "",
        "note": known.note,
    }


__all__ = [
    "Figure",
    "build",
    "build_all",
    "build_comparison",
    "headline_count",
    "persons",
    "shown",
    "so_far",
]
