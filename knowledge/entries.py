"""Advice and tools as entries of a list that is short enough to be read whole, in a query each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst

from pluginnovation.core.ordering import swedish_key
from pluginnovation.core.templatetags.swedish import in_words

from .browse import Facet, Listing, clean_question
from .choices import Level, Prevention, Role, ToolKind
from .facets import Index, index_of
from .models import FactorPage, GuidanceItem, ToolPage
from .options import of_choices, related
from .text import first_sentence, fold, plain
from .visible import published

GUIDANCE = {"rad": "Råd"}


@dataclass(frozen=True)
class Entry:
    """A piece of advice or a tool, as a list shows it and as it can be filtered."""

    pk: str
    kind: str
    title: str
    url: str
    summary: str
    who: str
    place: tuple
    words: str
    facets: dict
    reviewed: date | None = None


class Entries:
    """What is read already, behind the one verb that a list asks a queryset for."""

    def __init__(self, entries: list[Entry]):
        self.entries = entries

    def filter(self, pk__in) -> list[Entry]:
        wanted = set(pk__in)
        return [entry for entry in self.entries if entry.pk in wanted]


def listing_of(entries, facets: tuple[Facet, ...], sorts: dict, nouns: tuple[str, str]) -> Listing:
    """The list of these entries; each of ``sorts`` is its name and the key that orders by it."""

    def index(question: str, sort: str) -> Index:
        wanted = [fold(word) for word in clean_question(question).split()]
        in_order = sorted(entries, key=sorts[sort][1])
        return index_of(
            {entry.pk: entry.facets for entry in in_order},
            {entry.pk for entry in entries if all(word in entry.words for word in wanted)},
            [facet.name for facet in facets],
        )

    return Listing(
        facets=facets, sorts=sorts, queryset=lambda: Entries(entries), nouns=nouns, index=index
    )


def by_title(entry: Entry) -> tuple:
    return swedish_key(entry.title), entry.pk


def by_place(entry: Entry) -> tuple:
    return entry.place, *by_title(entry)


def newest_first(entry: Entry) -> tuple:
    return -entry.reviewed.toordinal() if entry.reviewed else 0, *by_title(entry)


def advice() -> Iterator[Entry]:
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
            who=f"{item.page.title} · {in_words(item.role_labels)}",
            place=(0, item.page.path, Level.values.index(item.level), item.sort_order),
            words=fold(f"{item.heading} {body}"),
            facets=_facets("rad", GUIDANCE, [factor], [item.level], item.roles, item.prevention),
        )


def tools() -> Iterator[Entry]:
    pages = published(ToolPage.objects.all()).annotate(
        faktor=related(FactorPage, "tools", live=True)
    )
    kinds = dict(ToolKind.choices)
    for tool in pages:
        yield Entry(
            pk=f"verktyg-{tool.pk}",
            kind=tool.kind,
            title=tool.title,
            url=tool.url,
            summary=tool.summary,
            who=capfirst(in_words(tool.role_labels)),
            place=(1, "", 0, 0),
            words=fold(f"{tool.title} {tool.summary}"),
            facets=_facets(
                tool.tool_kind, kinds, tool.faktor, tool.levels, tool.roles, tool.prevention
            ),
            reviewed=tool.last_reviewed,
        )


def _facets(kind, kinds, factors, levels, roles, prevention) -> dict:
    return {
        "faktor": factors,
        "niva": of_choices(levels, dict(Level.choices)),
        "roll": of_choices(roles, dict(Role.choices)),
        "forebyggande": of_choices(prevention, dict(Prevention.choices)),
        "typ": of_choices([kind], kinds),
    }
