"""One municipality beside the nation and those like it: a figure for each key figure of Kolada."""

from collections.abc import Iterable
from functools import partial

from django.utils import timezone

from .. import charts
from ..figures.model import SHARE, Column, shown
from ..figures.words import day_words
from ..sheets import Line
from .kolada import NATION
from .local import Completion
from .model import NBSP, NationalFigure, Source

KOLADA = "https://www.kolada.se/"


def figures(found: Iterable[Completion], name: str, query: str = "") -> list[NationalFigure]:
    """Those that have a value to show; ``name`` is the municipality's."""
    return [_figure(one, name, query) for one in found if one.years]


def _figure(one: Completion, name: str, query: str) -> NationalFigure:
    own = one.place != NATION
    columns = [Column("riket", "Riket", SHARE)]
    if own:
        columns.insert(0, Column("kommunen", name, SHARE))
        columns.append(Column("liknande", "Liknande kommuner, medel", SHARE))
    lines = tuple(
        Line(
            str(year.year),
            (f"{year.year}{' (preliminär)' if year.preliminary else ''}",),
            (year.own, year.nation, year.similar) if own else (year.nation,),
        )
        for year in one.years
    )
    return NationalFigure(
        id=f"riket-{one.code.lower()}",
        title=one.title,
        reading=_reading(one, name),
        about=f"{name}, riket och liknande kommuner." if own else "Hela riket.",
        definition=one.description or "Kolada ger ingen beskrivning av nyckeltalet.",
        key_labels=("År",),
        columns=tuple(columns),
        lines=lines,
        sources=(Source(f"{one.source.removeprefix('Källa: ').rstrip('.')}", KOLADA),),
        chart=partial(charts.lines_to_hundred, _series(one, name)),
        cautions=tuple(_cautions(one, own)),
        updated=one.fetched_at,
        query=query,
    )


def _reading(one: Completion, name: str) -> str:
    last = one.latest
    if last is None:
        return f"Kolada har ingen uppgift om {name}: ofta för att eleverna är få."
    said = f"{last.year} var andelen {_per_cent(last.own)} i {name}"
    if one.place == NATION:
        return f"{last.year} var andelen {_per_cent(last.nation)} i riket."
    if last.difference is None:
        return f"{said}. För riket saknas uppgift."
    distance = abs(last.difference)
    where = "lika mycket som" if not distance else "över" if last.difference > 0 else "under"
    if not distance:
        return f"{said}, {where} i riket."
    return f"{said}, {shown(distance)} procentenheter {where} riket ({_per_cent(last.nation)})."


def _per_cent(value) -> str:
    return f"{shown(value)}{NBSP}%"


def _cautions(one: Completion, own: bool):
    if own and one.similar_names:
        names = ", ".join(one.similar_names)
        yield (
            f"Liknande kommuner är enligt Kolada {names} (”{one.similar_title}”). Medelvärdet är"
            " egen bearbetning: ovägt, av de kommuner som har ett värde."
        )
    elif own:
        yield "Kolada har ingen grupp av liknande kommuner för kommunen i det vi har hämtat."
    if any(year.preliminary for year in one.years):
        final = f" De slutliga kommer {day_words(one.published_on)}." if one.published_on else ""
        yield f"Uppgifterna för det senaste året är preliminära.{final}"
    fetched = day_words(timezone.localdate(one.fetched_at))
    yield f"Hämtat {fetched}. Året är det då uppföljningen görs, inte det då eleverna började."


def _series(one: Completion, name: str) -> dict[str, list[tuple[int, float]]]:
    """The points of each line, the municipality's first."""
    named = {"Riket": "nation"}
    if one.place != NATION:
        named = {name: "own", "Riket": "nation", "Liknande": "similar"}
    found = {
        label: [
            (year.year, float(value))
            for year in one.years
            if (value := getattr(year, attribute)) is not None
        ]
        for label, attribute in named.items()
    }
    return {label: points for label, points in found.items() if points}
