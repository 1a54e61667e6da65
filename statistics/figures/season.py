"""The same month, year after year: autumn beside autumn, not beside summer."""

from .. import charts_over_years
from ..disclosure import NOTHING, STRUCTURAL
from ..publication import Figures
from ..selection import Selection
from .differences import counts as difference
from .differences import words
from .model import WORDS, Column, Definition, Figure, Row, plain, shown
from .words import (
    INTERRUPTION,
    MONTHS,
    NOT_COUNTED,
    first_day,
    is_over,
    month_number,
    month_words,
    told_until,
    year_before,
    year_of_month,
)

_ORDER = (*range(6, 12), *range(6))  # from July


def by_season(figures: Figures, selection: Selection) -> Figure:
    variables = ("hemkommun", "kon")
    chosen = selection.chosen(*variables)
    counts = {m: figures.total("avbrott-manad", manad=m, **chosen) for m in figures.codes["manad"]}
    years = figures.codes["lasar"]
    newest = {month_number(month): month for month in counts}
    rows = [
        Row(f"{number + 1}", MONTHS[at], _values(counts, years, number, newest.get(number)))
        for number, at in enumerate(_ORDER)
    ]
    latest = ended(figures, selection)
    points = [
        charts_over_years.SeasonPoint(
            MONTHS[first_day(m).month - 1], year_of_month(m), plain(count)
        )
        for m, count in counts.items()
        if m in latest
    ]
    strong = list(dict.fromkeys([*selection.lasar[-1:], years[-1]]))
    return Figure(
        id="sasong",
        title="Samma månad, år från år",
        reading=_reading(counts, latest),
        scope=selection.words(*variables),
        row_label="Månad",
        columns=[
            *(Column(year.replace("/", "-"), year) for year in years),
            Column("andring", "Senaste året mot året före", WORDS),
        ],
        rows=rows,
        definition=Definition(
            INTERRUPTION + " Avbrottet hör till den månad då det började.",
            left_out=NOT_COUNTED,
            why="Avbrotten följer läsåret. En oktober säger mest bredvid andra oktobrar.",
        ),
        chart=lambda width: charts_over_years.season(points, strong, width),
        notes=(_running(figures, selection), selection.left_out(*variables)),
        over_years=True,
    )


def ended(figures: Figures, selection: Selection) -> list[str]:
    """The months that were over on the day up to which the selection is told of."""
    day = told_until(figures, "avbrott-manad", selection)
    return [month for month in figures.codes["manad"] if is_over(month, day)]


def _values(counts, years, number, newest):
    by_year = {year_of_month(m): count for m, count in counts.items() if month_number(m) == number}
    before = year_before(newest) if newest else None
    change = words(difference(counts[newest], counts[before])) if before in counts else STRUCTURAL
    return (*(by_year.get(year, NOTHING) for year in years), change)


def _reading(counts, latest):
    if not latest:
        return "Ingen månad är slut än."
    month = latest[-1]
    now, before = counts[month], counts.get(year_before(month))
    told = f"I {month_words(month)} började {shown(now)} avbrott"
    change = before and difference(now, before)
    if not change:
        return f"{told}."
    return f"{told}, {change.than(f'i {month_words(year_before(month))}')}"


def _running(figures, selection):
    over = ended(figures, selection)
    running = [month for month in figures.codes["manad"] if month not in over]
    if not running:
        return ""
    return f"{month_words(running[0]).capitalize()} är inte slut på datadagen och ritas inte."
