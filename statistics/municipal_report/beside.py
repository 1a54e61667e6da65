"""The municipality beside the region, and what the nation can be asked for: completion."""

from django.utils import timezone

from ..figures import shown
from ..figures.model import NBSP
from ..national import Completion, completion, sourced
from ..national.kolada import SOURCE
from ..selection import Selection
from .model import Grid, Section
from .sentences import Key

_NOT_THE_SAME = (
    "Riket har inget mått på studieavbrott. Det som finns är hur många som tar examen inom tre år"
    " från starten i årskurs 1. Det måttet räknar alla som började, inte dem som avbröt, och går"
    " inte att dra av från eller lägga till talen ovan."
)


def section(selection: Selection, own: Key, region: Key | None) -> Section:
    grids = [_with_region(selection, own, region)] if region else []
    local = [one for one in completion(selection.kommun[0]) if one.latest]
    grids.append(_with_nation(selection, local) if local else _nation())
    return Section(
        "bredvid",
        "Bredvid regionen och riket",
        (_NOT_THE_SAME,),
        grids=tuple(grids),
        notes=("Små skillnader kan bero på skyddet: se varje tal som ungefärligt.",),
    )


def _with_region(selection, own, region):
    year = selection.lasar[0]
    rows = [("Studieavbrott", shown(own.count), shown(region.count))]
    if own.per_hundred is not None:
        label = "Avbrott per 100 elever"
        rows.append((label, shown(own.per_hundred), shown(region.per_hundred)))
    rows += [
        ("Tillbaka inom tre månader", shown(own.back), shown(region.back)),
        ("Ingen känd aktivitet nu", shown(own.unknown), shown(region.unknown)),
    ]
    if own.followed_year:
        label = f"Examen inom 24 månader, avbrott läsåret {own.followed_year}"
        rows.append((label, shown(own.graduated), shown(region.graduated)))
    name = selection.place_words
    return Grid(
        f"{name} och regionen, läsåret {year}",
        ("Mått", name, "Hela regionen"),
        tuple(rows),
    )


def _with_nation(selection, indicators: list[Completion]):
    """The municipality's newest value of each national key figure beside the nation's own."""
    rows = []
    for one in indicators:
        year = one.latest
        mark = " (preliminär)" if year.preliminary else ""
        values = (_per_cent(value) for value in (year.own, year.nation, year.similar))
        rows.append((f"{one.title} ({one.code})", f"{year.year}{mark}", *values))
    fetched = timezone.localdate(min(one.fetched_at for one in indicators))
    return Grid(
        f"Nationella nyckeltal för {selection.place_words}. Källa: {SOURCE}, hämtat {fetched}",
        ("Nyckeltal", "År", selection.place_words, "Riket", "Liknande kommuner"),
        tuple(rows),
    )


def _per_cent(value):
    return "–" if value is None else f"{value}{NBSP}%".replace(".", ",")


def _nation():
    return Grid(
        "Examen inom tre år i riket, senaste uppgift",
        ("Mått", "År", "Grupp", "Andel", "Källa"),
        tuple(sourced.newest()),
        words=(0, 2, 4),
    )
