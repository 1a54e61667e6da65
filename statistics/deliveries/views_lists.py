"""What has been delivered, what waits in quarantine, how a record came to be, and taking back."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Min
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import audit, rights
from ..access import staff_only
from ..ingestion import held_files, quarantine, withdrawal
from ..ingestion.personal_numbers import hides_one
from ..models import Delivery, ImportBatch, QuarantinedRow
from . import history
from .annotated import CONTENT_TYPES, MOST_ROWS_XLSX, TOO_MANY
from .views_delivery import LIST
from .views_send import STAFF, START
from .words import status_of

PAGE = 50
LONG_DAYS = 30
_NUMBER = re.compile("[0-9]{1,18}")
NO_NUMBERS = "Sök på avbrottets id, aldrig på personnummer. Inget avbrott har ett sådant id."


def _sources(request):
    """The user's sources, and the one that is asked for, if it is one of them."""
    sources = list(rights.sources_of(request.user))
    wanted = request.GET.get("kalla", "")
    chosen = next((source for source in sources if source.code == wanted), None)
    return sources, chosen


@staff_only(rights.may_send_something)
@require_safe
def deliveries(request):
    """All files of the user's sources, newest first; what came by command is there too."""
    sources, chosen = _sources(request)
    asked = [chosen] if chosen else sources
    sent = Delivery.objects.filter(source__in=asked).select_related("source", "sent_by", "batch")
    pages = Paginator(sent.defer("report"), PAGE)
    page = pages.get_page(request.GET.get("sida"))
    # The words of a file that waits for a decision count its wrong rows: from its report.
    wrong = dict(
        Delivery.objects.filter(pk__in=[each.pk for each in page], status="reported").values_list(
            "pk", "report__counts__wrong"
        )
    )
    others = ImportBatch.objects.filter(source__in=asked, delivery=None).select_related("source")
    context = {
        "breadcrumbs": [START, STAFF],
        "breadcrumb_title": "Leveranser",
        "sources": sources,
        "chosen": chosen,
        "page_of": page,
        "rows": [(each, _words(each, wrong.get(each.pk))) for each in page],
        "others": others[:PAGE],
        "held": _held(asked),
        "may_withdraw": bool(asked) and rights.may_withdraw(request.user, asked[0]),
    }
    return render(request, "statistics/staff/deliveries.html", context)


def _words(delivery, wrong):
    if delivery.status == Delivery.Status.REPORTED:
        delivery.report = {"counts": {"wrong": wrong or 0}}
    return status_of(delivery)


def _held(sources) -> dict:
    """How many rows wait in quarantine, and since when."""
    waiting = QuarantinedRow.objects.waiting().filter(source__in=sources)
    return waiting.aggregate(count=Count("id"), since=Min("since"))


@staff_only(rights.may_send_something)
@require_safe
def held_rows(request):
    """The quarantine: what is wrong with each row, and how long it has waited."""
    sources, chosen = _sources(request)
    waiting = _waiting([chosen] if chosen else sources)
    context = {
        "breadcrumbs": [START, STAFF, LIST],
        "breadcrumb_title": "Karantän",
        "sources": sources,
        "chosen": chosen,
        "page_of": Paginator(waiting, PAGE).get_page(request.GET.get("sida")),
        "kinds": waiting.order_by().values_list("kind", flat=True).distinct(),
        "long_days": LONG_DAYS,
        "today": timezone.now(),
    }
    return render(request, "statistics/staff/held_rows.html", context)


def _waiting(sources):
    found = QuarantinedRow.objects.waiting().filter(source__in=sources)
    return found.select_related("batch", "source").order_by("since", "batch", "row_number")


@staff_only(rights.may_send_something)
@require_POST
@transaction.atomic
def dismiss_held_rows(request):
    """Rows that nobody is going to correct leave the quarantine; who said so is logged."""
    asked = [text for text in request.POST.getlist("rad") if _NUMBER.fullmatch(text)]
    waiting = _waiting(rights.sources_of(request.user)).filter(pk__in=asked)
    rows = list(waiting.select_for_update(of=("self",)))
    quarantine.dismiss(rows, request.user)
    for source in {row.source for row in rows}:
        theirs = [row for row in rows if row.source == source]
        audit.record(
            audit.Action.DISMISSED,
            request.user,
            source=source,
            rows=len(theirs),
            detail="; ".join(f"leverans {row.batch_id}, rad {row.row_number}" for row in theirs),
        )
    if rows:
        count = "En rad är avfärdad" if len(rows) == 1 else f"{len(rows)} rader är avfärdade"
        messages.success(request, f"{count}.")
    else:
        messages.error(request, "Kryssa för de rader som ska avfärdas. Inget är ändrat.")
    return redirect("deliveries:held_rows")


@staff_only(rights.may_send_something)
@require_safe
def held_rows_file(request, kind, ending):
    """The held rows as a file of the same columns, ``elev`` empty, the errors beside them."""
    if kind not in ImportBatch.Kind.values:
        raise Http404
    sources, chosen = _sources(request)
    waiting = _waiting([chosen] if chosen else sources).filter(kind=kind)
    if ending == "xlsx" and waiting.count() > MOST_ROWS_XLSX:
        messages.error(request, TOO_MANY)
        return redirect("deliveries:held_rows")
    make = {"csv": held_files.as_csv, "xlsx": held_files.as_xlsx}[ending]
    content = make(kind, waiting.iterator(chunk_size=1000))
    response = HttpResponse(content, content_type=CONTENT_TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="karantan-{kind}.{ending}"'
    return response


@staff_only(rights.may_send_something)
@require_safe
def record_history(request):
    """How one interruption came to be what it is; who it is about is not told."""
    sources, chosen = _sources(request)
    chosen = chosen or (sources[0] if len(sources) == 1 else None)
    local_id = request.GET.get("id", "").strip().replace("\x00", "")[:64]
    if hides_one(local_id):
        messages.error(request, NO_NUMBERS)
        local_id = ""
    asked = bool(chosen and local_id)
    context = {
        "breadcrumbs": [START, STAFF, LIST],
        "breadcrumb_title": "Ett avbrotts historik",
        "sources": sources,
        "chosen": chosen,
        "local_id": local_id,
        "asked": asked,
        "versions": history.versions(chosen, local_id) if asked else [],
    }
    return render(request, "statistics/staff/history.html", context)


@staff_only(rights.may_send_something)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, batch):
    """Take a delivery back: first what goes with it, then, confirmed, the taking back."""
    found = get_object_or_404(ImportBatch.objects.select_related("source"), pk=batch)
    if not rights.may_see_deliveries(request.user, found.source):
        raise Http404
    if not rights.may_withdraw(request.user, found.source):
        raise PermissionDenied
    going = list(withdrawal.affected(found)) if found.withdrawn_at is None else []
    if request.method == "POST":
        return _withdraw(request, found, going)
    context = {
        "breadcrumbs": [START, STAFF, LIST],
        "breadcrumb_title": "Återta en leverans",
        "batch": found,
        "going": going,
    }
    return render(request, "statistics/staff/withdraw.html", context)


def _withdraw(request, batch, going):
    """Only what was shown may go, even where another file comes in at this moment; what went is
    logged, or nothing goes."""
    if not going:
        messages.error(request, "Leveransen var redan återtagen.")
        return redirect("deliveries:list")
    shown = set(request.POST.getlist("med"))
    with transaction.atomic():
        gone = withdrawal.withdraw(batch)
        is_as_shown = shown == {str(each.pk) for each in gone}
        transaction.set_rollback(not is_as_shown)
        for each in gone if is_as_shown else ():
            audit.record(
                audit.Action.WITHDREW,
                request.user,
                source=batch.source,
                sha256=each.sha256,
                rows=each.rows,
                detail=f"leverans {each.pk}: {each.file_name}",
            )
    if not is_as_shown:
        messages.error(
            request, "Det som följer med har ändrats sedan sidan visades. Läs listan igen."
        )
        return redirect("deliveries:withdraw", batch.pk)
    count = "En leverans är återtagen" if len(gone) == 1 else f"{len(gone)} leveranser är återtagna"
    messages.success(request, f"{count}. Det som gällde före gäller igen.")
    return redirect("deliveries:list")
