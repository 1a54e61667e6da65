"""The list of cases: what it can be filtered by, sorted and counted."""

import django_filters
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.db.models.functions import JSONObject
from django.utils.text import slugify

from knowledge.browse import Facet, Listing, browse, clean_question
from knowledge.choices import Level, Prevention, TargetGroup
from knowledge.models import FactorPage
from knowledge.options import of_choices, related
from knowledge.visible import published
from pluginnovation.core.models import Municipality
from pluginnovation.core.ordering import swedish

from .atlas.view import UNKNOWN
from .choices import Measured, Programme
from .models import CaseStudyPage, EvaluationReport

FACETS = (
    Facet("faktor", "Framgångsfaktor", "Alla faktorer"),
    Facet("malgrupp", "Målgrupp", "Alla målgrupper"),
    Facet("niva", "Nivå", "Alla nivåer"),
    Facet("forebyggande", "Förebyggande nivå", "Främjande till åtgärdande"),
    Facet("kommun", "Kommun", "Alla kommuner"),
    Facet("region", "Region", "Alla regioner"),
    Facet("projekt", "Satsning", "Alla satsningar"),
    Facet("matt", "Mätt resultat", "Mätt eller inte"),
    Facet("utvardering", "Utvärdering", "Med eller utan rapport"),
)
SORTS = {
    "titel": ("Titel", (swedish("title"), "pk")),
    "senast": (
        "Senast publicerad",
        (F("first_published_at").desc(nulls_last=True), swedish("title"), "pk"),
    ),
}
# Facet: the list of codes that the case holds, and the words for them.
CODED = {
    "malgrupp": ("target_groups", dict(TargetGroup.choices)),
    "niva": ("levels", dict(Level.choices)),
    "forebyggande": ("prevention", dict(Prevention.choices)),
    "matt": ("measured", dict(Measured.choices)),
}

NO_MUNICIPALITY = {"code": UNKNOWN, "label": "Kommunen är inte känd"}


def region_code(region: str) -> str:
    """``Kalmar–södra Småland`` as ``kalmar-sodra-smaland``."""
    return slugify(region.replace("–", "-"))


def _by_words(question: str) -> Q:
    """Every word stands in the title, the summary, the place or the unit."""
    query = Q()
    for word in question.split():
        either = Q()
        for column in ("title", "summary", "region", "unit"):
            either |= Q(**{f"{column}__icontains": word})
        named = Municipality.objects.filter(name__icontains=word, case_studies=OuterRef("pk"))
        query &= either | Exists(named)
    return query


def _reported() -> Exists:
    return Exists(EvaluationReport.objects.filter(case=OuterRef("pk"), live=True))


class CaseFilter(django_filters.FilterSet):
    """The case studies that a query string asks for."""

    q = django_filters.CharFilter(method="by_words")
    faktor = django_filters.CharFilter("factors__slug")
    malgrupp = django_filters.CharFilter(method="by_code")
    niva = django_filters.CharFilter(method="by_code")
    forebyggande = django_filters.CharFilter(method="by_code")
    matt = django_filters.CharFilter(method="by_code")
    kommun = django_filters.CharFilter(method="by_municipality")
    region = django_filters.CharFilter(method="by_region")
    projekt = django_filters.CharFilter("programme")
    utvardering = django_filters.CharFilter(method="by_report")

    class Meta:
        model = CaseStudyPage
        fields = ()

    def by_words(self, queryset, name, value):
        return queryset.filter(_by_words(clean_question(value)))

    def by_code(self, queryset, name, value):
        return queryset.filter(**{f"{CODED[name][0]}__contains": [value]})

    def by_municipality(self, queryset, name, value):
        if value == UNKNOWN:
            return queryset.filter(municipalities=None)
        return queryset.filter(municipalities__code=value)

    def by_region(self, queryset, name, value):
        """By the code of the region's name; the names are free text."""
        names = published(CaseStudyPage.objects.all()).values_list("region", flat=True)
        matching = [region for region in set(names) if region_code(region) == value]
        return queryset.filter(region__in=matching)

    def by_report(self, queryset, name, value):
        return queryset.filter(_reported() if value == "ja" else ~_reported())


def live_cases():
    """The published cases with what their entries in a list show (three queries)."""
    cases = published(CaseStudyPage.objects.all()).prefetch_related("municipalities", "factors")
    return cases.annotate(is_evaluated=_reported()).defer_streamfields()


def browse_cases(params, with_items=True, read=None):
    """The cases as ``params`` ask for them; without items only the filters and their counts.

    ``read`` is a list that gets what every case can be filtered by, for views that count.
    """

    def rows(question):
        found = [_row(case) for case in _readings(question)]
        if read is not None:
            read.extend(found)
        return found

    listing = Listing(
        facets=FACETS,
        sorts=SORTS,
        filterset=CaseFilter,
        queryset=live_cases if with_items else CaseStudyPage.objects.none,
        rows=rows,
        nouns=("fallstudie", "fallstudier"),
    )
    return browse(params, listing)


def chosen_filters(browse) -> dict[str, str]:
    """The question and the codes that were chosen, by the names of their parameters."""
    codes = {
        shown["facet"].name: option.code
        for shown in browse.filters
        for option in shown["options"]
        if option.chosen
    }
    return {"q": browse.question, **codes}


def fitting(rows, answer: dict) -> list[dict]:
    """The rows that the chosen filters leave."""
    codes = {name: code for name, code in answer.items() if name != "q"}
    return [
        row
        for row in rows
        if row["found"]
        and all(any(o["code"] == code for o in row[name]) for name, code in codes.items())
    ]


def _municipalities() -> ArraySubquery:
    rows = Municipality.objects.filter(case_studies=OuterRef("pk")).order_by("name")
    return ArraySubquery(rows.values(option=JSONObject(code=F("code"), label=F("name"))))


def _readings(question: str):
    found = _by_words(question) if question else Q(Value(True))
    coded = [column for column, _ in CODED.values()]
    return (
        published(CaseStudyPage.objects.all())
        .annotate(
            found=ExpressionWrapper(found, output_field=BooleanField()),
            faktor=related(FactorPage, "case_studies", live=True),
            kommun=_municipalities(),
            reported=_reported(),
        )
        .values("found", "faktor", "kommun", "reported", "region", "programme", *coded)
    )


def _row(case: dict) -> dict:
    """One case as ``knowledge.browse`` counts it: each facet a list of codes with labels."""
    region = case["region"]
    reported = ("ja", "Med utvärderingsrapport") if case["reported"] else ("nej", "Utan rapport")
    row = {name: of_choices(case[column], names) for name, (column, names) in CODED.items()}
    return row | {
        "found": case["found"],
        "faktor": case["faktor"],
        "kommun": case["kommun"] or [NO_MUNICIPALITY],
        "region": [{"code": region_code(region), "label": region}] if region else [],
        "projekt": of_choices([case["programme"]], dict(Programme.choices)),
        "utvardering": [dict(zip(("code", "label"), reported, strict=True))],
    }
