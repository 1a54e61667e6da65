"""The browse page of the tools."""

import django_filters
from django.db.models import BooleanField, ExpressionWrapper, F, Q, Value

from pluginnovation.core.ordering import swedish

from .browse import Facet, Listing, browse, clean_question
from .choices import Level, Prevention, Role, ToolKind
from .models import FactorPage, ToolPage
from .options import of_choices, related
from .visible import published

FACETS = (
    Facet("typ", "Slag", "Alla slag"),
    Facet("faktor", "Framgångsfaktor", "Alla faktorer"),
    Facet("niva", "Nivå", "Alla nivåer"),
    Facet("roll", "Din roll", "Alla roller"),
    Facet("forebyggande", "Förebyggande nivå", "Främjande till åtgärdande"),
)
SORTS = {
    "titel": ("Titel", (swedish("title"), "pk")),
    "nyast": (
        "Senast granskad",
        (F("last_reviewed").desc(nulls_last=True), swedish("title"), "pk"),
    ),
}


def _by_words(question: str) -> Q:
    query = Q()
    for word in question.split():
        query &= Q(title__icontains=word) | Q(summary__icontains=word)
    return query


class ToolFilter(django_filters.FilterSet):
    """The tools that a query string asks for."""

    q = django_filters.CharFilter(method="by_words")
    typ = django_filters.CharFilter("tool_kind")
    faktor = django_filters.CharFilter("factors__slug")
    niva = django_filters.CharFilter(method="by_code")
    roll = django_filters.CharFilter(method="by_code")
    forebyggande = django_filters.CharFilter(method="by_code")

    columns = {"niva": "levels", "roll": "roles", "forebyggande": "prevention"}

    class Meta:
        model = ToolPage
        fields = ()

    def by_words(self, queryset, name, value):
        return queryset.filter(_by_words(clean_question(value)))

    def by_code(self, queryset, name, value):
        return queryset.filter(**{f"{self.columns[name]}__contains": [value]})


def browse_tools(params):
    """The tools as ``params`` ask for them."""
    listing = Listing(
        facets=FACETS,
        sorts=SORTS,
        filterset=ToolFilter,
        queryset=lambda: published(ToolPage.objects.all()),
        rows=lambda question: [_row(tool) for tool in _readings(question)],
        nouns=("verktyg", "verktyg"),
    )
    return browse(params, listing)


def _readings(question: str):
    found = _by_words(question) if question else Q(Value(True))
    return (
        published(ToolPage.objects.all())
        .annotate(
            found=ExpressionWrapper(found, output_field=BooleanField()),
            faktor=related(FactorPage, "tools", live=True),
        )
        .values("found", "faktor", "tool_kind", "levels", "roles", "prevention")
    )


def _row(tool: dict) -> dict:
    return {
        "found": tool["found"],
        "faktor": tool["faktor"],
        "typ": of_choices([tool["tool_kind"]], dict(ToolKind.choices)),
        "niva": of_choices(tool["levels"], dict(Level.choices)),
        "roll": of_choices(tool["roles"], dict(Role.choices)),
        "forebyggande": of_choices(tool["prevention"], dict(Prevention.choices)),
    }
