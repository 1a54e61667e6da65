"""The browse page of the library: filters, counts, entries."""

from django.db.models import Case, F, Value, When

from pluginnovation.core.ordering import swedish

from .browse import Facet, Listing, Span, browse, words_query
from .choices import Grade
from .library_index import EFFECT, library_index
from .models import LibraryItem

FACETS = (
    Facet("typ", "Slag", "Alla slag"),
    Facet("faktor", "Framgångsfaktor", "Alla faktorer"),
    Facet("riskfaktor", "Riskfaktor", "Alla riskfaktorer"),
    Facet("amne", "Ämne", "Alla ämnen"),
    Facet("ar", "Årtionde", "Alla år"),
    Facet("sprak", "Språk", "Alla språk"),
    Facet("land", "Land", "Alla länder"),
    Facet("styrka", "Styrka", "All styrka"),
    Facet("effekt", "Resultat", "Alla resultat"),
)
YEARS = Span("fran", "till", "Från år", "Till år")
# The surest first; what has no grade, such as a work or a lecture, last.
SURE = Case(*(When(grade=grade, then=Value(place)) for place, grade in enumerate(Grade.values)))
SORTS = {
    "nyast": ("Nyast först", (F("year").desc(nulls_last=True), swedish("title"), F("pk"))),
    "aldst": ("Äldst först", (F("year").asc(nulls_last=True), swedish("title"), F("pk"))),
    "titel": ("Titel", (swedish("title"), F("pk"))),
    "namn": ("Författare", (swedish("who"), swedish("title"), F("pk"))),
    "styrka": (
        "Starkast underlag först",
        (SURE.asc(nulls_last=True), F("year").desc(nulls_last=True), swedish("title"), F("pk")),
    ),
}
# What an entry of the list shows.
LISTED = ("title", "summary", "item_kind", "who", "year", "grade", "url_path", "locale_id")


def _entries():
    """The entries with what the list shows, also whether no or a mixed effect was found."""
    return LibraryItem.objects.only(*LISTED).annotate(null_result=EFFECT)


def browse_library(params, kind: str = "", with_items: bool = True):
    """The library, or one kind of it, as ``params`` ask for it."""

    def index(question, sort):
        return library_index(words_query(question) if question else None, SORTS[sort][1], kind)

    listing = Listing(
        facets=tuple(facet for facet in FACETS if facet.name != "typ" or not kind),
        sorts=SORTS,
        queryset=_entries,
        nouns=("post", "poster"),
        index=index,
        span=YEARS,
    )
    return browse(params, listing, with_items)


def library_context(params, kind: str = "") -> dict:
    """The list, and the query string by which its files and its feed are asked for."""
    made = browse_library(params, kind)
    query = "&".join(part for part in (f"typ={kind}" if kind else "", made.query) if part)
    return {"browse": made, "files_query": f"?{query}" if query else ""}
