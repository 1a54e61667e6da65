"""The browse page of the library: filters, counts, entries."""

import django_filters
from django.db.models import BooleanField, ExpressionWrapper, F, Q, Value

from .browse import Facet, Listing, browse, words_query
from .choices import LANGUAGES, Grade, LibraryKind
from .models import FactorPage, LibraryItem, RiskFactor, Subject
from .options import of_choices, related
from .visible import published

FACETS = (
    Facet("typ", "Slag", "Alla slag"),
    Facet("faktor", "Framgångsfaktor", "Alla faktorer"),
    Facet("riskfaktor", "Riskfaktor", "Alla riskfaktorer"),
    Facet("amne", "Ämne", "Alla ämnen"),
    Facet("ar", "År", "Alla år"),
    Facet("sprak", "Språk", "Alla språk"),
    Facet("land", "Land", "Alla länder"),
    Facet("styrka", "Styrka", "All styrka"),
)
SORTS = {
    "nyast": ("Nyast först", (F("year").desc(nulls_last=True), "title", "pk")),
    "aldst": ("Äldst först", (F("year").asc(nulls_last=True), "title", "pk")),
    "titel": ("Titel", ("title", "pk")),
    "namn": ("Författare", ("who", "title", "pk")),
}
COLUMNS = ("item_kind", "year", "language", "country", "grade")


class LibraryFilter(django_filters.FilterSet):
    """The entries that a query string asks for."""

    q = django_filters.CharFilter(method="by_words")
    typ = django_filters.CharFilter("item_kind")
    faktor = django_filters.CharFilter("factors__slug")
    riskfaktor = django_filters.CharFilter("risk_factors__slug")
    amne = django_filters.CharFilter("subjects__slug")
    ar = django_filters.NumberFilter(method="by_decade")
    sprak = django_filters.CharFilter("language")
    land = django_filters.CharFilter("country")
    styrka = django_filters.CharFilter("grade")

    class Meta:
        model = LibraryItem
        fields = ()

    def by_words(self, queryset, name, value):
        return queryset.filter(words_query(value))

    def by_decade(self, queryset, name, value):
        return queryset.filter(year__gte=int(value), year__lt=int(value) + 10)


def browse_library(params, kind: str = ""):
    """The library, or one kind of it, as ``params`` ask for it."""

    def entries():
        found = published(LibraryItem.objects.all())
        return found.filter(item_kind=kind) if kind else found

    listing = Listing(
        facets=tuple(facet for facet in FACETS if facet.name != "typ" or not kind),
        sorts=SORTS,
        filterset=LibraryFilter,
        queryset=lambda: entries().defer("words"),
        rows=lambda question: [_row(entry) for entry in _readings(entries(), question)],
        nouns=("post", "poster"),
    )
    return browse(params, listing)


def _readings(entries, question: str):
    found = words_query(question) if question else Q(Value(True))
    return entries.annotate(
        found=ExpressionWrapper(found, output_field=BooleanField()),
        faktor=related(FactorPage, "library_items", live=True),
        riskfaktor=related(RiskFactor, "library_items"),
        amne=related(Subject, "library_items"),
    ).values("found", "faktor", "riskfaktor", "amne", *COLUMNS)


def _row(entry: dict) -> dict:
    decade = (entry["year"] or 0) // 10 * 10
    country = entry["country"]
    return {
        "found": entry["found"],
        "faktor": entry["faktor"],
        "riskfaktor": entry["riskfaktor"],
        "amne": entry["amne"],
        "typ": of_choices([entry["item_kind"]], dict(LibraryKind.choices)),
        "ar": [{"code": str(decade), "label": f"{decade}-talet"}] if decade else [],
        "sprak": of_choices([entry["language"]], LANGUAGES),
        "land": [{"code": country, "label": country}] if country else [],
        "styrka": of_choices([entry["grade"]], dict(Grade.choices)),
    }
