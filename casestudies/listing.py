"""The list of cases: what it can be filtered by, sorted and counted."""

from django.db.models import F, Value
from django.db.models.functions import Coalesce, Greatest

from knowledge.browse import Facet, Listing, browse
from knowledge.visible import published
from pluginnovation.core.ordering import swedish

from .case_index import UNKNOWN, CaseIndex, case_index, reported
from .models import CaseStudyPage

FACETS = (
    Facet("faktor", "Framgångsfaktor", "Alla faktorer"),
    Facet("malgrupp", "Målgrupp", "Alla målgrupper"),
    Facet("niva", "Nivå", "Alla nivåer"),
    Facet("forebyggande", "Förebyggande nivå", "Alla nivåer"),
    Facet("kommun", "Kommun", "Alla kommuner"),
    Facet("region", "Region", "Alla regioner"),
    Facet("projekt", "Satsning", "Alla satsningar"),
    Facet("matt", "Mätt resultat", "Mätt eller inte"),
    Facet("utvardering", "Utvärdering", "Med och utan"),
)
LAST_YEAR = Greatest(Coalesce("ended", Value(0)), Coalesce("started", Value(0)))
SORTS = {
    "titel": ("Titel", (swedish("title"), F("pk"))),
    "ar": ("Senaste arbetet först", (LAST_YEAR.desc(), swedish("title"), F("pk"))),
    "senast": (
        "Senast publicerad",
        (F("first_published_at").desc(nulls_last=True), swedish("title"), F("pk")),
    ),
}
# What an entry of the list shows, beside what the index says of it.
LISTED = ("title", "summary", "programme", "region", "started", "ended", "slug", "url_path")


def live_cases():
    """The published cases with what their entries in a list show (three queries)."""
    cases = published(CaseStudyPage.objects.all()).prefetch_related("municipalities", "factors")
    return cases.annotate(is_evaluated=reported()).defer_streamfields()


def browse_cases(params, with_items=True) -> tuple:
    """The cases as ``params`` ask for them, and the index that they were found in.

    Without items only the filters, their counts and the keys of what fits.
    """
    read = []

    def index(question, sort):
        read.append(case_index(question, SORTS[sort][1]))
        return read[0].index

    cases = CaseStudyPage.objects
    listing = Listing(
        facets=FACETS,
        sorts=SORTS,
        queryset=lambda: cases.only(*LISTED, "locale_id") if with_items else cases.none(),
        nouns=("fallstudie", "fallstudier"),
        index=index,
    )
    found = browse(params, listing)
    for case in found.items:
        _complete(case, read[0])
    return found, read[0]


def _complete(case, read: CaseIndex) -> None:
    """Give the case the names that the index has read: its places, factors and whether reported."""
    known = read.cases[case.pk]
    case.place_names = [name for code, name in known["kommun"] if code != UNKNOWN]
    case.factor_names = [name for _, name in known["faktor"]]
    case.is_evaluated = known["utvardering"][0][0] == "ja"


def chosen_filters(found) -> dict[str, str]:
    """The question and the codes that were chosen, by the names of their parameters."""
    codes = {
        shown["facet"].name: option.code
        for shown in found.filters
        for option in shown["options"]
        if option.chosen
    }
    return {"q": found.question, **codes}
