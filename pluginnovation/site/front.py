"""What stands on the front page, gathered in few queries."""

from statistics.blocks import headline

from casestudies.models import CaseStudyPage
from knowledge.models import FactorPage, LecturePage, LiteraturePage, SummaryPage
from knowledge.visible import published

NEWEST = 4
# What a line or a card shows, and what Wagtail needs for the address; the rest of the many
# columns costs more than the query.
LINE = ("title", "slug", "url_path", "path", "depth", "locale", "content_type")


def front_page() -> dict:
    """The context of the home page: factors, a lecture, a case, the newest works, a figure."""
    return {
        "factors": published(FactorPage.objects.only(*LINE, "tagline")).order_by("path"),
        "lecture": newest(LecturePage, "media").first(),
        "case": newest(CaseStudyPage).filter(programme="plug-in").first(),
        "newest": [
            *newest(SummaryPage).only(*LINE, "item_kind")[: NEWEST // 2],
            *newest(LiteraturePage).only(*LINE, "item_kind")[: NEWEST // 2],
        ],
        "figure": headline(),
    }


def success_factors() -> list[tuple[str, str, str]]:
    """Title, tagline and address of each success factor, for whoever may not know their pages."""
    pages = published(FactorPage.objects.only(*LINE, "tagline")).order_by("path")
    return [(page.title, page.tagline, page.url) for page in pages]


def newest(model, *related: str):
    """Published pages of a kind, the last published first."""
    pages = published(model.objects.select_related(*related) if related else model.objects.all())
    return pages.order_by("-first_published_at", "path")
