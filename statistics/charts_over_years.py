"""Charts that set years against each other: the seasons, and the band of what is usual."""

import json
from dataclasses import dataclass

from .charts import COLOURS, FIELD, MUTED, NARROW, QUIET


@dataclass(frozen=True)
class SeasonPoint:
    """A count of a month (its name) in a school year."""

    month: str
    year: str
    value: int | None


def season(points: list[SeasonPoint], strong: list[str], width: int) -> dict:
    """One line for each school year from July to June; the strong ones bear their year."""
    names = [*_SCHOOL_YEAR]
    values = [
        {
            "month": names.index(p.month[:3]),
            "value": p.value,
            "year": p.year,
            "rank": _rank(p, strong),
        }
        for p in points
        if p.value is not None
    ]
    last = {value["year"]: value for value in values}
    for value in last.values():
        value["label"] = value["year"] if value["rank"] < 2 else ""
    letters = (
        "datum.value == null ? '' : "
        + json.dumps([name[0].upper() if width == NARROW else name for name in names])
        + "[datum.value]"
    )
    x = {
        "field": "month",
        "type": "quantitative",
        "scale": {"domain": [0, 11], "nice": False},
        "axis": {
            "values": list(range(12)),
            "labelExpr": letters,
            "grid": False,
            "labelOverlap": False,
        },
    }
    y = {"field": "value", "type": "quantitative", "axis": {"tickCount": 4, "domain": False}}
    detail = {"field": "year", "type": "nominal"}
    lines = [
        _season_lines(rank, colour, size)
        for rank, colour, size in ((2, QUIET, 1.5), (0, COLOURS[0], 3.5), (1, COLOURS[1], 3.5))
    ]
    ends = [{"filter": "datum.label"}]
    text = {"type": "text", "align": "left", "dx": 9, "fontWeight": 700}
    dot = {"type": "point", "filled": True, "size": 60, "opacity": 1}
    colour = {"condition": {"test": "datum.rank == 1", "value": COLOURS[1]}, "value": COLOURS[0]}
    return {
        "data": {"values": values},
        "encoding": {"x": x, "y": y, "detail": detail},
        "layer": [
            *lines,
            {"transform": ends, "mark": dot, "encoding": {"color": colour}},
            {"transform": ends, "mark": text, "encoding": {"text": {"field": "label"}}},
        ],
        "width": width - 110,
        "height": 220 if width == NARROW else 260,
    }


_SCHOOL_YEAR = ("jul", "aug", "sep", "okt", "nov", "dec", "jan", "feb", "mar", "apr", "maj", "jun")


def _rank(point, strong):
    """0 for the chosen year, 1 for the newest, 2 for the quiet ones."""
    if point.year == strong[-1] and len(strong) > 1:
        return 1
    return 0 if point.year in strong else 2


def _season_lines(rank, colour, size):
    return {
        "transform": [{"filter": f"datum.rank == {rank}"}],
        "mark": {"type": "line", "color": colour, "strokeWidth": size},
    }


@dataclass(frozen=True)
class BandPoint:
    """A count at a day, what is usual there, and a mark in a word where it is not."""

    day: str
    value: int | None
    low: int | None
    high: int | None
    mark: str
    label: str


def band(points: list[BandPoint], width: int) -> dict:
    """A line over time in front of the band of the usual; what lies outside is marked and named."""
    values = [
        {"day": p.day, "value": p.value, "low": p.low, "high": p.high, "mark": p.mark}
        for p in points
        if p.value is not None
    ]
    x = {
        "field": "day",
        "type": "temporal",
        "scale": {"type": "utc"},
        "axis": {"format": "%Y", "tickCount": "year", "grid": False, "labelAlign": "left"},
    }
    y = {"type": "quantitative", "scale": {"zero": True}, "axis": {"tickCount": 4, "domain": False}}
    known = [{"filter": "datum.low != null"}]
    area = {
        "type": "area",
        "color": FIELD,
        "line": {"color": QUIET, "strokeWidth": 1},
        "opacity": 1,
    }
    between = {"y": y | {"field": "low"}, "y2": {"field": "high"}}
    marked = [{"filter": "datum.mark"}]
    shape = {"condition": {"test": "datum.mark == 'högt'", "value": "triangle-up"}}
    shape["value"] = "triangle-down"
    point = {"type": "point", "filled": True, "size": 150, "color": COLOURS[1], "opacity": 1}
    text = {"type": "text", "fontWeight": 700, "fill": COLOURS[1]}
    words = [_band_words(mark, text, y) for mark in ("högt", "lågt")]
    values[-1]["name"] = "det vanliga"
    name = {"type": "text", "align": "left", "dx": 6, "fill": MUTED}
    count = {"y": y | {"field": "value"}}
    line = {"type": "line", "color": COLOURS[0], "strokeWidth": 2, "point": _DOTS}
    return {
        "data": {"values": values},
        "encoding": {"x": x},
        "layer": [
            {"transform": known, "mark": area, "encoding": between},
            {
                "transform": [{"filter": "datum.name"}],
                "mark": name,
                "encoding": {"y": y | {"field": "high"}, "text": {"field": "name"}},
            },
            {"mark": line, "encoding": count},
            {"transform": marked, "mark": point, "encoding": count | {"shape": shape}},
            *words,
        ],
        "width": width - 118,
        "height": 220 if width == NARROW else 280,
    }


_DOTS = {"filled": True, "size": 18, "color": COLOURS[0]}


def _band_words(mark, text, y):
    away = {"dy": -14, "baseline": "bottom"} if mark == "högt" else {"dy": 14, "baseline": "top"}
    return {
        "transform": [{"filter": f"datum.mark == '{mark}'"}],
        "mark": text | away,
        "encoding": {"y": y | {"field": "value"}, "text": {"field": "mark"}},
    }
