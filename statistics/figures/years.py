"""School year by school year: how many were in studies, at work or graduated, and how soon."""

from .. import charts, tables
from ..disclosure import add
from ..publication import Figures
from ..selection import Selection
from .differences import Share, points
from .model import SHARE, Column, Definition, Figure, Row, drawn
from .words import BASE_RULE, NOT_COUNTED, SUM_OF_FOUR, is_followed, preliminary_points

# What somebody does who is on the way to somewhere: the rest do something else, or nobody knows.
FOUND = ("AT", "EX", "UTB", "ARBG")


def found(figures: Figures, selection: Selection, year: str, months: str) -> Share:
    """The share of a year's interruptions that had led to studies, graduation or work by then."""
    chosen = selection.chosen("hemkommun") | {"lasar": year, "efter": months}
    parts = (figures.total("flode", utfall=code, **chosen) for code in FOUND)
    return Share(add(parts), figures.total("flode", **chosen))


def by_year(figures: Figures, selection: Selection) -> Figure:
    months = [str(point) for point in tables.FOLLOW_UPS]
    years = figures.codes["lasar"]
    shares = {y: [found(figures, selection, y, m) for m in months] for y in years}
    bars = [
        charts.Bar(year, one.value, one.shown, f"{m} mån")
        for year in years
        if any(one.value is not None for one in shares[year])
        for m, one in zip(months, shares[year], strict=True)
        if one.value is not None
    ]
    return Figure(
        id="uppfoljning",
        title="I studier, i arbete eller med examen, läsår för läsår",
        reading=_reading(figures, shares, months),
        scope=selection.words("hemkommun"),
        row_label="Avbrott läsåret",
        columns=[Column(f"andel-{m}", f"Efter {m} mån", SHARE) for m in months],
        rows=[Row(year, year, tuple(one.value for one in shares[year])) for year in years],
        definition=Definition(
            "Tillbaka i gymnasieskolan, gymnasieexamen, annan utbildning eller arbete vid"
            " tidpunkten, för avbrotten ett läsår.",
            "Andel av de avbrott vars 3, 6, 12 eller 24 månader har gått på datadagen. Varje"
            " tidpunkt räknas för sig.",
            NOT_COUNTED,
            "Visar om fler hittar vidare än förr, och hur snart. Bakom resten finns också de som"
            " ingen har fått kontakt med.",
        ),
        chart=drawn(charts.paired_bars, bars),
        notes=(
            BASE_RULE,
            SUM_OF_FOUR,
            preliminary_points(figures, years[-1]),
            selection.left_out("hemkommun"),
        ),
        over_years=True,
    )


def _reading(figures, shares, months):
    """The two newest years that have been followed to the end, at the latest point they have."""
    for at in (2, 1, 0):
        known = [
            year
            for year, row in shares.items()
            if row[at].value is not None and is_followed(figures, year, int(months[at]))
        ]
        if len(known) > 1:
            new, old = known[-1], known[-2]
            change = points(shares[new][at], shares[old][at])
            return (
                f"Efter {months[at]} månader var {shares[new][at].shown} av avbrotten {new} i"
                f" studier, i arbete eller med examen: {change.than(f'för avbrotten {old}')}"
            )
    return "För få läsår har följts tillräckligt länge för att jämföras."
