"""A permalink names a publication and shows the same figures for ever (``publicering=3``)."""

from dataclasses import dataclass

from .models import Publication
from .publication import Figures, newest, numbered


@dataclass(frozen=True)
class Asked:
    """The figures that a query string asks for.

    ``number`` is that of the publication named, None for the newest; ``newer`` the newest one's
    number where it is another. A publication that is ``withdrawn`` has no figures.
    """

    figures: Figures | None
    number: int | None = None
    newer: int | None = None
    withdrawn: Publication | None = None
    problems: tuple[str, ...] = ()


def asked(query) -> Asked:
    """The publication that is named, else the newest; a name that is none is told of."""
    text = query.get("publicering", "")
    if not text:
        return Asked(newest())
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
    found = numbered(number) if number else None
    if found is not None:
        latest = newest().number
        return Asked(found, number, latest if latest != number else None)
    gone = Publication.objects.filter(number=number).defer("cells").first() if number else None
    if gone is not None:
        return Asked(None, number, withdrawn=gone)
    problem = "Publiceringen i adressen finns inte. Här är den senaste."
    return Asked(newest(), problems=(problem,))
