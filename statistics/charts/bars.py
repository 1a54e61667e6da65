"""Charts of bars that lie: one for each name, two or more for each name, parts of a whole."""

from dataclasses import dataclass

from pluginnovation.core.canvas import INK, PAPER, Canvas, shortened, width_of

from .looks import ACCENT, COLOURS, MAIN, NARROW, QUIET

_LONGEST_NAME = 250
_GAP, _AFTER = 8, 5
_THICK, _STEP, _STEP_ABOVE = 18, 30, 46
_PAIRED = 20
# The longest bar is at least so long.
_SHORTEST = 60
_STACKED, _STACKED_STEP = 34, 46
_SWATCH, _LEGEND_STEP = 12, 20


@dataclass(frozen=True)
class Bar:
    """One bar: ``value`` None where it is blocked; ``text`` stands at its end."""

    label: str
    value: float | None
    text: str
    series: str = ""
    strong: bool = True


def bars(found: list[Bar], width: int, reference: tuple[str, float] | None = None) -> Canvas:
    """Horizontal bars with their names before them, or above them where it is narrow."""
    canvas = Canvas()
    above = width == NARROW and any(len(bar.label) > 14 for bar in found)
    step, down = (_STEP_ABOVE, 9) if above else (_STEP, 0)
    plot = width if above else width - _room_of_names(found)
    scale = _scale(found, plot, reference)
    middles = [step * (place + 0.5) + down for place in range(len(found))]
    for bar, y in zip(found, middles, strict=True):
        length, colour = scale * (bar.value or 0), MAIN if bar.strong else QUIET
        canvas.bar(0, y - _THICK / 2, length, _THICK, colour)
    if reference:
        label, value = reference
        x = scale * value
        canvas.line([(x, 0), (x, step * len(found))], ACCENT, 2, "5 3")
        canvas.words(x, -14, label, anchor="middle", fill=ACCENT, bold=True)
    halo = bool(reference)
    for bar, y in zip(found, middles, strict=True):
        if above:
            canvas.words(0, y - 19, bar.label, halo=halo)
        else:
            _name(canvas, y, bar.label)
        canvas.words(scale * (bar.value or 0) + _AFTER, y, bar.text, bold=True, halo=halo)
    return canvas


def paired_bars(found: list[Bar], width: int) -> Canvas:
    """Bars of two or more series below each name, the series named at its first bar."""
    canvas = Canvas()
    series = list(dict.fromkeys(bar.series for bar in found))
    first = {bar.series: bar.label for bar in reversed(found)}
    told = [
        Bar(bar.label, bar.value, f"{bar.text} {bar.series}", bar.series)
        if first[bar.series] == bar.label
        else bar
        for bar in found
    ]
    scale = _scale(told, width - _room_of_names(found), None)
    thick = _PAIRED * len(series)
    names = list(dict.fromkeys(bar.label for bar in found))
    for place, name in enumerate(names):
        _name(canvas, thick * (1.25 * place + 0.5), name)
    for bar in told:
        at = series.index(bar.series)
        y = 1.25 * thick * names.index(bar.label) + _PAIRED * at
        length = scale * (bar.value or 0)
        canvas.bar(0, y, length, _PAIRED, COLOURS[at % len(COLOURS)])
        canvas.words(length + _AFTER, y + _PAIRED / 2, bar.text, bold=True)
    return canvas


def stacked(parts: list[Bar], width: int) -> Canvas:
    """Whole bars of per cent, their parts named below; a part with room for it bears its number.

    Whole per cent of parts need not sum to 100; the bar is drawn as if they did.
    """
    canvas = Canvas()
    series = list(dict.fromkeys(part.series for part in parts))
    colours = dict(zip(series, [*COLOURS, INK], strict=False))
    names = list(dict.fromkeys(part.label for part in parts))
    plot = width - _room_of_names(parts)
    wholes = {n: sum(part.value or 0 for part in parts if part.label == n) or 1 for n in names}
    ends = dict.fromkeys(names, 0.0)
    for place, name in enumerate(names):
        _name(canvas, _STACKED_STEP * (place + 0.5), name)
    for part in parts:
        start, y = ends[part.label], _STACKED_STEP * (names.index(part.label) + 0.5)
        length = plot * (part.value or 0) / wholes[part.label]
        ends[part.label] += length
        canvas.bar(start, y - _STACKED / 2, length, _STACKED, colours[part.series], PAPER)
        if length >= width_of(part.text, bold=True) + 6:
            canvas.words(start + length / 2, y, part.text, anchor="middle", fill=PAPER, bold=True)
    _legend(canvas, colours, _STACKED_STEP * len(names) + 14, plot)
    return canvas


def _legend(canvas, colours, top, width):
    """In two columns where both have room."""
    column = max((width_of(name) for name in colours), default=0) + _SWATCH + 24
    columns = 2 if 2 * column <= width else 1
    for place, (name, colour) in enumerate(colours.items()):
        x = column * (place % columns)
        y = top + _LEGEND_STEP * (place // columns)
        canvas.bar(x, y, _SWATCH, _SWATCH, colour)
        canvas.words(x + _SWATCH + _GAP, y + _SWATCH / 2, name)


def _name(canvas, y, name):
    canvas.words(-_GAP, y, shortened(name, _LONGEST_NAME), anchor="end")


def _room_of_names(found):
    widest = max((width_of(bar.label) for bar in found), default=0)
    return min(widest, _LONGEST_NAME) + _GAP + 4


def _scale(found, plot, reference):
    """Pixels for one, so that every bar has room for the words at its end.

    Where names or words are so long that no bar would be left, the chart becomes wider.
    """
    room = [
        max(plot - _AFTER - width_of(bar.text, bold=True), _SHORTEST) / bar.value
        for bar in found
        if bar.value
    ]
    if reference and reference[1]:
        room.append(max(plot, _SHORTEST) / reference[1])
    return min(room, default=0)
