"""What the loaders of demo content share."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from wagtail.models import Page

from pluginnovation.core.fixtures import read_folder
from pluginnovation.core.markdown import to_rich_text

REVIEW_AFTER = timedelta(days=365)
LINK = re.compile(r'href="(work|case):([^"]+)"')


def slug_of_work(identifier: str) -> str:
    """The slug of a work: its id in the library."""
    return identifier.replace("_", "-")


def reviewed(day: date | None = None) -> dict:
    """When a page was reviewed, and when it is to be again."""
    day = day or timezone.localdate()
    return {"last_reviewed": day, "review_by": day + REVIEW_AFTER}


@dataclass(frozen=True)
class Links:
    """The works that exist; turns ``work:ID`` and ``case:SLUG`` into addresses."""

    works: frozenset[str]
    cases: frozenset[str]

    @classmethod
    def of_fixtures(cls):
        return cls(
            frozenset(item["id"] for item in read_folder("works")),
            frozenset(item["slug"] for item in read_folder("cases")),
        )

    def rich(self, text: str | None) -> str:
        """Markdown as rich text. A link to what does not exist is an error of the fixtures."""
        return LINK.sub(self._address, to_rich_text(text))

    def _address(self, found: re.Match) -> str:
        kind, name = found.groups()
        if name not in (self.works if kind == "work" else self.cases):
            raise ValueError(f"The fixtures link to {kind}:{name}, which does not exist")
        if kind == "work":
            return f'href="/forskning/litteratur/{slug_of_work(name)}/"'
        return f'href="/fallstudier/{name}/"'


def ensure_page(parent, model: type[Page], slug: str, fields: Callable[[], dict]) -> Page:
    """The page ``slug`` below ``parent``; made, live, where there is none yet."""
    found = Page.objects.child_of(parent).filter(slug=slug).first()
    if found:
        return found.specific
    page = model(slug=slug, **fields())
    page.first_published_at = page.last_published_at = timezone.now()
    parent.add_child(instance=page)
    return page


def by_slug(model, slugs) -> list:
    """The objects with these slugs, in their order; a slug that is not there is an error."""
    found = {each.slug: each for each in model.objects.filter(slug__in=list(slugs or ()))}
    missing = [slug for slug in slugs or () if slug not in found]
    if missing:
        raise ValueError(f"No {model._meta.verbose_name}: {', '.join(missing)}")
    return [found[slug] for slug in slugs or ()]


def works_of(model, identifiers) -> list:
    return by_slug(model, [slug_of_work(one) for one in identifiers or ()])
