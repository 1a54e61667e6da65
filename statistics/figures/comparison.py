"""Municipalities beside each other and beside the region, with each difference in words."""

from .. import charts
from ..disclosure import STRUCTURAL, TOTAL, per_hundred
from ..publication import Figures
from ..selection import Selection
from .differences import counts, rate_margin, rates, words
from .model import RATE, WORDS, Column, Definition, Figure, Row, bar, drawn, plain, shown
from .season import ended
from .words import (
    INTERRUPTION,
    NEAR,
    NOT_COUNTED,
    month_words,
    year_before,
    year_of_month,
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
        chart=lambda width: charts.bars(bars, width),
        notes=(
            WITH_REGION,
            NEAR,
            ""
            if rated
            else "Per 100 elever finns för ett läsår, ett kön eller alla, och alla"
            " åldrar och program, där elevantal har lämnats.",
            selection.left_out(*variables),
        ),
    )


def _rate_of(figures, selection):
    """The count, per hundred, and how many students these are."""
    chosen = selection.chosen("hemkommun", "lasar", "kon", "alder", "programtyp")
    count = figures.total("avbrott", **chosen)
    students = _students(figures, selection)
    return count, per_hundred(count, students), students


def _students(figures, selection):
    """Known by year, municipality and sex only; of several municipalities their sum."""
    narrow = selection.alder or selection.programtyp or selection.program
    if narrow or len(selection.lasar) > 1 or len(selection.kon) > 1:
        return None
    sex = (selection.kon or (TOTAL,))[0]
    known = [
        figures.students_of(selection.lasar[0], place, sex)
        for place in selection.kommun or (TOTAL,)
    ]
    return sum(known) if all(known) else None


def _to_region(one, region):
    (count, rate, students), (whole, whole_rate, whole_students) = one, region
    margin = rate_margin(count, students) + rate_margin(whole, whole_students)
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
    """The running school year beside the same months of the year before: the season is the same."""
    year = figures.codes["lasar"][-1]
    months = tuple(month for month in ended(figures, selection) if year_of_month(month) == year)
    before = tuple(year_before(month) for month in months)
    if not months or not set(before) <= set(figures.codes["manad"]):
        return None
    rows = []
    for one in selection.compared:
        chosen = one.selection.chosen("hemkommun", "kon")
        now = figures.total("avbrott-manad", manad=months, **chosen)
        then = figures.total("avbrott-manad", manad=before, **chosen)
        rows.append(Row(one.code, one.name, (now, then, words(counts(now, then))), one.is_region))
    bars = [
        bar(row.label, row.values[at], name)
        for row in rows[: len(rows) - 1 or 1]
        for at, name in ((0, year), (1, year_before(year)))
    ]
    first = rows[0]
    return Figure(
        id="jamforhittills",
        title="Hittills i år mot samma månader året före",
        reading=(
            f"{first.label} har {shown(first.values[0])} avbrott {year} till och med"
            f" {month_words(months[-1])}{_change(*first.values[:2])}"
        ),
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
            selection.left_out("kon"),
        ),
    )


def _change(now, then):
    change = counts(now, then)
    return f", {change.than('samma månader året före')}" if change else "."


def _span(months):
    return f"{month_words(months[0])} till {month_words(months[-1])}"
