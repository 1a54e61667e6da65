"""All guidance and all tools in one list: what can I do, in my role, for this?"""

from dataclasses import dataclass

from pluginnovation.core.ordering import swedish_key

from .browse import Facet, Listing, browse, clean_question
from .choices import Level, Prevention, Role, ToolKind
from .facets import Index, index_of_rows
from .models import FactorPage, GuidanceItem, ToolPage
from .options import of_choices, related
from .text import first_sentence, fold, plain
from .visible import published

GUIDANCE = {"rad": "Råd"}
FACETS = (
    Facet("faktor", "Framgångsfaktor", "Alla faktorer"),
    Facet("niva", "Nivå", "Alla nivåer"),
    Facet("roll", "Din roll", "Alla roller"),
    Facet("forebyggande", "Förebyggande nivå", "Främjande till åtgärdande"),
    Facet("typ", "Slag", "Råd och alla slags verktyg"),
)
SORTS = {"faktor": ("Framgångsfaktor", ()), "titel": ("Titel", ())}


@dataclass(frozen=True)
class Entry:
    """A piece of advice or a tool, as the list shows it and as it can be filtered."""

    pk: str
    kind: str
    title: str
    url: str
    summary: str
    who: str
    place: tuple
    words: str
    facets: dict


class Entries:
    """What is read already, behind the one verb that the list asks a queryset for."""

    def __init__(self, entries):
        self.entries = entries

    def filter(self, pk__in):
        return [entry for entry in self.entries if entry.pk in set(pk__in)]


def browse_advice(params):
    """Guidance and tools as ``params`` ask for them, in two queries."""
    entries = [*_guidance(), *_tools()]
    listing = Listing(
        facets=FACETS,
        sorts=SORTS,
        queryset=lambda: Entries(entries),
        index=lambda question, sort: _index(entries, question, sort),
        nouns=("råd eller verktyg", "råd och verktyg"),
    )
    return browse(params, listing)


def _index(entries, question: str, sort: str) -> Index:
    wanted = [fold(word) for word in clean_question(question).split()]
    by = _by_title if sort == "titel" else _by_place
    in_order = sorted(entries, key=by)
    rows = [
        entry.facets | {"found": all(word in entry.words for word in wanted)} for entry in in_order
    ]
    made = index_of_rows(rows, [facet.name for facet in FACETS])
    return _with_keys(made, [entry.pk for entry in in_order])


def _with_keys(index: Index, keys: list) -> Index:
    """The same index, its numbers of rows exchanged for the entries' own keys."""
    for options in index.options.values():
        for option in options.values():
            numbers = [*option.entries]
            option.entries.clear()
            option.entries.update(keys[number] for number in numbers)
    return Index(order=keys, found={keys[number] for number in index.found}, options=index.options)


def _by_title(entry):
    return swedish_key(entry.title), entry.pk


def _by_place(entry):
    return entry.place, swedish_key(entry.title), entry.pk


def _guidance():
    factors = published(FactorPage.objects.all())
    items = GuidanceItem.objects.filter(page__in=factors).select_related("page")
    deferred = ("page__why", "page__reflection_intro", "page__summary")
    for item in items.defer(*deferred).order_by("page__path", "sort_order"):
        body = plain(item.body)
        factor = {"code": item.page.slug, "label": item.page.title}
        yield Entry(
            pk=f"rad-{item.pk}",
            kind=GUIDANCE["rad"],
            title=item.heading,
            url=item.url,
            summary=first_sentence(body),
            who=", ".join([item.page.title, *item.role_labels]),
            place=(0, item.page.path, Level.values.index(item.level), item.sort_order),
            words=fold(f"{item.heading} {body}"),
            facets=_facets("rad", GUIDANCE, [factor], [item.level], item.roles, item.prevention),
        )


def _tools():
    tools = published(ToolPage.objects.all()).annotate(
        faktor=related(FactorPage, "tools", live=True)
    )
    for tool in tools:
        yield Entry(
            pk=f"verktyg-{tool.pk}",
            kind=tool.kind,
            title=tool.title,
            url=tool.url,
            summary=tool.summary,
            who=", ".join(tool.role_labels),
            place=(1, "", 0, 0),
            words=fold(f"{tool.title} {tool.summary}"),
            facets=_facets(
                tool.tool_kind,
                dict(ToolKind.choices),
                tool.faktor,
                tool.levels,
                tool.roles,
                tool.prevention,
            ),
        )


def _facets(kind, kinds, factors, levels, roles, prevention) -> dict:
    return {
        "faktor": factors,
        "niva": of_choices(levels, dict(Level.choices)),
        "roll": of_choices(roles, dict(Role.choices)),
        "forebyggande": of_choices(prevention, dict(Prevention.choices)),
        "typ": of_choices([kind], kinds),
    }
