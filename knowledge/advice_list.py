"""All guidance and all tools in one list: what can I do, in my role, for this?"""

from .browse import Browse, Facet, browse
from .entries import advice, by_place, by_title, listing_of, tools

FACETS = (
    Facet("faktor", "Framgångsfaktor", "Alla faktorer"),
    Facet("niva", "Nivå", "Alla nivåer"),
    Facet("roll", "Din roll", "Alla roller"),
    Facet("forebyggande", "Förebyggande nivå", "Alla nivåer"),
    Facet("typ", "Slag", "Råd och alla slags verktyg"),
)
SORTS = {"faktor": ("Framgångsfaktor", by_place), "titel": ("Titel", by_title)}


def browse_advice(params) -> Browse:
    """Guidance and tools as ``params`` ask for them, in two queries."""
    nouns = ("råd eller verktyg", "råd och verktyg")
    return browse(params, listing_of([*advice(), *tools()], FACETS, SORTS, nouns))
