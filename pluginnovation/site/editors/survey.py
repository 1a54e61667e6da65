"""A look at every published page: what is to be mended, and which links lead nowhere."""

import logging
from collections import defaultdict

from bs4 import BeautifulSoup
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django_tasks import task
from wagtail.models import Page
from wagtail.signals import page_published

from pluginnovation.core import live_blocks
from pluginnovation.site.models.review import ExternalLink, PageFinding, Survey

from .checks import Finding, findings_and_main
from .links import External, Internal

logger = logging.getLogger(__name__)
Code = PageFinding.Code


def survey(pages=None, external: bool = False) -> int:
    """Look at the given or all published pages and keep what is found; returns how many things.

    With ``external``, addresses elsewhere are asked anew; otherwise their last answers are used.
    """
    all_pages = pages is None
    pages = Page.objects.live().filter(depth__gt=1) if all_pages else pages
    found, outside = {}, defaultdict(set)
    internal = Internal()
    for page in pages.specific().iterator(chunk_size=50):
        try:
            listed, main = findings_and_main(page)
        except Exception:
            # One page that cannot be shown must not hide what is wrong with all others.
            logger.exception("Page %s cannot be shown", page.pk)
            listed = [Finding(Code.CONTENT, "Sidan gick inte att visa vid kontrollen.")]
            main = BeautifulSoup("", "html.parser")
        found[page.pk] = [*listed, *internal.broken(page, main)]
        for address in External.addresses(main):
            outside[address].add(page.pk)
    if external:
        External().ask(outside)
    for address, problem in _known_problems(outside):
        for pk in outside[address]:
            found[pk].append(Finding(Code.EXTERNAL, problem, address))
    _keep(found)
    if all_pages:
        Survey.objects.all().delete()
        Survey.objects.create(pages=len(found))
    return sum(len(each) for each in found.values())


def _known_problems(addresses) -> list[tuple[str, str]]:
    known = ExternalLink.objects.filter(url__in=addresses).exclude(problem="")
    return list(known.values_list("url", "problem"))


@transaction.atomic
def _keep(found: dict[int, list[Finding]]) -> None:
    """The new findings take the place of the old ones of the same pages."""
    PageFinding.objects.filter(page__in=found).delete()
    PageFinding.objects.exclude(page__live=True).delete()
    PageFinding.objects.bulk_create(
        PageFinding(page_id=pk, code=each.code, text=each.text, target=each.target)
        for pk, listed in found.items()
        for each in dict.fromkeys(listed)
    )


@transaction.atomic
def survey_figures() -> int:
    """Look anew at what pages show of the statistics, and at nothing else."""
    pages = Page.objects.live().filter(depth__gt=1).specific().iterator(chunk_size=50)
    found = {page.pk: live_blocks.problems(page) for page in pages}
    PageFinding.objects.filter(code=Code.FIGURE).delete()
    made = PageFinding.objects.bulk_create(
        PageFinding(page_id=pk, code=Code.FIGURE, text=text)
        for pk, problems in found.items()
        for text in dict.fromkeys(problems)
    )
    return len(made)


@task()
def look_at_all() -> int:
    return survey()


@task()
def look_at(page_id: int) -> int:
    return survey(Page.objects.live().filter(pk=page_id))


@receiver(page_published)
def published(instance, **kwargs):
    """What was mended leaves the reports, what is new comes in."""
    transaction.on_commit(lambda: look_at.enqueue(instance.pk))


@task()
def look_at_figures() -> int:
    return survey_figures()


@receiver(post_save, sender="statistics.Publication", dispatch_uid="look at figures")
def figures_published(**kwargs):
    """A publication, or one taken back, may leave a figure in a page with nothing to show."""
    transaction.on_commit(look_at_figures.enqueue)
