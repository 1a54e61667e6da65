"""The municipality beside the region, and what the nation can be asked for: completion."""

from .. import national
from ..figures import shown
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
    return Section(
        "bredvid",
        "Bredvid regionen och riket",
        (_NOT_THE_SAME,),
        grids=(*grids, _nation()),
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


def _nation():
    rows = [
        (one.title, point.year, point.group or "Alla", point.shown, point.source)
        for one in national.SERIES
        if one.id in ("examen", "programtyper")
        for point in _latest(one.points)
    ]
    return Grid(
        "Examen inom tre år i riket, senaste uppgift",
        ("Mått", "År", "Grupp", "Andel", "Källa"),
        tuple(rows),
        words=(0, 2, 4),
    )


def _latest(points):
    """The newest point of each group."""
    return {point.group: point for point in points}.values()
