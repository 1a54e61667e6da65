"""What the dashboard shows of a selection, kept in the process as it was first made.

A publication never changes, so neither do its figures, nor their markup: fifteen hundred cells
of tables, thirteen times the same links, and drawings for two widths.
"""

from dataclasses import replace
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from . import choices, figures
from .drawn import with_chart
from .publication import Figures, read
from .selection import Selection

# Some 300 KB each. Most visitors see the first page and one municipality or two.
SELECTIONS = 16


def dashboard(published: Figures, selection: Selection) -> dict:
    """``figures``, each with its ``markup``, the ``form``, the ``permalink``: only to be read."""
    return _dashboard(published.number, published.published_at, selection)


@lru_cache(maxsize=SELECTIONS)
def _dashboard(number, published_at, selection: Selection) -> dict:
    published = read(number, published_at)
    shared = {
        "published": published,
        "selection": selection,
        "permalink": replace(selection, publicering=number).query,
        "here": reverse("statistics:dashboard"),
        "site_url": settings.SITE_URL,
    }
    return {
        "permalink": shared["permalink"],
        "form": choices.form(published, selection),
        "figures": [
            {"figure": figure, "markup": render_to_string("statistics/figure.html", shared | drawn)}
            for figure in figures.build_all(published, selection)
            for drawn in [with_chart(figure)]
        ],
    }
