"""Months and years as far as a selection is told of them: what waits is left out, and said.

A municipality with few changed records waits (rule 5 of the disclosure rules): it is told of up
to a day of its own, and until it is released the region's newest months lack its records. Such
a month is neither judged nor compared, and no zero. The whole region is set beside itself
without those who wait, the same municipalities in every period: a published total less
published cells.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from .. import tables
from ..disclosure import Count, add, rest
from ..publication import Figures
from ..selection import HOME, Selection, joined
from .words import first_day, last_day, month_words, told_until, year_of_month

WAITS, RUNS = "väntar", "pågår"


def last_of(period: str) -> date:
    """The last day of a month (``2025M03``) or of a school year (``2024/25``)."""
    if "M" not in period:
        return last_day(period)
    return (first_day(period) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


@dataclass(frozen=True)
class Told:
    """A selection in one table: up to which day it is told of, and who is left out of it."""

    figures: Figures
    selection: Selection
    table: str
    day: date
    apart: tuple[str, ...] = ()

    @property
    def _variable(self) -> str:
        return "manad" if "manad" in tables.TABLES[self.table].variables else "lasar"

    @property
    def periods(self) -> list[str]:
        return self.figures.codes[self._variable]

    def count(self, *periods: str) -> Count:
        """The interruptions of these periods, without those who are left out."""
        chosen = self.selection.chosen("hemkommun", "kon")
        return add(self._less({**chosen, self._variable: period}) for period in periods)

    def _less(self, asked):
        whole = self.figures.total(self.table, **asked)
        parts = [self.figures.total(self.table, **asked, hemkommun=one) for one in self.apart]
        return rest(whole, parts) if parts else whole

    @cached_property
    def over(self) -> list[str]:
        """The periods that had ended on the day up to which the selection is told of."""
        return [period for period in self.periods if last_of(period) <= self.day]

    def waits(self, period: str) -> bool:
        """Whether it has ended, but is not told of to its end."""
        return self.day < last_of(period) <= self.figures.date_of(self.table)

    @property
    def waiting(self) -> list[str]:
        return [period for period in self.periods if self.waits(period)]

    @property
    def running(self) -> str:
        """The start of a sentence about the month that is not over; empty where there is none."""
        found = [p for p in self.periods if p not in self.over and not self.waits(p)]
        return f"{month_words(found[0]).capitalize()} är inte slut på datadagen" if found else ""

    @property
    def place_words(self) -> str:
        if not self.apart:
            return self.selection.place_words
        many = len(self.apart) > 3
        apart = f"{len(self.apart)} kommuner" if many else joined(self._names)
        return f"hela regionen utan {apart}"

    @property
    def _names(self):
        return [tables.PLACES[place] for place in self.apart]

    @property
    def note(self) -> str:
        """A sentence where something waits; empty where all is told."""
        if self.apart:
            return (
                f"Nya uppgifter om {joined(self._names)} väntar. Därför är regionen här utan"
                f" {'den kommunen' if len(self.apart) == 1 else 'de kommunerna'} i alla perioder:"
                " lika jämförs med lika."
            )
        if not self.waiting:
            return ""
        since = self.waiting[0]
        when = month_words(since) if "M" in since else f"läsåret {since}"
        return (
            f"Talen för {self.place_words} från och med {when} väntar: för få uppgifter har"
            " ändrats för att visas. De är utelämnade här, och betyder inte noll."
        )


def told(
    figures: Figures, selection: Selection, table: str = "avbrott-manad", to: str = ""
) -> Told:
    """How far a selection is told of. ``to`` is the last period that is asked about, where it
    is not the newest that has ended."""
    found = Told(figures, selection, table, told_until(figures, table, selection))
    held = figures.held_places(table)
    if selection.kommun or selection.perspektiv != HOME or not held:
        return found
    last = to or next(reversed(found.over), "")
    late = [place for place, day in held.items() if last and (day or date.min) < last_of(last)]
    if late and found.count(last).value is None:  # nobody is told of up to then
        return Told(figures, selection, table, min(held[place] or date.min for place in late))
    order = list(tables.PLACES)
    return Told(figures, selection, table, found.day, tuple(sorted(late, key=order.index)))


def months_so_far(known: Told) -> list[str]:
    """The ended months of the running school year, as far as they are told of; where none of
    them is, those that wait."""
    year = known.figures.codes["lasar"][-1]
    over, waiting = (
        [month for month in months if year_of_month(month) == year]
        for months in (known.over, known.waiting)
    )
    return over or waiting
