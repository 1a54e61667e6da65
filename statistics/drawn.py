"""Figures with their drawings, as pages show them."""

from . import charts

# These take the whole width of the page.
BROAD = {
    *("manader", "band", "flode", "uppfoljning"),
    *("jamfortal", "jamfortillbaka", "jamforaktivitet"),
}


def with_chart(figure):
    """The figure with its drawing for a narrow and a wide place."""
    if figure.chart is None:
        return {"figure": figure}
    named = {
        width: charts.svg(
            figure.chart(size),
            figure.title,
            figure.description,
            f"{figure.id}-{width}",
        )
        for width, size in (("narrow", charts.NARROW), ("wide", charts.WIDE))
    }
    return {"figure": figure, **named, "broad": figure.id in BROAD}
