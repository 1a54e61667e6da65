"""Programme by programme, by home municipality and school year."""

from .. import charts, codes
from ..disclosure import SHARE_MINIMUM, Count, add, share
from ..publication import Figures
from ..selection import Selection
from .counts import largest
from .model import COUNT_AND_SHARE, Definition, Figure, Row, bar, drawn, plain, shown, whole_row
from .words import INTERRUPTION, NOT_COUNTED, PROGRAMME

_DRAWN = 12


def programme_count(figures: Figures, selection: Selection) -> Count:
    """Several programmes: those that are a whole type as the type, the others one by one."""
    chosen = selection.chosen("hemkommun", "lasar")
    rest, whole = list(selection.program), []
    for kind in codes.PROGRAMME_TYPES:
        members = {code for code, one in codes.PROGRAMMES.items() if one.type == kind}
        if members <= set(rest):
            whole.append(kind)
            rest = [code for code in rest if code not in members]
    parts = [figures.total("avbrott", programtyp=tuple(whole), **chosen)] if whole else []
    parts += [figures.total("program", program=tuple(rest), **chosen)] if rest else []
    return add(parts)


def by_programme(figures: Figures, selection: Selection) -> Figure:
    variables = ("hemkommun", "lasar")
    chosen = selection.chosen(*variables)
    whole = figures.total("program", **chosen)
    rows = []
    for code, programme in _asked(selection):
        count = figures.total("program", program=code, **chosen)
        rows.append(Row(code, programme.name, (count, share(count, whole))))
    if selection.program:
        count = programme_count(figures, selection)
        rows.append(Row("VALDA", "De valda programmen", (count, share(count, whole)), head=True))
    ordered = sorted(rows, key=lambda row: -(plain(row.values[0]) or 0))
    drawn_rows = [row for row in ordered if plain(row.values[0]) and not row.head][:_DRAWN]
    at = int(any(row.values[1] is not None for row in drawn_rows))
    return Figure(
        id="program",
        title="Program för program",
        reading=_reading([row for row in rows if not row.head], whole),
        scope=selection.words(*variables),
        row_label="Program",
        columns=COUNT_AND_SHARE,
        rows=[*rows, whole_row("Alla program", whole)],
        definition=Definition(
            f"{INTERRUPTION} {PROGRAMME}",
            "Andel av avbrotten i urvalet.",
            NOT_COUNTED,
            "Ett stort program har fler avbrott än ett litet. Jämför programmet med sig självt.",
        ),
        chart=drawn(charts.bars, [bar(row.label, row.values[at]) for row in drawn_rows]),
        notes=(_left_undrawn(ordered, drawn_rows), _left_out(selection)),
    )


def _asked(selection):
    """The chosen programmes, or those of the chosen types, or all."""
    for code, programme in codes.PROGRAMMES.items():
        inside = code in selection.program or programme.type in selection.programtyp
        if inside or not (selection.program or selection.programtyp):
            yield code, programme


def _left_out(selection):
    return selection.left_out("programtyp", "program")


def _reading(rows, whole):
    if whole.value is None or whole.value < SHARE_MINIMUM:
        return "Avbrotten är för få för att jämföra program."
    top = largest(rows)[0]
    if not plain(top.values[0]):
        return "Inga avbrott syns på de valda programmen."
    return f"Flest avbrott har {top.label}: {shown(top.values[0])} av {shown(whole)}."


def _left_undrawn(ordered, drawn_rows):
    more = len([row for row in ordered if plain(row.values[0]) and not row.head]) - len(drawn_rows)
    return f"Diagrammet visar de {_DRAWN} största. Alla finns i tabellen." if more > 0 else ""
