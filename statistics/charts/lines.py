"""Charts of lines over time: every month, years on top of each other, the band of the usual."""

from dataclasses import dataclass

from pluginnovation.core.canvas import MUTED, width_of

from .axes import Days, Plot, broken_line, digits, unbroken
from .looks import ACCENT, COLOURS, FIELD, MAIN, NARROW, QUIET

_SCHOOL_YEAR = ("jul", "aug", "sep", "okt", "nov", "dec", "jan", "feb", "mar", "apr", "maj", "jun")
_USUAL = "det vanliga"
_LINE = 16
_TO_NAME = 22


def _height(width):
    return 220 if width == NARROW else 260


def months(points: list[tuple[str, int | None, bool]], width: int):
    """A line over months (ISO days); those of the chosen years are drawn strong, the rest quiet."""
    known = [point for point in points if point[1] is not None]
    last = digits(known[-1][1]) if known else ""
    largest = max((value for _, value, _ in known), default=0)
    plot = Plot(width, _height(width), largest, right=width_of(last, bold=True) + 8)
    days = Days([day for day, _, _ in points], plot.width)
    plot.below(days.years)

    def lines(shown, colour, thick):
        runs = unbroken(points, shown)
        at = [[(days.x(day), plot.y(value)) for day, value, _ in run] for run in runs]
        broken_line(plot.canvas, at, colour, thick)

    lines(lambda point: point[1] is not None, QUIET, 2)
    lines(lambda point: point[1] is not None and point[2], MAIN, 3.5)
    if known:
        x, y = days.x(known[-1][0]), plot.y(known[-1][1])
        plot.canvas.dot(x, y, 4.4, ACCENT)
        plot.canvas.words(x + 8, y, last, bold=True, halo=True)
    return plot.canvas


@dataclass(frozen=True)
class SeasonPoint:
    """A count of a month (its name) in a school year."""

    month: str
    year: str
    value: int | None


def season(points: list[SeasonPoint], strong: list[str], width: int):
    """One line for each school year from July to June; the strong ones bear their year.

    The last of the strong is the newest year, in a colour of its own where there are two.
    """
    years = {}
    for point in points:
        of_year = years.setdefault(point.year, [None] * len(_SCHOOL_YEAR))
        of_year[_SCHOOL_YEAR.index(point.month[:3])] = point.value
    largest = max((point.value or 0 for point in points), default=0)
    right = max((width_of(year, bold=True) for year in strong), default=0) + 9
    plot = Plot(width, _height(width), largest, right=right)
    step = plot.width / (len(_SCHOOL_YEAR) - 1)
    names = [name[0].upper() if width == NARROW else name for name in _SCHOOL_YEAR]
    plot.below([(step * place, name) for place, name in enumerate(names)], anchor="middle")
    colours = dict.fromkeys(strong, MAIN)
    if len(strong) > 1:
        colours[strong[-1]] = ACCENT
    ends = []
    for year in sorted(years, key=lambda year: (year in colours, colours.get(year) == ACCENT)):
        at = [(step * m, None if v is None else plot.y(v)) for m, v in enumerate(years[year])]
        runs = unbroken(at, lambda point: point[1] is not None)
        thick = 3.5 if year in colours else 1.5
        broken_line(plot.canvas, runs, colours.get(year, QUIET), thick)
        if runs and year in colours:
            ends.append((*runs[-1][-1], year))
    taken = []
    for x, y, year in ends:
        plot.canvas.dot(x, y, 4.4, colours[year])
        if any(abs(x - other) < right and abs(y - at) < _LINE for other, at in taken):
            y = next(at for other, at in taken if abs(x - other) < right) - _LINE
        taken.append((x, y))
        plot.canvas.words(x + 9, y, year, bold=True, halo=True)
    return plot.canvas


def lines_to_hundred(series: dict[str, list[tuple[int, float]]], width: int):
    """A line of per cent over years for each, its name and last value at its end."""
    last = {name: f"{points[-1][1]:.1f}".replace(".", ",") for name, points in series.items()}
    names = {name: f"{name} {value}" for name, value in last.items()}
    right = max(width_of(words, bold=True) for words in names.values()) + _TO_NAME
    plot = Plot(width, 240, 100, right=right)
    years = sorted({year for points in series.values() for year, _ in points})
    step = plot.width / max(years[-1] - years[0], 1)
    plot.below([(step * (year - years[0]), f"{year}") for year in years], anchor="middle")
    colours = dict(zip(series, zip(COLOURS, ("", "6 3", "2 2"), strict=False), strict=False))
    for name, points in series.items():
        colour, dash = colours[name]
        at = [(step * (year - years[0]), plot.y(value)) for year, value in points]
        plot.canvas.line(at, colour, 3, dash)
        for x, y in at:
            plot.canvas.dot(x, y, 3.8, colour)
    ends = {name: plot.y(points[-1][1]) for name, points in series.items()}
    for name, y in apart(ends).items():
        plot.canvas.dot(plot.width + 14, y, 4.7, colours[name][0])
        plot.canvas.words(plot.width + _TO_NAME, y, names[name], bold=True)
    return plot.canvas


def apart(heights: dict[str, float], distance: float = _LINE) -> dict[str, float]:
    """The same heights, moved upwards where two lines of words would lie on each other."""
    moved, free = {}, float("inf")
    for name in sorted(heights, key=heights.get, reverse=True):
        moved[name] = min(heights[name], free)
        free = moved[name] - distance
    return moved


@dataclass(frozen=True)
class BandPoint:
    """A count at a day, what is usual there, and a mark in a word where it is not."""

    day: str
    value: int | None
    low: int | None
    high: int | None
    mark: str
    label: str


def band(points: list[BandPoint], width: int):
    """A line over time in front of the band of the usual; what lies outside is marked and named."""
    points = [point for point in points if point.value is not None]
    largest = max((max(point.value, point.high or 0) for point in points), default=0)
    plot = Plot(width, _height(width) + 20, largest, right=width_of(_USUAL) + 6)
    canvas = plot.canvas
    days = Days([point.day for point in points], plot.width)
    plot.below(days.years)
    usual = unbroken(points, lambda point: point.low is not None)
    for run in usual:
        low = [(days.x(point.day), plot.y(point.low)) for point in run]
        high = [(days.x(point.day), plot.y(point.high)) for point in run]
        canvas.area([*high, *reversed(low)], FIELD)
        for edge in (low, high):
            canvas.line(edge, QUIET)
    if usual:
        end = usual[-1][-1]
        canvas.words(
            days.x(end.day) + 6, (plot.y(end.low) + plot.y(end.high)) / 2, _USUAL, fill=MUTED
        )
    at = [(days.x(point.day), plot.y(point.value)) for point in points]
    if at:
        broken_line(canvas, [at], MAIN, 2)
    for x, y in at:
        canvas.dot(x, y, 2.4, MAIN)
    for point, (x, y) in zip(points, at, strict=True):
        if point.mark:
            away = -1 if point.mark == "högt" else 1
            canvas.area([(x, y + 7 * away), (x - 7, y - 6 * away), (x + 7, y - 6 * away)], ACCENT)
            canvas.words(
                x, y + 18 * away, point.mark, anchor="middle", fill=ACCENT, bold=True, halo=True
            )
    return canvas
