"""What the parts of the demo share."""

import re
from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page

from pluginnovation.core.fixtures import read_folder
from pluginnovation.core.markdown import to_rich_text

REVIEW_AFTER = timedelta(days=365)
WORK_ADDRESS = "/forskning/litteratur/"


def text(markdown_text, **options) -> str:
    """Rich text; a link to ``work:ID`` leads to the work's page."""
    return re.sub(
        r'href="work:(\w+)"', rf'href="{WORK_ADDRESS}\1/"', to_rich_text(markdown_text, **options)
    )


def today():
    return timezone.localdate()


def reviewed(item) -> dict:
    """The dates of review of a page, and its place: slug, title, summary."""
    day = item.get("last_reviewed") or item.get("reviewed") or today()
    return {
        "slug": item["slug"],
        "title": item["title"],
        "summary": item["summary"].strip(),
        "last_reviewed": day,
        "review_by": day + REVIEW_AFTER,
    }


def missing(parent: Page, folder: str, key: str = "slug"):
    """The files of a folder whose page is not below ``parent`` yet."""
    there = set(parent.get_children().values_list("slug", flat=True))
    return [item for item in read_folder(folder) if item[key] not in there]


def some(pages: dict, keys) -> list:
    """The pages for these keys; a key that is unknown is left out."""
    return [pages[key] for key in keys or () if key in pages]
