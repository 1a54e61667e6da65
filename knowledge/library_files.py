"""The library as files: references of a list or of one work, and the feed."""

from django.conf import settings
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import require_safe

from .library_list import browse_library
from .library_references import references_of
from .models import LecturePage, LibraryItem, LiteraturePage, SummaryPage
from .reference_files import to_bibtex, to_csl, to_ris
from .visible import published

FORMATS = {
    "bib": (to_bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (to_ris, "application/x-research-info-systems; charset=utf-8"),
    "json": (to_csl, "application/vnd.citationstyles.csl+json"),
}
KINDS = {
    "forelasningar": LecturePage,
    "litteratur": LiteraturePage,
    "sammanfattningar": SummaryPage,
}
DATES = ("first_published_at", "last_published_at")
MOST_IN_FEED = 50


def _file(references: list[dict], form: str, name: str) -> HttpResponse:
    write, content_type = FORMATS[form]
    response = HttpResponse(write(references), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


@require_safe
def export(request, form):
    """``/forskning/export.<form>``: the references of the list that the parameters ask for."""
    return _file(
        references_of(browse_library(request.GET, with_items=False).keys),
        form,
        "pluginnovation-forskning",
    )


@require_safe
def cite(request, kind, slug, form):
    """``<its page>/citera.<form>``: the reference of one study or film."""
    page = get_object_or_404(published(KINDS[kind].objects.all()), slug=slug)
    references = references_of([page.pk])
    if not references:
        raise Http404("Sammanfattningen har ingen studie än.")
    return _file(references, form, references[0]["id"])


@require_safe
def feed(request):
    """``/forskning/atom.xml``: the newest of the list that the parameters ask for."""
    browse = browse_library(request.GET, with_items=False)
    items = (
        LibraryItem.objects.filter(pk__in=browse.keys)
        .only("title", "summary", "item_kind", "who", "url_path", "locale_id", *DATES)
        .order_by(F("first_published_at").desc(nulls_last=True), "-pk")[:MOST_IN_FEED]
    )
    query = f"?{browse.query}" if browse.query else ""
    chosen = ", ".join(f"{choice['what']}: {choice['label']}" for choice in browse.chosen)
    made = Atom1Feed(
        title=f"Forskning om studieavbrott{f' ({chosen})' if chosen else ''} · PlugInnovation",
        description=" ".join(browse.dropped)
        or "Nytt i biblioteket: föreläsningar, litteratur, sammanfattningar.",
        link=f"{settings.SITE_URL}/forskning/{query}",
        feed_url=f"{settings.SITE_URL}/forskning/atom.xml{query}",
        language="sv",
        author_name=settings.WAGTAIL_SITE_NAME,
    )
    for item in items:
        _add(made, item)
    if not made.items:
        # A feed without entries still says when it was made; the day is enough.
        made.latest_post_date = _today
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml")


def _today():
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def _add(made, item) -> None:
    url = f"{settings.SITE_URL}{item.url}"
    made.add_item(
        title=item.title,
        link=url,
        unique_id=url,
        description=escape(item.summary or item.title),
        author_name=item.who or settings.WAGTAIL_SITE_NAME,
        pubdate=item.first_published_at,
        updateddate=item.last_published_at or item.first_published_at or _today(),
        categories=(item.kind,),
    )
