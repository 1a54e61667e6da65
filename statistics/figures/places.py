"""Where they leave: by municipality of the home or of the school, and by school."""

from functools import partial

from .. import charts, codes
from ..disclosure import TOTAL, per_hundred
from ..publication import Figures
from ..selection import SCHOOL, Selection
from .counts import largest
from .model import RATE, Column, Definition, Figure, Row, plain, shown
from .rates import RATED, students
from .words import INTERRUPTION, NEAR, NOT_COUNTED


def by_place(figures: Figures, selection: Selection) -> Figure | None:
    """Municipalities side by side, per 100 students where their number is known.

    None where the figures are those of one municipality.
    """
    if not figures.whole_region:
        return None
    if selection.perspektiv == SCHOOL:
        return _by_school_place(figures, selection)
    variables = ("lasar", "kon", "alder", "programtyp")
    chosen = selection.chosen(*variables)
    rows = [
        _place_row(figures, selection, chosen, code, name) for code, name in codes.REGION.items()
    ]
    whole = _place_row(figures, selection, chosen, TOTAL, "Hela regionen")
    rated = any(row.values[1] is not None for row in rows)
    return Figure(
        id="kommuner",
        title="Kommunerna bredvid varandra",
        reading=_place_reading(rows, whole, rated),
        scope=selection.words(*variables),
        row_label="Hemkommun",
        columns=[
            Column("antal", "Studieavbrott"),
            *([Column("per100", "Per 100 elever", RATE)] if rated else []),
        ],
        rows=_cut([*rows, whole], 2 if rated else 1),
        definition=Definition(
            INTERRUPTION + " Kommunen är den där eleven är folkbokförd.",
            "Avbrott per 100 elever: läsårets avbrott delat med eleverna den 15 oktober, avrundade"
            " till närmaste fem.",
            NOT_COUNTED,
            "Antal säger mest hur stor kommunen är. Talet per 100 elever går att jämföra.",
        ),
        chart=_place_chart(rows, whole, selection, 1 if rated else 0),
        notes=_place_notes(selection, rated),
    )


def _place_row(figures, selection, chosen, code, name):
    count = figures.total("avbrott", hemkommun=code, **chosen)
    here = selection.at((code,)) if code != TOTAL else selection.region
    rate = per_hundred(count, students(figures, here))
    return Row(code, name, (count, rate), head=code == TOTAL)


def _cut(rows, columns):
    return [Row(row.code, row.label, row.values[:columns], row.head) for row in rows]


def _place_reading(rows, whole, rated):
    at = 1 if rated else 0
    known = [row for row in rows if plain(row.values[at]) is not None]
    named = sorted(known, key=lambda row: (-plain(row.values[at]), row.label))
    if not named:
        return "Inga tal visas i urvalet."
    unit = " avbrott per 100 elever" if rated else " avbrott"
    told = (
        f"Högst är talet i {named[0].label}, {shown(named[0].values[at])}{unit}, och lägst i"
        f" {named[-1].label}, {shown(named[-1].values[at])}."
    )
    if plain(whole.values[at]) is None:
        return told
    return f"{told} I hela regionen är det {shown(whole.values[at])}."


def _place_chart(rows, whole, selection, at):
    ordered = sorted(rows, key=lambda row: (-(plain(row.values[at]) or 0), row.label))
    marked = not selection.kommun
    bars = [
        charts.Bar(
            row.label,
            float(plain(row.values[at]) or 0),
            shown(row.values[at]),
            strong=marked or row.code in selection.kommun,
        )
        for row in ordered
    ]
    level = whole.values[at]
    line = ("Regionen " + shown(level), float(level)) if at and level is not None else None
    return partial(charts.bars, bars, reference=line)


def _place_notes(selection, rated):
    return (NEAR, "" if rated else RATED, selection.left_out("kon", "alder", "programtyp"))


def _by_school_place(figures, selection):
    variables = ("lasar", "kon")
    chosen = selection.chosen(*variables)
    rows = [
        Row(code, name, (figures.total("avbrott-skola", skolkommun=code, **chosen),))
        for code, name in codes.REGION.items()
    ]
    whole = Row(TOTAL, "Alla skolor", (figures.total("avbrott-skola", **chosen),), head=True)
    return Figure(
        id="kommuner",
        title="Kommunerna bredvid varandra",
        reading=_place_reading(rows, whole, False),
        scope=selection.words(*variables),
        row_label="Skolkommun",
        columns=[Column("antal", "Studieavbrott")],
        rows=[*rows, whole],
        definition=Definition(
            INTERRUPTION + " Kommunen är den där skolan ligger.",
            left_out=NOT_COUNTED,
            why="Skolorna kan förebygga avbrott var eleverna än bor. Antalet följer hur många"
            " elever som går i kommunens skolor.",
        ),
        chart=_place_chart(rows, whole, selection, 0),
        notes=(selection.left_out(*variables),),
    )


def by_school(figures: Figures, selection: Selection) -> Figure | None:
    """The schools of the chosen municipalities, in the school's perspective only."""
    if selection.perspektiv != SCHOOL:
        return None
    variables = ("lasar", "kon")
    chosen = selection.chosen(*variables)
    rows = []
    for code, name in sorted(figures.schools.items(), key=lambda item: item[1]):
        count = figures.total("avbrott-skola", skolenhet=code, **chosen)
        if _lies_in(figures, code, selection) and count.status != "-":
            rows.append(Row(code, name, (count,)))
    if not rows:
        return None
    top = largest(rows)[0]
    variables = ("skolkommun", *variables)
    return Figure(
        id="skolor",
        title="Skola för skola",
        reading=(
            f"Flest avbrott har {top.label}: {shown(top.values[0])}."
            if plain(top.values[0])
            else "Inga avbrott syns i urvalet."
        ),
        scope=selection.words(*variables),
        row_label="Skola",
        columns=[Column("antal", "Studieavbrott")],
        rows=rows,
        definition=Definition(
            INTERRUPTION + " Skolan är den som eleven lämnade.",
            left_out=NOT_COUNTED,
            why="En stor skola har fler avbrott än en liten: jämför skolan med sig själv över tid.",
        ),
        notes=(selection.left_out(*variables),),
    )


def _lies_in(figures, school, selection):
    """By the register: elsewhere the school is a structural zero."""
    if not selection.kommun:
        return True
    cells = (
        figures.cell("avbrott-skola", skolenhet=school, skolkommun=place, lasar=year)
        for place in selection.kommun
        for year in selection.lasar
    )
    return any(cell.status != "-" for cell in cells)
