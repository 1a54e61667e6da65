"""What a case's page shows beside its own fields, each relation in one query."""

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from modelcluster.queryset import FakeQuerySet
from wagtail.models import Page

from knowledge.choices import LibraryKind, ToolKind
from knowledge.models import GuidanceItem
from knowledge.visible import published

KINDS = dict(ToolKind.choices) | dict(LibraryKind.choices)


def case_context(case) -> dict:
    guidance = GuidanceItem.objects.filter(pk__in=_keys(case.guidance), page__live=True)
    factors, related = related_pages(case)
    return {
        "factors": factors,
        "guidance": guidance.select_related("page").order_by("page__path", "sort_order"),
        "related": related,
    }


def _keys(relation):
    """The keys of what is chosen; also of a draft, whose choices are not in the database."""
    chosen = relation.all()
    if isinstance(chosen, FakeQuerySet):
        return [each.pk for each in chosen]
    return chosen.order_by().values("pk")


def related_pages(case) -> tuple[list[Page], list[dict]]:
    """The live factors, and the live tools and library entries as list entries, in one query."""
    chosen = Q()
    for relation in (case.factors, case.tools, case.works):
        chosen |= Q(pk__in=_keys(relation))
    pages = published(Page.objects.filter(chosen)).annotate(
        code=Coalesce("toolpage__tool_kind", "libraryitem__item_kind"),
        line=Coalesce("toolpage__summary", "libraryitem__summary"),
        who=F("libraryitem__who"),
        year=F("libraryitem__year"),
    )
    found = list(pages.order_by(F("libraryitem__item_kind").asc(nulls_first=True), "path"))
    return [page for page in found if not page.code], [_entry(page) for page in found if page.code]


def _entry(page) -> dict:
    return {
        "kind": KINDS.get(page.code, ""),
        "title": page.title,
        "url": page.url,
        "summary": page.line,
        "who": page.who or "",
        "year": page.year,
    }
