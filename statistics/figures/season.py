"""The same month, year after year: autumn beside autumn, not beside summer."""

from functools import partial

from .. import charts
from ..disclosure import NOTHING, STRUCTURAL
from ..publication import Figures
from ..selection import Selection
from .differences import counts as difference
from .differences import words
from .model import WORDS, Column, Definition, Figure, Row, plain, shown
from .waiting import RUNS, WAITS, told
from .words import (
    INTERRUPTION,
    MONTHS,
    NOT_COUNTED,
    first_day,
    month_number,
    month_words,
    year_before,
    year_of_month,
)

_ORDER = (*range(6, 12), *range(6))  # from July


def by_season(figures: Figures, selection: Selection) -> Figure:
    variables = ("hemkommun", "kon")
    known = told(figures, selection)
    counts = {month: known.count(month) for month in known.periods}
    years = figures.codes["lasar"]
    rows = [
        Row(f"{number + 1}", MONTHS[at], _values(counts, years, number, known))
        for number, at in enumerate(_ORDER)
    ]
    points = [
        charts.SeasonPoint(MONTHS[first_day(m).month - 1], year_of_month(m), plain(count))
        for m, count in counts.items()
        if m in known.over
    ]
    strong = list(dict.fromkeys([*selection.lasar[-1:], years[-1]]))
    return Figure(
        id="sasong",
        title="Samma månad, år från år",
        reading=_reading(counts, known),
        scope=selection.words(*variables, places=known.place_words),
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
        chart=partial(charts.season, points, strong),
        notes=(
            known.running and f"{known.running} och ritas inte.",
            known.note,
            selection.left_out(*variables),
        ),
        over_years=True,
    )


def _values(counts, years, number, known):
    by_year = {year_of_month(m): m for m in counts if month_number(m) == number}
    newest = next(reversed(by_year.values()), None)
    values = (counts[by_year[y]] if y in by_year else NOTHING for y in years)
    return (*values, _change(counts, newest, known))


def _change(counts, newest, known):
    """The newest of these months beside the year before; a word where it is not told of whole."""
    before = newest and year_before(newest)
    if before not in counts:
        return STRUCTURAL
    if newest not in known.over:
        return WAITS if known.waits(newest) else RUNS
    return words(difference(counts[newest], counts[before]))


def _reading(counts, known):
    if not known.over:
        return "Nya tal väntar." if known.waiting else "Ingen månad är slut än."
    month = known.over[-1]
    now, before = counts[month], counts.get(year_before(month))
    if now.value is None:
        return f"Antalet i {month_words(month)} visas inte."
    said = f"I {month_words(month)} började {shown(now)} avbrott"
    change = before and difference(now, before)
    waits = " Nyare månader väntar." if known.waiting else ""
    if not change:
        return f"{said}.{waits}"
    return f"{said}, {change.than(f'i {month_words(year_before(month))}')}{waits}"
