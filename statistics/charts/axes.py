"""Scales, and the axes of charts of lines: round numbers at the left, years or names below."""

from datetime import date
from itertools import groupby

from pluginnovation.core.canvas import LINE, MUTED, SIZE, Canvas, width_of

_GAP = 7
_LABEL_BELOW = 12
# About so many numbers on the left.
_STEPS = 4


def digits(value: int) -> str:
    """``12 345`` with a space that does not break."""
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")


def round_step(largest: float) -> int:
    """1, 2 or 5 times a power of ten, so that about four of them reach the largest."""
    wanted, step = max(largest, 1) / _STEPS, 1
    factors = (2, 2.5, 2)
    while step < wanted / 1.6:
        step, factors = round(step * factors[0]), (*factors[1:], factors[0])
    return step


class Plot:
    """A canvas with a rectangle of lines: counts upwards from zero, something rightwards."""

    def __init__(self, width, height, largest, right=0.0):
        """``right`` is the room that words at the ends of lines take."""
        self.canvas = Canvas()
        self.height = height
        step = round_step(largest)
        self.top = step * max(1, -(-largest // step))
        numbers = range(0, int(self.top) + 1, step)
        names = max(width_of(digits(number)) for number in numbers) + _GAP
        self.width = width - names - right - 4
        for number in numbers:
            y = self.y(number)
            self.canvas.line([(0, y), (self.width, y)], LINE)
            self.canvas.words(-_GAP, y, digits(number), anchor="end", fill=MUTED)
        self.canvas.line([(0, height), (self.width, height)], MUTED)

    def y(self, value: float) -> float:
        return self.height * (1 - value / self.top)

    def below(self, labels: list[tuple[float, str]], anchor="start") -> None:
        """Labels at places of the x axis; those that would touch the one before are left out."""
        free = float("-inf")
        for x, label in labels:
            start = x - (width_of(label) / 2 if anchor == "middle" else 0)
            if start >= free:
                self.canvas.words(x, self.height + _LABEL_BELOW, label, anchor=anchor, fill=MUTED)
                free = start + width_of(label) + SIZE / 2


class Days:
    """Days from the first to the last, on the width of a plot."""

    def __init__(self, days: list[str], width: float):
        self._numbers = {day: date.fromisoformat(day).toordinal() for day in days}
        self._first = min(self._numbers.values(), default=0)
        self._span = max(self._numbers.values(), default=0) - self._first or 1
        self._width = width

    def x(self, day: str) -> float:
        return self._at(self._numbers[day])

    def _at(self, number: int) -> float:
        return self._width * (number - self._first) / self._span

    @property
    def years(self) -> list[tuple[float, str]]:
        """Where each year begins; the first year where none begins."""
        if not self._numbers:
            return []
        first, last = date.fromordinal(self._first), date.fromordinal(self._first + self._span)
        begun = [date(year, 1, 1) for year in range(first.year, last.year + 1)]
        found = [(self._at(day.toordinal()), f"{day.year}") for day in begun if day >= first]
        return found or [(0, f"{first.year}")]


def unbroken(points: list, known) -> list[list]:
    """The points in runs: a line is broken where a point is not known."""
    return [list(run) for is_known, run in groupby(points, known) if is_known]


def broken_line(canvas: Canvas, runs: list[list[tuple[float, float]]], stroke, width) -> None:
    """A line for each run; a point alone has no line and becomes a dot."""
    for run in runs:
        if len(run) > 1:
            canvas.line(run, stroke, width)
        else:
            canvas.dot(*run[0], width, stroke)
