"""The next publication: what it would change, what is held back and why, and making it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from .. import data_dates, rights, tables
from ..access import staff_only
from ..models import Publication
from ..publication import calendar
from ..publication.making import last_number, published_on
from ..publication.record_sets import RHYTHMS
from . import WAY, publication_work

LONGEST_NOTE = 500
SHOWN = 12
NEEDS_REASON = "Skriv varför det publiceras en annan dag än publiceringsdagen."


@staff_only(rights.may_publish)
@require_http_methods(["GET", "HEAD", "POST"])
def publications(request):
    """What is due, what would change, and the button."""
    due = calendar.due(published_on())
    asked = request.POST if request.method == "POST" else request.GET
    half_yearly = tables.HALF_YEARLY in due or asked.get("tabeller") == "alla"
    on_time = bool(due) and (tables.HALF_YEARLY in due or not half_yearly)
    reason = asked.get("skal", "").replace("\x00", "").strip()[:LONGEST_NOTE]
    problem = ""
    if request.method == "POST":
        if on_time or reason:
            _publish(request, half_yearly, reason)
            return redirect("manage:publications")
        problem = NEEDS_REASON
    return render(
        request,
        "statistics/manage/publications.html",
        {
            "breadcrumbs": WAY,
            "breadcrumb_title": "Publiceringar",
            "due": [RHYTHMS[code].label for code in due],
            "next_days": [_next(code) for code in RHYTHMS],
            "on_time": on_time,
            "half_yearly": half_yearly,
            "optional": tables.HALF_YEARLY not in due,
            "after": last_number(),
            "slowest": data_dates.slowest(),
            "reason": reason,
            "problem": problem,
            "longest": LONGEST_NOTE,
            "publications": Publication.objects.defer("cells")[:SHOWN],
            "last_made": publication_work.last_made(),
            **publication_work.looked(half_yearly),
        },
        status=400 if problem else 200,
    )


def _publish(request, half_yearly: bool, note: str) -> None:
    """Publish what was looked at, or have a worker do it."""
    text = request.POST.get("efter", "")
    after = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
    if publication_work.takes_long():
        if publication_work.under_way(publication_work.make) is None:
            publication_work.make.enqueue(half_yearly, after, note, request.user.pk)
        return
    said = publication_work.publish_now(half_yearly, after, note, request.user)
    if "done" in said:
        messages.success(request, said["done"])
    else:
        messages.error(request, said["refused"])


def _next(rhythm: str) -> dict:
    today = timezone.localdate()
    return {"label": RHYTHMS[rhythm].label, "day": calendar.next_day(rhythm, today)}
