"""Who graduates all the same, within 24 months of the interruption."""

from datetime import date

from .. import charts
from ..disclosure import share
from ..publication import Figures
from ..selection import Selection
from .model import SHARE, Column, Definition, Figure, Row, drawn, plain, shown
from .words import BASE_RULE, NOT_COUNTED, day_words


def graduated(figures: Figures, selection: Selection) -> Figure:
    """Every school year whose 24 months have begun to pass, the selection beside the region."""
    variables = ("hemkommun", "kon", "programtyp")
    chosen = selection.chosen(*variables)
    region = selection.region.chosen(*variables)
    compared = chosen != region and figures.whole_region
    rows = [
        _graduation_row(figures, year, chosen, region if compared else None)
        for year in figures.codes["lasar"]
        if (plain(figures.total("examen", lasar=year)) or 0) >= 10
    ]
    bars = [
        charts.Bar(row.label, row.values[index], shown(row.values[index]), name)
        for row in rows
        for index, name in ((2, "Urvalet"), (3, "Regionen"))[: 2 if compared else 1]
    ]
    kind = charts.paired_bars if compared else charts.bars
    return Figure(
        id="examen",
        title="Vilka som ändå tar examen",
        reading=_graduation_reading(rows, compared),
        scope=selection.words(*variables),
        row_label="Avbrott läsåret",
        columns=[
            Column("avbrott", "Avbrott vars 24 månader har gått"),
            Column("examen", "Med examen inom 24 månader"),
            Column("andel", "Andel", SHARE),
            *([Column("andel-region", "Andel i regionen", SHARE)] if compared else []),
        ],
        rows=rows,
        definition=Definition(
            "Gymnasieexamen inom 24 månader från avbrottet.",
            "Andel av de avbrott vars 24 månader har gått på datadagen, också av dem där eleven"
            " kom tillbaka. De senaste två åren saknas därför.",
            NOT_COUNTED,
            "Examen inom tre år från start i årskurs 1, det nationella måttet, räknar andra elever:"
            " alla som började, inte dem som avbröt.",
        ),
        chart=drawn(kind, bars),
        notes=(BASE_RULE, _half_year(figures, rows), selection.left_out(*variables)),
        over_years=True,
    )


def _graduation_row(figures, year, chosen, region):
    whole = figures.total("examen", lasar=year, **chosen)
    done = figures.total("examen", lasar=year, examen="J", **chosen)
    values = [whole, done, share(done, whole)]
    if region is not None:
        everyone = figures.total("examen", lasar=year, **region)
        values.append(share(figures.total("examen", lasar=year, examen="J", **region), everyone))
    return Row(year, year, tuple(values))


def _graduation_reading(rows, compared):
    known = [row for row in rows if row.values[2] is not None]
    if not known:
        return "För få avbrott har följts i 24 månader för att visas."
    row = known[-1]
    told = (
        f"Av avbrotten läsåret {row.label} ledde {shown(row.values[2])} till examen inom 24 månader"
    )
    return f"{told}, mot {shown(row.values[3])} i hela regionen." if compared else f"{told}."


def _half_year(figures, rows):
    """The newest year shown may have been followed in part only."""
    last = figures.date_of("examen")
    if not rows or (date(int(rows[-1].code[:4]) + 3, 6, 30) <= last):
        return ""
    leap = last.month == 2 and last.day == 29
    until = day_words(last.replace(year=last.year - 2, day=28 if leap else last.day))
    return f"Läsåret {rows[-1].code} gäller avbrott till och med {until}."
