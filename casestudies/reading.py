"""What a case's page shows beside its own fields, each relation in one query."""

from knowledge.visible import published


def case_context(case) -> dict:
    return {
        "references": case.references(),
        "factors": published(case.factors.all()).order_by("path"),
        "related": related_pages(case),
        "guidance": case.guidance.filter(page__live=True).select_related("page").order_by("pk"),
    }


def related_pages(case) -> list:
    """The live tools and library entries of the case; each knows its own kind."""
    tools = published(case.tools.all()).order_by("title")
    entries = published(case.works.all()).defer("words").order_by("item_kind", "title")
    return [*tools, *entries]
