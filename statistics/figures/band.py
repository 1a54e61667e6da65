"""A control band over the count: what is usual, widened by the protection; the rest is marked.

The usual of a month is the mean of the same month in the other years, for interruptions follow
the school year. The limits are three standard deviations away (Shewhart): the variance is that
of a count (Poisson: its mean), of the mean of the other years, and of the protection of all of
these, 3 for each cell. Where a period varies more by itself than a count would, the band is
widened as much (Laney 2002 does so for shares). Months only where they have a published mean of
at least 20; else quarters, else school years.
"""

from dataclasses import dataclass
from functools import partial
from math import sqrt

from .. import charts
from ..disclosure import NOTHING, VARIANCE, Count
from ..publication import Figures
from ..selection import Selection, joined
from .model import WORDS, Column, Definition, Figure, Row, digits, plain, shown
from .waiting import Told, told
from .words import INTERRUPTION, NOT_COUNTED, month_words

LOWEST_MEAN = 20
DEVIATIONS = 3
FEWEST_OTHERS = 2
HIGH, LOW, USUAL = "ovanligt många", "ovanligt få", "inom det vanliga"
OPEN, WAITS = "pågår, bedöms inte", "väntar, bedöms inte"
NO_BAND = "för få år att jämföra med"
_OTHERS = {
    "månad": "samma månad de andra åren",
    "kvartal": "samma kvartal de andra åren",
    "läsår": "de andra läsåren",
}


@dataclass(frozen=True)
class Period:
    """A month, a quarter or a school year: ``season`` is what it is compared within.

    One that has ended but is not told of to its end ``waits``: it is not judged.
    """

    code: str
    label: str
    season: int
    start: str
    count: Count
    ended: bool
    waits: bool = False


@dataclass(frozen=True)
class Judged:
    period: Period
    usual: float | None = None
    low: int | None = None
    high: int | None = None

    @property
    def words(self) -> str:
        value = self.period.count.value
        if self.period.waits:
            return WAITS
        if not self.period.ended:
            return OPEN
        if value is None or self.usual is None:
            return NO_BAND
        return HIGH if value > self.high else LOW if value < self.low else USUAL

    @property
    def marked(self) -> bool:
        return self.words in (HIGH, LOW)


def control_band(figures: Figures, selection: Selection) -> Figure:
    variables = ("hemkommun", "kon")
    unit, periods, known = _periods(figures, selection)
    judged = judge(periods, figures.exact)
    return Figure(
        id="band",
        title="Ovanligt många eller få?",
        reading=_reading(unit, judged),
        scope=selection.words(*variables, places=known.place_words),
        row_label=unit.capitalize(),
        columns=[
            Column("antal", "Studieavbrott"),
            Column("vanligt", "Vanligt"),
            Column("lagst", "Lägsta vanliga"),
            Column("hogst", "Högsta vanliga"),
            Column("bedomning", "Bedömning", WORDS),
        ],
        rows=[_row(one) for one in reversed(judged)],
        definition=Definition(
            f"{INTERRUPTION} Det vanliga är medelvärdet av {_OTHERS[unit]}."
            " Bandet går tre standardavvikelser åt varje håll: så mycket varierar ett antal av"
            " slump, och av skyddet av talen.",
            left_out=NOT_COUNTED,
            why="Ett enstaka tal går alltid upp eller ner. Bandet visar vad som är värt att fråga"
            " om: ett tal utanför det är sällan en slump.",
        ),
        chart=_chart(judged, unit),
        notes=(_which(unit), known.note, selection.left_out(*variables)),
        over_years=True,
    )


def _periods(figures, selection) -> tuple[str, list[Period], Told]:
    """The finest unit whose published mean is large enough."""
    months = told(figures, selection)
    years = told(figures, selection, "avbrott")
    for unit, make, known in (
        ("månad", _months, months),
        ("kvartal", _quarters, months),
        ("läsår", _years, years),
    ):
        periods = make(known)
        counts = [p.count.value for p in periods if p.ended and p.count.value is not None]
        if counts and sum(counts) >= LOWEST_MEAN * len(counts):
            return unit, periods, known
    return "läsår", [], years


def _months(known):
    over = set(known.over)
    return [
        Period(
            m,
            month_words(m),
            int(m[5:]),
            f"{m[:4]}-{m[5:]}-01",
            known.count(m),
            m in over,
            known.waits(m),
        )
        for m in known.periods
    ]


def _quarters(known):
    """Calendar quarters: three to a half of the school year, none across its end."""
    over, quarters = set(known.over), {}
    for month in known.periods:
        quarters.setdefault((month[:4], (int(month[5:]) + 2) // 3), []).append(month)
    return [
        Period(
            f"{year}K{number}",
            f"kvartal {number} {year}",
            number,
            f"{year}-{3 * number - 1:02d}-15",
            known.count(*months),
            len(months) == 3 and over.issuperset(months),
            len(months) == 3 and known.waits(months[-1]),
        )
        for (year, number), months in quarters.items()
        if len(months) == 3 or f"{known.figures.data_date:%Y}" == year
    ]


def _years(known):
    over = set(known.over)
    return [
        Period(y, y, 0, f"{y[:4]}-07-01", known.count(y), y in over, known.waits(y))
        for y in known.periods
    ]


def judge(periods: list[Period], exact: bool = False) -> list[Judged]:
    """Each period within the band that the same season of the other years gives."""
    noise = 0 if exact else VARIANCE
    seasons = {}
    for period in periods:
        if period.ended and period.count.value is not None:
            seasons.setdefault(period.season, []).append(period)
    others = {p.code: [o for o in seasons.get(p.season, []) if o is not p] for p in periods}
    spread = _overdispersion(periods, others, noise)
    return [_judged(period, others[period.code], spread, noise) for period in periods]


def _expected(others):
    return sum(other.count.value for other in others) / len(others)


def _variance(period, others, spread, noise):
    """Of the count, of the mean of the others, and of the protection of all of these."""
    usual, n = _expected(others), len(others)
    protection = noise * (period.count.cells + sum(o.count.cells for o in others) / n**2)
    return spread * (usual + usual / n) + protection


def _overdispersion(periods, others, noise):
    """How many times more than counts do the periods vary; at least 1. The median is robust."""
    ratios = sorted(
        (p.count.value - _expected(others[p.code])) ** 2 / _variance(p, others[p.code], 1, noise)
        for p in periods
        if p.ended
        and p.count.value is not None
        and len(others[p.code]) >= FEWEST_OTHERS
        and _expected(others[p.code])
    )
    # 0.455 is the median of the chi-square distribution with one degree of freedom.
    return max(1.0, ratios[len(ratios) // 2] / 0.455) if ratios else 1.0


def _judged(period, others, spread, noise):
    if len(others) < FEWEST_OTHERS:
        return Judged(period)
    usual = _expected(others)
    half = DEVIATIONS * sqrt(_variance(period, others, spread, noise))
    return Judged(period, usual, max(0, round(usual - half)), round(usual + half))


def _row(one):
    values = [
        Count(v, 0) if v is not None else NOTHING for v in (_whole(one.usual), one.low, one.high)
    ]
    return Row(one.period.code, one.period.label, (one.period.count, *values, one.words))


def _whole(value):
    return None if value is None else round(value)


def _reading(unit, judged):
    if not judged:
        return "Avbrotten är för få för att säga vad som är ovanligt, också per läsår."
    known = [one for one in judged if one.usual is not None and one.period.ended]
    if not known:
        return "Det finns för få år för att säga vad som är vanligt."
    last = known[-1]
    waits = " Nyare tal väntar." if any(one.period.waits for one in judged) else ""
    now = (
        f"{last.period.label.capitalize()}: {shown(last.period.count)} avbrott, {last.words}"
        f" ({digits(last.low)} till {digits(last.high)})."
    )
    marked = [one for one in known[:-1] if one.marked]
    if not marked:
        other = "Ingen annan månad" if unit == "månad" else f"Inget annat {unit}"
        return f"{now} {other} sticker ut.{waits}"
    outside = joined(f"{one.period.label} ({one.words})" for one in marked[-4:])
    return f"{now} Utanför bandet ligger {outside}.{waits}"


def _which(unit):
    if unit == "månad":
        return ""
    finer = "månad" if unit == "kvartal" else "månad eller kvartal"
    return (
        f"Bandet går per {unit}: per {finer} är avbrotten i urvalet färre än {LOWEST_MEAN} i"
        " medeltal, och då säger ett enstaka tal för lite."
    )


def _chart(judged, unit):
    points = [
        charts.BandPoint(
            one.period.start,
            plain(one.period.count),
            one.low,
            one.high,
            _mark(one),
            one.period.label,
        )
        for one in judged
        if one.period.ended
    ]
    if not any(point.low is not None for point in points):
        return None
    return partial(charts.band, points)


def _mark(one):
    return {HIGH: "högt", LOW: "lågt"}.get(one.words, "")
