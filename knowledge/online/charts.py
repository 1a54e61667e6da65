"""The answers to one question as bars, drawn on the server."""

from pluginnovation.core.canvas import MUTED, Canvas, shortened

BAR = "#0f6b60"
WIDTH = 300
LONGEST_LABEL = 260
STEP, THICK = 28, 18


def bars_svg(question, *, public: bool, name: str = "svar") -> str:
    """The shares of each answer as SVG; the public's are in steps of ten.

    ``name`` keeps ids apart on a page.
    """
    canvas = Canvas()
    for place, row in enumerate(question.rows):
        y = STEP * (place + 0.5)
        share = row.rounded if public else row.percent
        told = f"{row.rounded} %" if public else f"{row.count} ({row.percent} %)"
        canvas.words(-8, y, shortened(row.label, LONGEST_LABEL), anchor="end")
        canvas.bar(0, y - THICK / 2, WIDTH * share / 100, THICK, BAR)
        canvas.words(WIDTH * share / 100 + 5, y, told, fill=MUTED)
    return canvas.svg(
        question.text, "Samma andelar står i tabellen.", name, padding=4, ground="white"
    )
