"""What became of those who left: length, activity, follow-ups."""

from .. import charts, codes, tables
from ..disclosure import share
from ..publication import Figures
from ..selection import Selection, joined
from .model import (
    COUNT_AND_SHARE,
    SHARE,
    Column,
    Definition,
    Figure,
    Row,
    bar,
    drawn,
    plain,
    shown,
    whole_row,
)
from .words import BASE_RULE, NOT_COUNTED, preliminary_points


def length_by_sex(figures: Figures, selection: Selection) -> Figure:
    variables = ("hemkommun", "lasar", "kon")
    chosen = selection.chosen("hemkommun", "lasar")
    sexes = [sex for sex in codes.SEXES if not selection.kon or sex in selection.kon]
    wholes = {sex: figures.total("langd", kon=sex, **chosen) for sex in sexes}
    rows = [_length_row(figures, chosen, wholes, *item) for item in codes.LENGTH_CLASSES.items()]
    columns = [
        column
        for sex in sexes
        for column in (
            Column(f"antal-{sex}", f"{codes.SEXES[sex]}, antal"),
            Column(f"andel-{sex}", f"{codes.SEXES[sex]}, andel", SHARE),
        )
    ]
    # Few interruptions have counts and no shares: then the counts are drawn.
    at = int(any(row.values[2 * i + 1] is not None for row in rows for i in range(len(sexes))))
    bars = [
        bar(row.label, row.values[2 * i + at], codes.SEXES[sex])
        for row in rows
        for i, sex in enumerate(sexes)
    ]
    return Figure(
        id="langd",
        title="Hur långa avbrotten blir",
        reading=_length_reading(rows[-1], sexes, selection),
        scope=selection.words(*variables),
        row_label="Avbrottets längd",
        columns=columns,
        rows=[*rows, whole_row("Alla avbrott", *wholes.values())],
        definition=Definition(
            "Längden räknas i dagar från avbrottet till återstarten, eller till examen om den kom"
            " först. Avbrott utan slut är pågående: de är en egen klass och har ingen längd än.",
            "Andel av könets alla avbrott i urvalet, de pågående medräknade.",
            NOT_COUNTED,
            "De flesta som kommer tillbaka gör det tidigt. Ju längre avbrott, desto längre väg.",
        ),
        chart=drawn(charts.paired_bars, bars),
        notes=(BASE_RULE, selection.left_out(*variables)),
    )


def _length_row(figures, chosen, wholes, code, label):
    values = []
    for sex, whole in wholes.items():
        count = figures.total("langd", kon=sex, langd=code, **chosen)
        values += [count, share(count, whole)]
    return Row(code, label, tuple(values))


def _length_reading(ongoing, sexes, selection):
    parts = [
        f"{shown(ongoing.values[2 * i + 1])} av {'kvinnornas' if sex == 'K' else 'männens'} avbrott"
        for i, sex in enumerate(sexes)
        if ongoing.values[2 * i + 1] is not None
    ]
    if not parts:
        return "Avbrotten är för få för att räkna andelar."
    return f"Fortfarande pågår {' och '.join(parts)} från {selection.year_words}."


def by_activity(figures: Figures, selection: Selection) -> Figure:
    variables = ("hemkommun", "lasar")
    chosen = selection.chosen(*variables)
    whole = figures.total("aktivitet", **chosen)

    def row(code, label, head=False):
        count = figures.total("aktivitet", aktivitet=code, **chosen)
        return Row(code, label, (count, share(count, whole)), head)

    groups = [row(group.code, group.name, True) for group in codes.ACTIVITY_GROUPS.values()]
    rows = []
    for head, group in zip(groups, codes.ACTIVITY_GROUPS.values(), strict=True):
        rows += [head, *(row(code, label) for code, label in group.activities.items())]
    at = int(any(g.values[1] is not None for g in groups))
    bars = [bar(g.label, g.values[at]) for g in groups]
    known = [g for g in groups if g.code != "UTAN"]
    top = max(known, key=lambda g: plain(g.values[0]) or 0)
    return Figure(
        id="aktivitet",
        title="Vad de gör nu",
        reading=_activity_reading(top, groups[-1]),
        scope=selection.words(*variables),
        row_label="Senast kända aktivitet",
        columns=COUNT_AND_SHARE,
        rows=[*rows, whole_row("Alla avbrott", whole)],
        definition=Definition(
            "Det senaste som hemkommunen eller skolan vet att eleven gör, från avbrottet fram till"
            " datadagen. Den som ingen har lämnat uppgift om räknas som okänd.",
            "Andel av avbrotten i urvalet.",
            NOT_COUNTED,
            "Kommunen ska veta vad dess ungdomar gör, och erbjuda stöd (skollagen 29 kap. 9 §).",
        ),
        chart=drawn(charts.bars, bars),
        notes=(BASE_RULE, selection.left_out(*variables)),
    )


def _activity_reading(top, unknown):
    if top.values[1] is None or unknown.values[1] is None:
        return "Avbrotten är för få för att räkna andelar."
    return (
        f"Det vanligaste kända är {top.label.lower()}: {shown(top.values[1])}. För"
        f" {shown(unknown.values[1])} är ingen aktivitet känd."
    )


def follow_up(figures: Figures, selection: Selection) -> Figure:
    variables = ("hemkommun", "lasar")
    chosen = selection.chosen(*variables)
    points = [str(months) for months in tables.FOLLOW_UPS]
    wholes = {m: figures.total("flode", efter=m, **chosen) for m in points}
    shown_points = [m for m in points if (plain(wholes[m]) or 0) >= 20]
    rows = [
        Row(code, label, _follow_up_values(figures, chosen, wholes, code))
        for code, label in tables.OUTCOMES.items()
    ]
    bars = [
        charts.Bar(
            f"{months} månader",
            row.values[2 * points.index(months) + 1],
            str(row.values[2 * points.index(months) + 1]),
            row.label,
        )
        for months in shown_points
        for row in rows
    ]
    return Figure(
        id="flode",
        title="Från avbrottet till nu",
        reading=_follow_up_reading(rows[0], wholes, points),
        scope=selection.words(*variables),
        row_label="Läget",
        columns=[
            column
            for months in points
            for column in (
                Column(f"antal-{months}", f"Efter {months} mån, antal"),
                Column(f"andel-{months}", f"Efter {months} mån, andel", SHARE),
            )
        ],
        rows=[*rows, whole_row("Alla avbrott", *wholes.values())],
        definition=Definition(
            "Läget vid fyra tidpunkter efter avbrottet: examen om den kommit, annars tillbaka i"
            " gymnasieskolan om eleven återstartat, annars det som eleven senast var känd för att"
            " göra under de sex månaderna före tidpunkten.",
            "Andel av de avbrott vars 3, 6, 12 eller 24 månader har gått på datadagen. Varje"
            " tidpunkt räknas för sig.",
            NOT_COUNTED,
            "Här syns vad som blev av dem som slutade medan det ännu går att ändra.",
        ),
        chart=drawn(charts.stacked, bars),
        notes=(
            BASE_RULE,
            preliminary_points(figures, selection.lasar[-1]),
            selection.left_out(*variables),
        ),
    )


def _follow_up_values(figures, chosen, wholes, code):
    values = []
    for months, whole in wholes.items():
        count = figures.total("flode", efter=months, utfall=code, **chosen)
        values += [count, share(count, whole)]
    return tuple(values)


def _follow_up_reading(back, wholes, points):
    told = [
        f"{shown(back.values[2 * i + 1])} efter {months} månader"
        for i, months in enumerate(points)
        if back.values[2 * i + 1] is not None
    ]
    if not told:
        return "För få avbrott har följts tillräckligt länge för att visas."
    return f"Tillbaka i gymnasieskolan är {joined(told)}."
