"""Lines, bars and words on a sheet that grows with them, and the sheet as SVG.

Coordinates are pixels, y downwards. Words are as wide as the font of the house makes them, so a
chart knows what room they take; nothing can be cut off, since the sheet is as large as what lies
on it. The SVG bears the light colours as attributes; the page's stylesheet gives others.
"""

from functools import cache, lru_cache
from html import escape
from pathlib import Path

INK, MUTED, LINE, PAPER = "#17262a", "#4d5e62", "#d9d3c6", "#fbf8f2"
FONT = "Atkinson Hyperlegible Next, Arial, sans-serif"
SIZE = 13
_FONTS = Path(__file__).parent / "pdf" / "fonts"
# Measured large, so that no width is rounded to whole pixels.
_MEASURED = 200
# From the middle of a line of words to its baseline, in parts of its size.
_MIDDLE = 0.34


def width_of(words: str, size: float = SIZE, bold: bool = False) -> float:
    return _width(words, bold) * size / _MEASURED


@lru_cache(maxsize=4096)
def _width(words, bold):
    return _font(bold).getlength(words)


@cache
def _font(bold):
    from PIL import ImageFont

    name = "bold.ttf" if bold else "regular.ttf"
    return ImageFont.truetype(_FONTS / name, _MEASURED, layout_engine=ImageFont.Layout.BASIC)


def shortened(words: str, room: float) -> str:
    """The words, or as many letters of them as there is room for."""
    if width_of(words) <= room:
        return words
    fits = (end for end in range(len(words) - 1, 0, -1) if width_of(words[:end] + "…") <= room)
    return words[: next(fits, 1)].rstrip() + "…"


class Canvas:
    """What is drawn last lies on top."""

    def __init__(self):
        self._marks: list[str] = []
        self._left = self._top = self._right = self._bottom = 0.0

    def reach(self, *points: tuple[float, float], by: float = 0) -> None:
        """The sheet holds these points and so much around them."""
        for x, y in points:
            self._left, self._right = min(self._left, x - by), max(self._right, x + by)
            self._top, self._bottom = min(self._top, y - by), max(self._bottom, y + by)

    def bar(self, x, y, width, height, fill, stroke="") -> None:
        edge = f' stroke="{stroke}" stroke-width="2"' if stroke else ""
        self._marks.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
            f' fill="{fill}"{edge}/>'
        )
        self.reach((x, y), (x + width, y + height))

    def line(self, points, stroke, width=1.0, dash="") -> None:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._marks.append(
            f'<path d="{_path(points)}" fill="none" stroke="{stroke}"'
            f' stroke-width="{_n(width)}" stroke-linejoin="round"{dashes}/>'
        )
        self.reach(*points, by=width / 2)

    def area(self, points, fill) -> None:
        self._marks.append(f'<path d="{_path(points)}Z" fill="{fill}"/>')
        self.reach(*points)

    def dot(self, x, y, radius, fill) -> None:
        self._marks.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{fill}"/>')
        self.reach((x, y), by=radius)

    def words(self, x, y, words, *, anchor="start", fill=INK, bold=False, size=SIZE, halo=False):
        """``y`` is the middle of the line; a halo keeps the words readable on lines."""
        if not words:
            return
        edge = f' stroke="{PAPER}" stroke-width="4" paint-order="stroke"' if halo else ""
        told = (
            (f' text-anchor="{anchor}"' if anchor != "start" else "")
            + (' font-weight="700"' if bold else "")
            + (f' font-size="{_n(size)}px"' if size != SIZE else "")
        )
        self._marks.append(
            f'<text x="{_n(x)}" y="{_n(y + _MIDDLE * size)}" fill="{fill}"{told}{edge}>'
            f"{escape(words)}</text>"
        )
        width = width_of(words, size, bold)
        start = x - width * {"start": 0, "middle": 0.5, "end": 1}[anchor]
        self.reach((start, y - size * 0.6), (start + width, y + size * 0.6))

    def svg(self, title, description, name, *, padding=2.0, ground="", above=()) -> str:
        """``name`` keeps ids apart on a page. ``above`` are lines of words over the drawing:
        each with its size and whether it is bold."""
        if above:
            self._put_above(above)
        width = self._right - self._left + 2 * padding
        height = self._bottom - self._top + 2 * padding
        sheet = f'<rect width="100%" height="100%" fill="{ground}"/>' if ground else ""
        moved = f"translate({_n(padding - self._left)},{_n(padding - self._top)})"
        size = f"{_n(width)} {_n(height)}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{_n(width)}"'
            f' height="{_n(height)}" font-family="{FONT}" font-size="{SIZE}px" role="img"'
            f' aria-labelledby="{name}-t" aria-describedby="{name}-d">'
            f'<title id="{name}-t">{escape(title)}</title>'
            f'<desc id="{name}-d">{escape(description)}</desc>{sheet}'
            f'<g transform="{moved}">{"".join(self._marks)}</g></svg>'
        )

    def _put_above(self, lines) -> None:
        left, y = self._left, self._top - 16
        for words, size, bold in reversed(lines):
            y -= size * 1.35
            self.words(left, y + size * 0.6, words, size=size, bold=bold)


def _path(points):
    return "M" + "L".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(value: float) -> str:
    """A tenth of a pixel is seen by nobody."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
