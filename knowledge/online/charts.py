"""The answers to one question as bars, drawn on the server."""

from pluginnovation.core import drawing

INK, MUTED, BAR = "#17262a", "#4d5e62", "#0f6b60"
FONT = "Atkinson Hyperlegible Next, Arial, sans-serif"
WIDTH = 300


def bars_svg(question, *, public: bool) -> str:
    """The shares of each answer as SVG; the public's are in steps of ten."""
    values = [
        {
            "label": row.label,
            "share": row.rounded if public else row.percent,
            "text": f"{row.rounded} %" if public else f"{row.count} ({row.percent} %)",
        }
        for row in question.rows
    ]
    return drawing.svg(_specification(values), vl_version="6.1", allowed_base_urls=[])


def _specification(values: list[dict]) -> dict:
    y = {
        "field": "label",
        "type": "nominal",
        "sort": None,
        "axis": {
            "title": None,
            "ticks": False,
            "domain": False,
            "labelColor": INK,
            "labelFontSize": 13,
            "labelLimit": 260,
            "labelPadding": 8,
        },
    }
    x = {"field": "share", "type": "quantitative", "axis": None, "scale": {"domain": [0, 100]}}
    return {
        "width": WIDTH,
        "height": {"step": 28},
        "padding": {"left": 4, "right": 76, "top": 4, "bottom": 4},
        "background": "white",
        "config": {"font": FONT, "view": {"stroke": None}, "aria": False},
        "data": {"values": values},
        "encoding": {"y": y, "x": x},
        "layer": [
            {"mark": {"type": "bar", "height": 18, "color": BAR}},
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 13, "color": MUTED},
                "encoding": {"text": {"field": "text"}},
            },
        ],
    }
