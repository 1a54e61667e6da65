"""Charts on the server: what to show -> Vega-Lite -> SVG with a Swedish title and description.

Each chart is drawn for two widths, so that text stays at 13 px on a telephone too. The SVG
holds no style and no English; the page's stylesheet gives its colours in dark mode.
"""

import hashlib
import json
import re
import textwrap
import threading
from dataclasses import dataclass
from html import escape

from django.core.cache import cache

from pluginnovation.core import drawing

NARROW, WIDE = 320, 512
INK, MUTED, LINE, PAPER = "#17262a", "#4d5e62", "#d9d3c6", "#fbf8f2"
COLOURS = ("#0f6b60", "#c4512d", "#2f6db0", "#9a6a00", "#7b4f96", "#6b7477")
QUIET = "#9fb3ae"
FIELD = "#dcebe3"
_VERSION = 2
_drawing = threading.Lock()
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_NUMBERS = {
    "decimal": ",",
    "thousands": "\N{NO-BREAK SPACE}",
    "grouping": [3],
    "currency": ["", " kr"],
}
_AXIS = {"labelColor": MUTED, "tickColor": LINE, "domainColor": MUTED, "gridColor": LINE}
_CONFIG = {
    "font": "Atkinson Hyperlegible Next, Arial, sans-serif",
    "background": "transparent",
    "view": {"stroke": None},
    "axis": {"labelFontSize": 13, "titleFontSize": 13, "title": None, "ticks": False, **_AXIS},
    "text": {"fontSize": 13, "fill": INK},
    "legend": {"labelFontSize": 13, "labelColor": INK, "title": None, "labelLimit": 300},
}


@dataclass(frozen=True)
class Bar:
    """One bar: ``value`` None where it is blocked; ``text`` stands at its end."""

    label: str
    value: float | None
    text: str
    series: str = ""
    strong: bool = True


def bars(bars_: list[Bar], width: int, reference: tuple[str, float] | None = None) -> dict:
    """Horizontal bars with their names before them, or above them where it is narrow."""
    longest = max((len(bar.label) for bar in bars_), default=0)
    above = width == NARROW and longest > 14
    values = [_bar_values(bar) for bar in bars_]
    y = {"field": "label", "type": "nominal", "sort": None, "axis": None if above else _names()}
    x = {"field": "value", "type": "quantitative", "axis": None, "scale": _room(bars_, reference)}
    bar = {"type": "bar", "height": 18, "yOffset": 9 if above else 0}
    text = {"type": "text", "align": "left", "dx": 5, "dy": 9 if above else 0, "fontWeight": 650}
    layers = [
        {"mark": bar, "encoding": {"x": x, "color": _strength()}},
        {"mark": text, "encoding": {"x": x, "text": {"field": "text"}}},
    ]
    if above:
        name = {"type": "text", "align": "left", "dy": -10}
        layers.append({"mark": name, "encoding": {"x": {"value": 0}, "text": {"field": "label"}}})
    if reference:
        layers += _reference(reference)
    return {
        "data": {"values": values},
        "encoding": {"y": y},
        "layer": layers,
        "width": width if above else width - _name_width(longest),
        "height": {"step": 46 if above else 30},
    }


def _bar_values(bar):
    return {
        "label": bar.label,
        "value": bar.value or 0,
        "text": bar.text,
        "series": bar.series,
        "strong": bar.strong,
    }


def _names():
    return {"labelLimit": 240, "labelColor": INK, "labelPadding": 8, "domain": False}


def _name_width(longest):
    return min(250, 8 * longest + 12)


def _room(bars_, reference=None):
    """From zero, with room for the number after the longest bar."""
    largest = max([bar.value or 0 for bar in bars_] + ([reference[1]] if reference else [0]))
    return {"domain": [0, (largest or 1) * 1.22], "nice": False}


def _strength():
    return {"condition": {"test": "datum.strong", "value": COLOURS[0]}, "value": QUIET}


def _reference(reference):
    label, value = reference
    data = {"values": [{"at": value, "label": label}]}
    x = {"field": "at", "type": "quantitative"}
    line = {"type": "rule", "color": COLOURS[1], "strokeWidth": 2, "strokeDash": [5, 3]}
    text = {"type": "text", "y": -8, "fill": COLOURS[1], "fontWeight": 650, "baseline": "bottom"}
    return [
        {"data": data, "mark": line, "encoding": {"x": x, "y": None}},
        {"data": data, "mark": text, "encoding": {"x": x, "y": None, "text": {"field": "label"}}},
    ]


def paired_bars(bars_: list[Bar], width: int) -> dict:
    """Bars of two or more series below each name, the series named at its first bar."""
    series = list(dict.fromkeys(bar.series for bar in bars_))
    first = {bar.series: bar.label for bar in reversed(bars_)}
    values = [
        _bar_values(bar)
        | {"text": f"{bar.text}  {bar.series}" if bar.label == first[bar.series] else bar.text}
        for bar in bars_
    ]
    longest = max((len(bar.label) for bar in bars_), default=0)
    x = {"field": "value", "type": "quantitative", "axis": None}
    x["scale"] = {"domain": [0, _room(bars_)["domain"][1] * 1.25], "nice": False}
    colour = {"field": "series", "legend": None, "sort": None}
    colour["scale"] = {"domain": series, "range": list(COLOURS[: len(series)])}
    offset = {"field": "series", "sort": series}
    text = {"type": "text", "align": "left", "dx": 5, "fontWeight": 650}
    return {
        "data": {"values": values},
        "encoding": {
            "y": {"field": "label", "type": "nominal", "sort": None, "axis": _names()},
            "yOffset": offset,
        },
        "layer": [
            {"mark": "bar", "encoding": {"x": x, "color": colour}},
            {"mark": text, "encoding": {"x": x, "text": {"field": "text"}}},
        ],
        "width": width - _name_width(longest),
        "height": {"step": 20},
    }


def months(points: list[tuple[str, int | None, bool]], width: int) -> dict:
    """A line over months (ISO days); those of the chosen years are drawn strong, the rest quiet."""
    values = [{"day": day, "value": value, "strong": strong} for day, value, strong in points]
    if values:
        values[-1]["last"] = True
    x = {
        "field": "day",
        "type": "temporal",
        "scale": {"type": "utc"},
        "axis": {"format": "%Y", "tickCount": "year", "grid": False, "labelAlign": "left"},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": True},
        "axis": {"tickCount": 4, "domain": False},
    }
    chosen = [{"filter": "datum.strong"}]
    last = {"type": "text", "align": "left", "dx": 8, "fontWeight": 700}
    dot = {"type": "point", "filled": True, "size": 60, "color": COLOURS[1], "opacity": 1}
    end = [{"filter": "datum.last"}]
    return {
        "data": {"values": values},
        "encoding": {"x": x, "y": y},
        "layer": [
            {"mark": {"type": "line", "color": QUIET, "strokeWidth": 2}},
            {
                "transform": chosen,
                "mark": {"type": "line", "color": COLOURS[0], "strokeWidth": 3.5},
            },
            {"transform": end, "mark": dot},
            {"transform": end, "mark": last, "encoding": {"text": {"field": "value"}}},
        ],
        "width": width - 84,
        "height": 220 if width == NARROW else 260,
    }


def stacked(parts: list[Bar], width: int) -> dict:
    """Whole bars of per cent, their parts named below; a part with room for it bears its number."""
    series = list(dict.fromkeys(part.series for part in parts))
    room = 12 if width == NARROW else 7
    values = [value | {"inside": value["value"] >= room} for value in _laid_end_to_end(parts)]
    x = {"type": "quantitative", "axis": None, "scale": {"domain": [0, 100], "nice": False}}
    colour = {"field": "series", "sort": None, "type": "nominal", "legend": _legend(width)}
    colour["scale"] = {"domain": series, "range": [*COLOURS, INK][: len(series)]}
    bar = {"type": "bar", "height": 34, "stroke": PAPER, "strokeWidth": 2}
    number = {"type": "text", "color": PAPER, "fontWeight": 700}
    return {
        "data": {"values": values},
        "encoding": {"y": {"field": "label", "type": "nominal", "sort": None, "axis": _names()}},
        "layer": [
            {
                "mark": bar,
                "encoding": {"x": x | {"field": "start"}, "x2": {"field": "end"}, "color": colour},
            },
            {
                "transform": [{"filter": "datum.inside"}],
                "mark": number,
                "encoding": {"x": x | {"field": "middle"}, "text": {"field": "text"}},
            },
        ],
        "width": width - 100,
        "height": {"step": 46},
    }


def _laid_end_to_end(parts):
    """Whole per cent of parts need not sum to 100; the bar is drawn as if they did."""
    ends, wholes = {}, {}
    for part in parts:
        wholes[part.label] = wholes.get(part.label, 0) + (part.value or 0)
    for part in parts:
        start = ends.get(part.label, 0)
        end = start + 100 * (part.value or 0) / (wholes[part.label] or 1)
        ends[part.label] = end
        yield _bar_values(part) | {"start": start, "end": end, "middle": (start + end) / 2}


def _legend(width):
    columns = 1 if width == NARROW else 2
    return {"orient": "bottom", "columns": columns, "symbolType": "square", "symbolSize": 160}


def heading(title: str, below: list[str]) -> dict:
    """A drawing that stands alone says above itself what it is; long lines are broken."""
    return {
        "text": textwrap.wrap(title, 56),
        "subtitle": [line for text in below for line in textwrap.wrap(text, 74)],
        "anchor": "start",
        "frame": "bounds",
        "fontSize": 17,
        "subtitleFontSize": 13,
        "offset": 16,
    }


def svg(
    spec: dict, title: str, description: str, name: str, paper: bool = False, keep: bool = True
) -> str:
    """The drawing, with a title and a description of its own; the same question, the same bytes.

    ``name`` keeps ids apart on a page; ``paper`` gives a drawing that stands alone its ground.
    Exact figures are drawn with ``keep`` False: nothing of them lies in the cache.
    """
    if not keep:
        return _drawn(spec, title, description, name, paper)
    text = json.dumps([_VERSION, spec, title, description, name, paper], sort_keys=True)
    key = f"chart:{hashlib.sha256(text.encode()).hexdigest()}"
    found = cache.get(key)
    if found is None:
        # They are drawn one after the other anyway: who waited looks again before drawing.
        with _drawing:
            found = cache.get_or_set(
                key, lambda: _drawn(spec, title, description, name, paper), None
            )
    return found


def png(picture: str) -> bytes:
    """The same drawing as a picture, at twice the size."""
    return drawing.png(picture)


def _drawn(spec, title, description, name, paper):
    config = _CONFIG | {"background": PAPER if paper else "transparent"}
    whole = {"$schema": _SCHEMA, "config": config, "padding": 12 if paper else 2} | spec
    raw = drawing.svg(whole, format_locale=_NUMBERS, allowed_base_urls=[])
    inner = _stripped(raw[raw.index(">") + 1 :], name)
    box = re.search(r'viewBox="([^"]+)"', raw).group(1)
    width, height = box.split()[2:]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{width}"'
        f' height="{height}" role="img" aria-labelledby="{name}-t" aria-describedby="{name}-d">'
        f'<title id="{name}-t">{escape(title)}</title>'
        f'<desc id="{name}-d">{escape(description)}</desc>{inner}'
    )


def _stripped(inner, name):
    """Without roles and names of single marks, which are English, and without long decimals."""
    inner = re.sub(
        r' (?:role|aria-[a-z]+|class|pointer-events|stroke-miterlimit)="[^"]*"', "", inner
    )
    inner = re.sub(r"(\d\.\d\d)\d+", r"\1", inner)
    inner = re.sub(r'<path d=""[^>]*/>|<path d="M0,0h0v0h0Z"[^>]*/>', "", inner)
    return re.sub(r'(id="|url\(#)', rf"\g<1>{name}-", inner)
