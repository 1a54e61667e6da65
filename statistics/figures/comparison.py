"""Municipalities beside each other and beside the region, with each difference in words."""

from functools import partial

from .. import charts
from ..disclosure import HELD_BACK, STRUCTURAL, per_hundred
from ..publication import Figures
from ..selection import Selection
from .differences import counts, rate_margin, rates, words
from .model import RATE, WORDS, Column, Definition, Figure, Row, bar, drawn, plain, shown
from .rates import RATED, students
from .waiting import WAITS, months_so_far, told
from .words import (
    INTERRUPTION,
    NEAR,
    NOT_COUNTED,
    month_words,
    year_before,
)

WITH_REGION = "Hela regionen är alla avbrott, också den jämförda kommunens egna."


def scope(selection: Selection, *variables: str) -> str:
    """Who is compared, by home municipality, and the rest of the selection."""
    names = ", ".join(one.name for one in selection.compared)
    rest = selection.words(*variables).split("), ", 1)[1:]
    return ", ".join([f"{names} (hemkommun)", *rest])


def compared_rate(figures: Figures, selection: Selection) -> Figure:
    """Interruptions per 100 students; counts alone where the students are not known."""
    variables = ("lasar", "kon", "alder", "programtyp")
    found = [_rate_of(figures, one.selection) for one in selection.compared]
    rows = [
        Row(one.code, one.name, (*rate[:2], _beside_region(rate, found[-1])), one.is_region)
        for one, rate in zip(selection.compared, found, strict=True)
    ]
    rated = any(row.values[1] is not None for row in rows)
    at = 1 if rated else 0
    bars = [
        charts.Bar(
            row.label, float(plain(row.values[at]) or 0), shown(row.values[at]), strong=not row.head
        )
        for row in rows
    ]
    return Figure(
        id="jamfortal",
        title="Avbrott per 100 elever" if rated else "Antal avbrott",
        reading=_rate_reading(selection.compared[0].name, found),
        scope=scope(selection, *variables),
        row_label="Hemkommun",
        columns=[
            Column("antal", "Studieavbrott"),
            Column("per100", "Per 100 elever", RATE),
            Column("skillnad", "Mot hela regionen", WORDS),
        ],
        rows=rows,
        definition=Definition(
            INTERRUPTION + " Kommunen är den där eleven är folkbokförd.",
            "Läsårets avbrott delat med kommunens elever den 15 oktober, avrundade till närmaste"
            " fem.",
            NOT_COUNTED,
            "Antalet följer kommunens storlek. Talet per 100 elever går att jämföra.",
        ),
        chart=partial(charts.bars, bars),
        notes=(
            WITH_REGION,
            NEAR,
            "" if rated else RATED,
            selection.left_out(*variables),
        ),
    )


def _rate_of(figures, selection):
    """The count, per hundred, and how many students these are."""
    chosen = selection.chosen("hemkommun", "lasar", "kon", "alder", "programtyp")
    count = figures.total("avbrott", **chosen)
    among = students(figures, selection)
    return count, per_hundred(count, among), among


def _to_region(one, region):
    (count, rate, among), (whole, whole_rate, among_all) = one, region
    margin = rate_margin(count, among) + rate_margin(whole, among_all)
    return rates(rate, whole_rate, margin)


def _beside_region(one, region):
    return STRUCTURAL if one is region else words(_to_region(one, region))


def _rate_reading(name, found):
    (count, rate, _), region = found[0], found[-1]
    if count.value is None:
        return f"Antalet avbrott i {name} visas inte."
    change = None if len(found) == 1 else _to_region(found[0], region)
    if change is None:
        return f"{name} har {shown(count)} avbrott. Antalet säger mest om storleken."
    return (
        f"{name} har {shown(rate)} avbrott per 100 elever, {change.than('i hela regionen')}"
        f" Där är talet {shown(region[1])}."
    )


def compared_so_far(figures: Figures, selection: Selection) -> Figure | None:
    """The running school year beside the same months of the year before: the season is the same.

    Months that the chosen municipality is told of; whoever is told of less waits, and the region
    is here without them.
    """
    year = figures.codes["lasar"][-1]
    months = tuple(months_so_far(told(figures, selection)))
    before = tuple(year_before(month) for month in months)
    if not months or not set(before) <= set(figures.codes["manad"]):
        return None
    known = [told(figures, one.selection, to=months[-1]) for one in selection.compared]
    rows = [
        _so_far_row(one, found, months, before)
        for one, found in zip(selection.compared, known, strict=True)
    ]
    bars = [
        bar(row.label, row.values[at], name)
        for row in rows[: len(rows) - 1 or 1]
        for at, name in ((0, year), (1, year_before(year)))
    ]
    return Figure(
        id="jamforhittills",
        title="Hittills i år mot samma månader året före",
        reading=_so_far_reading(rows[0], year, months),
        scope=f"{scope(selection, 'kon')}, {_span(months)}",
        row_label="Hemkommun",
        columns=[
            Column("nu", year),
            Column("fore", f"Samma månader {year_before(year)}"),
            Column("andring", "Förändring", WORDS),
        ],
        rows=rows,
        definition=Definition(
            INTERRUPTION + " Båda talen är summor av lika många månader.",
            left_out=NOT_COUNTED,
            why="Avbrotten följer läsåret. Därför jämförs hösten med hösten.",
        ),
        chart=drawn(charts.paired_bars, bars),
        notes=(
            "Regionen ritas inte: den är så mycket större." if len(rows) > 1 else "",
            *dict.fromkeys(found.note for found in known),
            selection.left_out("kon"),
        ),
    )


def _so_far_row(one, known, months, before):
    if any(known.waits(month) for month in months):
        values = (HELD_BACK, known.count(*before), WAITS)
    else:
        now, then = known.count(*months), known.count(*before)
        values = (now, then, words(counts(now, then)))
    name = known.place_words if known.apart else one.name
    return Row(one.code, name[:1].upper() + name[1:], values, one.is_region)


def _so_far_reading(row, year, months):
    now, then = row.values[:2]
    if now.value is None:
        return f"Talen för {row.label} läsåret {year} väntar."
    change = counts(now, then)
    said = f"{row.label} har {shown(now)} avbrott {year} till och med {month_words(months[-1])}"
    return f"{said}, {change.than('samma månader året före')}" if change else f"{said}."


def _span(months):
    return f"{month_words(months[0])} till {month_words(months[-1])}"
