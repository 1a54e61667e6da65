"""The browse page of the tools."""

from .browse import Browse, Facet, browse
from .entries import by_title, listing_of, newest_first, tools

FACETS = (
    Facet("typ", "Slag", "Alla slag"),
    Facet("faktor", "Framgångsfaktor", "Alla faktorer"),
    Facet("niva", "Nivå", "Alla nivåer"),
    Facet("roll", "Din roll", "Alla roller"),
    Facet("forebyggande", "Förebyggande nivå", "Alla nivåer"),
)
SORTS = {"titel": ("Titel", by_title), "nyast": ("Senast granskad", newest_first)}


def browse_tools(params) -> Browse:
    """The tools as ``params`` ask for them, in one query."""
    return browse(params, listing_of([*tools()], FACETS, SORTS, ("verktyg", "verktyg")))
