"""Charts on the server: what to show -> a drawing -> SVG with a Swedish title and description.

A chart is drawn within a few milliseconds, so nothing of it is kept. The SVG holds no style; the
page's stylesheet gives its colours in dark mode.
"""

import textwrap

from pluginnovation.core import drawing
from pluginnovation.core.canvas import INK, MUTED, PAPER, Canvas

from .axes import Days, digits
from .bars import Bar, bars, paired_bars, stacked
from .lines import BandPoint, SeasonPoint, apart, band, lines_to_hundred, months, season
from .looks import COLOURS, NARROW, WIDE


def heading(title: str, below: list[str]) -> list[tuple[str, int, bool]]:
    """A drawing that stands alone says above itself what it is; long lines are broken."""
    return [
        *((line, 17, True) for line in textwrap.wrap(title, 56)),
        *((line, 13, False) for text in below for line in textwrap.wrap(text, 74)),
    ]


def svg(chart: Canvas, title: str, description: str, name: str, above=()) -> str:
    """The drawing, with a title and a description of its own; the same question, the same bytes.

    ``name`` keeps ids apart on a page; a drawing with a heading stands alone, on a ground.
    """
    if above:
        return chart.svg(title, description, name, padding=12, ground=PAPER, above=above)
    return chart.svg(title, description, name)


def png(picture: str) -> bytes:
    """The same drawing as a picture, at twice the size."""
    return drawing.png(picture)


__all__ = [
    "COLOURS",
    "INK",
    "MUTED",
    "NARROW",
    "WIDE",
    "BandPoint",
    "Bar",
    "Canvas",
    "Days",
    "SeasonPoint",
    "apart",
    "band",
    "bars",
    "digits",
    "heading",
    "lines_to_hundred",
    "months",
    "paired_bars",
    "png",
    "season",
    "stacked",
    "svg",
]
