"""What the pages show beside their own fields, each relation in one query."""

from collections import defaultdict

from django.db.models import F, Prefetch, Q, Value
from django.db.models.functions import Coalesce
from modelcluster.queryset import FakeQuerySet
from wagtail.models import Page

from pluginnovation.core.ordering import swedish_key

from .choices import Level, LibraryKind, ToolKind
from .visible import published


def factor_matrix(index) -> list[dict]:
    """Each factor with its advice at each level, in the order of the tree."""
    from .models import FactorPage

    factors = published(FactorPage.objects.child_of(index)).order_by("path")
    return [
        {"factor": factor, "cells": by_level(factor.guidance.all())}
        for factor in factors.prefetch_related("guidance")
    ]


def by_level(items) -> list[dict]:
    """Advice in the columns of the three levels; a level without advice is an empty one."""
    sorted_items = defaultdict(list)
    for item in items:
        sorted_items[item.level].append(item)
    return [
        {"level": level, "label": Level(level).label, "items": sorted_items[level]}
        for level in Level.values
    ]


def case_studies(page):
    """The case studies that point to ``page``, newest first; the relation is theirs."""
    relation = getattr(page, "case_studies", None)
    return published(relation.all()).order_by("-first_published_at", "title") if relation else ()


# What lists show of a page: nothing else is read for them.
IN_LISTS = ("title", "url_path", "summary")
OF_WORKS = ("title", "url_path", "who", "year")
# As many cases, and as many lectures and summaries, a factor shows itself; the lists have all.
ON_FACTOR = 9


def factor_context(page) -> dict:
    from .models import LiteraturePage

    works = published(LiteraturePage.objects.all()).order_by("title").only(*OF_WORKS)
    guidance = list(advice_of(page).prefetch_related(Prefetch("works", works)))
    research = page.research.filter(work__live=True).select_related("work")
    research = research.only("line", "page", "work", *(f"work__{name}" for name in OF_WORKS))
    tools = published(page.tools.all()).order_by("tool_kind", "title")
    items = published(page.library_items.exclude(item_kind=LibraryKind.LITERATURE))
    items = items.order_by("item_kind", "title").only(
        *IN_LISTS, "item_kind", "who", "year", "grade"
    )
    context = {
        "research": list(research),
        "tools": list(tools.only(*IN_LISTS, "tool_kind")),
        "cases": list(case_studies(page)[: ON_FACTOR + 1]),
        "library_items": list(items[: ON_FACTOR + 1]),
    }
    for name in ("cases", "library_items"):
        context |= {name: context[name][:ON_FACTOR], f"more_{name}": len(context[name]) > ON_FACTOR}
    for name in ("tools", "cases", "library_items"):
        page.near(context[name])
    page.near([line.work for line in context["research"]])
    for item in guidance:
        if item.page is not page:
            page.illustration = item.page.illustration
            item.page = page
        page.near(item.works.all())
    return context | {"levels": by_level(guidance)}


OF_ADVICE = ("sort_order", "level", "heading", "slug", "body", "roles", "prevention")


def advice_of(page):
    """The advice of a factor; the picture of the factor comes along in the same query."""
    return page.guidance.select_related("page__illustration").only(*OF_ADVICE, "page__illustration")


# The four steps of the self-assessment, the weakest first.
AGREEMENT = ("Stämmer inte", "Stämmer till liten del", "Stämmer till stor del", "Stämmer helt")


def reflection_context(page) -> dict:
    """The statements in order, each with the advice that a low answer leads to."""
    advice = {item.slug: item for item in page.guidance.all()}
    return {
        "statements": [
            {"text": statement.text, "advice": advice.get(statement.guidance)}
            for statement in page.statements.all()
        ],
        "steps": list(enumerate(AGREEMENT, start=1)),
        "breadcrumb_title": "Självskattning",
        "breadcrumbs": [*page.breadcrumbs(), page],
    }


def tool_context(page) -> dict:
    return {
        "factors": published(page.factors.all()).order_by("path"),
        "works": published(page.works.all()).order_by("title"),
        "cases": case_studies(page),
        "attachments": page.attachments.select_related("document"),
    }


def library_item_context(page) -> dict:
    return {
        "factors": published(page.factors.all()).order_by("path"),
        "cases": case_studies(page),
        **_vocabulary(page),
    }


def works_and_cases(page) -> dict[str, list]:
    """The works that a page builds on and the case studies that point to it, in one query."""
    works = published(page.works.all())
    cases = case_studies(page) if page.pk else ()
    chosen, line = Q(pk__in=works.order_by().values("pk")), F("libraryitem__summary")
    if cases != ():
        chosen |= Q(pk__in=cases.order_by().values("pk"))
        line = Coalesce(line, f"{cases.model._meta.model_name}__summary")
    pages = Page.objects.filter(chosen).annotate(
        item_kind=F("libraryitem__item_kind"),
        line=line,
        who=F("libraryitem__who"),
        year=F("libraryitem__year"),
    )
    found = {"works": [], "cases": []}
    for one in pages.order_by("title"):
        found["works" if one.item_kind else "cases"].append(_entry(one))
    return found


def _entry(page) -> dict:
    """An entry of a list out of what ``works_and_cases`` has read."""
    kinds = dict(LibraryKind.choices)
    return {
        "kind": kinds.get(page.item_kind) or page.specific_class.kind,
        "title": page.title,
        "url": page.url,
        "summary": page.line,
        "who": page.who,
        "year": page.year,
    }


def _vocabulary(page) -> dict[str, list]:
    """The risk factors and subjects of a page, in one query; those of a draft are in memory."""
    relations = {"risk_factors": page.risk_factors.all(), "subjects": page.subjects.all()}
    if any(isinstance(related, FakeQuerySet) for related in relations.values()):
        return relations
    parts = [
        related.order_by().values("slug", "title", relation=Value(name))
        for name, related in relations.items()
    ]
    found = sorted(parts[0].union(parts[1], all=True), key=lambda one: swedish_key(one["title"]))
    return {name: [one for one in found if one["relation"] == name] for name in relations}


def summary_context(page) -> dict:
    from .models import LibraryIndexPage

    rule = LibraryIndexPage.objects.live().values_list("evidence_rule", flat=True).first()
    return {"evidence_rule": rule or ""}


def work_context(page) -> dict:
    return {"used_on": used_on(page)}


def used_on(work) -> list[dict]:
    """The pages that build on a work, with the kind of each, in one query.

    They are found by every relation from a page, or from a part of a page, to the work, also
    those of apps that come later.
    """
    query = Q()
    for relation in work._meta.related_objects:
        query |= _pages_of(relation, work)
    pages = published(Page.objects.filter(query).exclude(pk=work.pk)).order_by("title")
    pages = pages.annotate(tool_kind=F("toolpage__tool_kind"))
    kinds = dict(ToolKind.choices)
    return [
        {"page": page, "kind": kinds.get(page.tool_kind) or page.specific_class._meta.verbose_name}
        for page in pages
    ]


def _pages_of(relation, work) -> Q:
    model, field = relation.related_model, relation.field.name
    if not isinstance(getattr(work, "pk", None), int) or relation.parent_link:
        return Q()
    rows = model._base_manager.filter(**{field: work.pk})
    if issubclass(model, Page):
        return Q(pk__in=rows.order_by().values("pk"))
    if any(f.name == "page" for f in model._meta.fields):
        return Q(pk__in=rows.order_by().values("page_id"))
    return Q()
