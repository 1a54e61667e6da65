"""How long it takes until an interruption shows: here, and in the national statistics.

Computed for one student from the days on which each publication has come, as its source says.
The latest of the known days is used, for ours and for theirs alike.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from .. import charts
from ..figures.model import Column
from ..figures.words import day_words
from ..sheets import Line
from .model import NBSP, WORDS, NationalFigure, Source

PLAN_2018 = Source(
    "Skolverket, Publiceringsplan 2018",
    "https://www.skolverket.se/skolutveckling/statistik/publiceringsplan-2018-skolverkets-statistik",
)
PLAN_2019 = Source(
    "Skolverket, Publiceringsplan 2019",
    "https://www.skolverket.se/skolutveckling/statistik/nar-publiceras-statistiken",
)
PRESS_2022 = Source(
    "Skolverket, pressmeddelande 29 november 2022",
    "https://www.skolverket.se/om-oss/press/pressmeddelanden/pressmeddelanden/"
    "2022-11-29-okningen-av-andelen-elever-som-tar-gymnasieexamen-stannar-av",
)
FOLLOWED_LONGER = Source(
    "Skolverkets statistik enligt Tremedia, 20 december 2016",
    "https://tremedia.se/2016/12/20/tre-av-fyra-gymnasieelever-far-examen/",
)
YEARLY = Source("Skolverket, 11 mars 2021")
_STEP = 62  # pixels for each wait of the drawing


@dataclass(frozen=True)
class Calendar:
    """``days``: when it came, by its sources. It tells of a cohort ``years`` after its start."""

    name: str
    years: int
    days: tuple[date, ...]
    sources: tuple[Source, ...]

    def comes(self, start: int) -> date:
        """The latest known day of the year, in the year that tells of those who began then."""
        latest = max((day.month, day.day) for day in self.days)
        return date(start + self.years, *latest)


# Students of 15 October each year are published in March of the next.
_RESULTS = (date(2019, 12, 11), date(2022, 11, 29))
CALENDARS = (
    Calendar(
        "Avbrott inom ett år (hela riket)",
        2,
        (date(2018, 3, 8), date(2019, 3, 7), date(2021, 3, 11)),
        (PLAN_2018, PLAN_2019, YEARLY),
    ),
    Calendar("Examen inom tre år", 3, _RESULTS, (PLAN_2019, PRESS_2022)),
    Calendar("Examen inom fyra år", 4, (*_RESULTS, date(2016, 12, 20)), (FOLLOWED_LONGER,)),
    Calendar("Examen inom fem år", 5, (*_RESULTS, date(2016, 12, 20)), (FOLLOWED_LONGER,)),
)


@dataclass(frozen=True)
class Step:
    """Something that tells of the interruption from ``day`` on, ``months`` after it."""

    name: str
    day: date
    months: int
    source: str
    ours: bool = False

    @property
    def wait(self) -> str:
        """``2 månader``, or ``4 år och 2 månader``."""
        years, months = divmod(self.months, 12)
        said = f"{months}{NBSP}månad{'er' if months != 1 else ''}" if months else ""
        return f"{years}{NBSP}år{' och ' if said else ''}{said}" if years else said


@dataclass(frozen=True)
class Delay:
    start: int
    left: date
    steps: tuple[Step, ...]


def delay(until: date) -> Delay:
    """For one who left on the first of October in the second year, the latest there has been.

    ``until`` is the day up to which our own figures tell what happened.
    """
    year = until.year if until >= date(until.year, 10, 1) else until.year - 1
    left = date(year, 10, 1)
    on = settings.PUBLICATION_DAY
    own_day, own = date(year, 11, on), f"PlugInnovation, publicering den {on} varje månad"
    steps = [Step("Här, hos PlugInnovation", own_day, _months(left, own_day), own, ours=True)]
    for calendar in CALENDARS:
        day = calendar.comes(year - 1)
        sources = "; ".join(source.name for source in calendar.sources)
        steps.append(Step(calendar.name, day, _months(left, day), sources))
    return Delay(year - 1, left, tuple(steps))


def _months(first: date, last: date) -> int:
    """Months begun between two days, so that no wait is told shorter than it is."""
    whole = (last.year - first.year) * 12 + last.month - first.month
    return whole + (last.day > first.day)


def figure(until: date) -> NationalFigure:
    """The wait as a time line, with the days and their sources as its table."""
    found = delay(until)
    own, completion = found.steps[0], found.steps[2]
    return NationalFigure(
        id="riket-vantan",
        title="Från avbrott till siffra",
        reading=(
            f"Den som slutade i oktober {found.left.year} syns här inom {own.wait}, och i det"
            f" nationella måttet examen inom tre år efter {completion.wait}."
        ),
        about=(
            f"En elev som började gymnasieskolan hösten {found.start} och slutade den"
            f" {day_words(found.left)}, i årskurs 2."
        ),
        definition=(
            "Varje stapel går från den dag eleven slutade till den senaste dag på året då"
            " statistiken har kommit ut, enligt källan. Påbörjade månader räknas som hela."
        ),
        key_labels=("Var det syns",),
        columns=(
            Column("dag", "Senast", WORDS),
            Column("manader", "Väntan i månader"),
            Column("kalla", "Efter", WORDS),
        ),
        lines=tuple(
            Line(step.name, (step.name,), (day_words(step.day), step.months, step.source))
            for step in found.steps
        ),
        sources=(PLAN_2018, PLAN_2019, YEARLY, PRESS_2022, FOLLOWED_LONGER),
        chart=lambda width: _chart(found, width),
        cautions=(
            "Här syns avbrottet om kommunen eller skolan har skickat sina uppgifter före"
            " publiceringsdagen. Att en siffra kommer är inte att den visar den enskilda eleven:"
            " i de nationella måtten är hen en i årskullen.",
        ),
    )


def _chart(found: Delay, width: int) -> charts.Canvas:
    """A bar for each wait, its name and its day above it; the axis is the calendar."""
    canvas, left = charts.Canvas(), f"{found.left}"
    days = charts.Days([left, *(f"{step.day}" for step in found.steps)], width - 20)
    told = [("Eleven slutar", day_words(found.left), left, True)]
    told += [
        (step.name, f"senast {day_words(step.day)}, efter {step.wait}", f"{step.day}", step.ours)
        for step in found.steps
    ]
    for place, (name, words, day, ours) in enumerate(told):
        y = _STEP * place
        canvas.words(8, y + 9, name, bold=True)
        canvas.words(8, y + 25, words, fill=charts.MUTED)
        canvas.bar(0, y + 37, days.x(day), 12, charts.COLOURS[0 if ours else 1])
    bottom = _STEP * len(told)
    canvas.line([(0, 0), (0, bottom)], charts.INK, 2)
    canvas.line([(0, bottom), (width - 20, bottom)], charts.MUTED)
    for x, year in days.years:
        canvas.words(x, bottom + 12, year, fill=charts.MUTED)
    return canvas
