"""New data as an Atom feed: an entry for each publication, about the place that is asked for."""

from datetime import UTC

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from . import figures
from .exports import SYNTHETIC
from .models import Publication
from .publication import newest, numbered
from .selection import parse

ENTRIES = 12


@require_safe
def publications(request):
    """The latest publications in force, with the headline count of the selection in each."""
    latest = newest()
    place, query = "hela regionen", ""
    if latest is not None:
        selection = parse(request.GET, latest.codes["lasar"], latest.data_date)
        place = selection.place_words
        query = "".join(f"&kommun={code}" for code in selection.kommun)
    dashboard = settings.SITE_URL + reverse("statistics:dashboard")
    feed = Atom1Feed(
        title=f"Studieavbrott i {place}: nya data",
        link=f"{dashboard}?{query[1:]}" if query else dashboard,
        description="En post för varje ny publicering av statistiken.",
        language="sv",
        feed_url=f"{settings.SITE_URL}{request.get_full_path()}",
        author_name="PlugInnovation",
    )
    numbers = Publication.objects.in_force().values_list("number", flat=True)[:ENTRIES]
    for number in numbers:
        published = numbered(number)
        moment = published.published_at.astimezone(UTC)
        feed.add_item(
            title=f"Publicering {number}: data till och med {published.data_date:%Y-%m-%d}",
            link=f"{dashboard}?publicering={number}{query}",
            description=_told(published, request.GET),
            unique_id=f"{dashboard}?publicering={number}{query}",
            pubdate=moment,
            updateddate=moment,
        )
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )


def _told(published, query) -> str:
    """The sentence of an entry, from that publication's own numbers."""
    selection = parse(query, published.codes["lasar"], published.data_date)
    count = figures.shown(figures.headline_count(published, selection))
    said = f"{count} studieavbrott i {selection.place_words} {selection.year_words}."
    return f"{SYNTHETIC} {said}" if published.synthetic else said
