"""The page of one delivery, and what people do with it there."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from .. import audit, rights
from ..access import staff_only
from ..disclosure import TOTAL
from ..ingestion import originals
from ..ingestion.findings import UnusableFile
from ..ingestion.headers import KINDS, checked_names, column_of
from ..models import Delivery
from ..tables import PLACES
from . import annotated, queue, steps
from .columns import COLUMNS
from .views_send import STAFF, START
from .words import choices_of, file_facts, status_of

LIST = {"url": "/personal/leveranser/", "depth": 3, "title": "Leveranser"}
SHOWN_AT_FIRST = 5
PAGE = 100
_TOO_LATE = "Någon annan har redan bestämt om leveransen. Här är vad som gäller."
_CHANGED = (
    "Rapporten eller beslutet har ändrats sedan du läste. Inget är ändrat: läs och bestäm igen."
)


def _delivery(request, pk) -> Delivery:
    """The delivery, for whoever may see those of its source; for all others there is none."""
    found = Delivery.objects.select_related(
        "source", "original", "sent_by", "decided_by", "approved_by", "batch"
    )
    delivery = get_object_or_404(found, pk=pk)
    if not rights.may_see_deliveries(request.user, delivery.source):
        raise Http404
    return delivery


@staff_only(rights.may_send_something)
@require_safe
def delivery_page(request, pk):
    """How far it has come; once it is read, the report and the choice."""
    delivery = _delivery(request, pk)
    queue.revive(delivery)
    mark = delivery.mark
    _name_places(delivery)
    may = _may(request.user, delivery)
    return render(
        request,
        "statistics/staff/delivery.html",
        {
            "breadcrumbs": [START, STAFF, LIST],
            "breadcrumb_title": delivery.file_name,
            "delivery": delivery,
            "mark": mark,
            "status": status_of(delivery),
            "may": may,
            "groups": _groups(delivery),
            "choices": choices_of(delivery),
            "mapping": _mapping(delivery) if may["decide"] else None,
            "file_facts": file_facts(delivery),
        },
    )


def _may(user, delivery) -> dict[str, bool]:
    status, source = delivery.status, delivery.source
    sends = rights.may_send(user, source)
    return {
        "decide": sends and status in (Delivery.Status.REPORTED, Delivery.Status.FAILED),
        "approve": status == Delivery.Status.APPROVING
        and user != delivery.decided_by
        and rights.may_approve(user, source, delivery.sent_by),
        "withdraw": status == Delivery.Status.TAKEN_IN
        and delivery.batch.withdrawn_at is None
        and rights.may_withdraw(user, source),
        "fetch": user == delivery.sent_by and delivery.original.is_kept and bool(delivery.kind),
    }


def _groups(delivery) -> dict[str, list]:
    """The report's groups, each with its first findings: one query for all of them."""
    report = delivery.report or {}
    listed = {kind: report.get(kind, []) for kind in ("errors", "warnings")}
    first: dict[int, list] = {}
    for finding in _first_findings(delivery, sum(map(len, listed.values()))):
        first.setdefault(finding.group, []).append(finding)
    return {
        kind: [group | {"first": first.get(group["number"], [])} for group in groups]
        for kind, groups in listed.items()
    }


def _first_findings(delivery, groups: int):
    if not groups or delivery.is_under_way:
        return []
    return delivery.findings.raw(
        """
        SELECT f.* FROM generate_series(1, %s) AS g(number)
        CROSS JOIN LATERAL (
            SELECT * FROM statistics_deliveryfinding
            WHERE delivery_id = %s AND "group" = g.number ORDER BY "row", id LIMIT %s
        ) f ORDER BY f."group", f."row", f.id
        """,
        [groups, delivery.pk, SHOWN_AT_FIRST],
    )


def _name_places(delivery) -> None:
    names = PLACES | {TOTAL: "Hela regionen och alla andra"}
    for line in ((delivery.report or {}).get("effect") or {}).get("lines", []):
        line["name"] = names.get(line["place"], line["place"])


def _mapping(delivery) -> dict | None:
    """What headers may be said to mean, where some are unknown and it is not too late."""
    report, mapped = delivery.report or {}, delivery.column_names
    if not delivery.original.is_kept:
        return None
    missing = report.get("missing")
    if missing and delivery.status == Delivery.Status.FAILED:
        kind = missing["kind"]
        headers = [h for h in missing["headers"] if column_of(h) not in KINDS[kind].columns]
    elif "columns" in report and delivery.kind:
        kind = delivery.kind
        read = report["columns"]["read"]
        told = {each["header"]: each["column"] for each in read if each["how"] == "mapping"}
        headers, mapped = [*report["columns"]["ignored"], *told], told
    else:
        return None
    choices = [{"header": each, "chosen": mapped.get(each, "")} for each in dict.fromkeys(headers)]
    return (
        {
            "kind": kind,
            "needed": missing["needed"] if missing else [],
            "choices": choices,
            "columns": COLUMNS[kind],
        }
        if choices
        else None
    )


@staff_only(rights.may_send_something)
@require_safe
def findings(request, pk, group):
    """All findings of one group, page by page."""
    delivery = _delivery(request, pk)
    report = delivery.report or {}
    groups = [*report.get("errors", []), *report.get("warnings", [])]
    found = next((each for each in groups if each["number"] == group), None)
    if found is None:
        raise Http404
    pages = Paginator(delivery.findings.filter(group=group).order_by("row", "id"), PAGE)
    context = {
        "breadcrumbs": [
            START,
            STAFF,
            LIST,
            {"url": f"/personal/leveranser/{pk}/", "depth": 4, "title": delivery.file_name},
        ],
        "breadcrumb_title": found["heading"],
        "delivery": delivery,
        "group": found,
        "page_of": pages.get_page(request.GET.get("sida")),
    }
    return render(request, "statistics/staff/findings.html", context)


@staff_only(rights.may_send_something)
@require_POST
def decide(request, pk):
    """Take all in, take the right rows, or leave it."""
    delivery = _delivery(request, pk)
    if not rights.may_send(request.user, delivery.source):
        raise Http404
    wanted = request.POST.get("beslut", "")
    if wanted not in [choice["value"] for choice in choices_of(delivery)]:
        messages.error(request, "Välj ett av alternativen. Inget är ändrat.")
        return redirect("deliveries:delivery", pk)
    if request.POST.get("last") != delivery.mark:
        messages.error(request, _CHANGED)
        return redirect("deliveries:delivery", pk)
    return _step(request, pk, lambda: steps.decide(delivery, wanted, request.user))


@staff_only(rights.may_send_something)
@require_POST
def approve(request, pk):
    """The second pair of eyes, which is another person's."""
    delivery = _delivery(request, pk)
    if not _may(request.user, delivery)["approve"]:
        messages.error(
            request, "Beslutet godkänns av en statistikansvarig som inte själv har fattat det."
        )
        return redirect("deliveries:delivery", pk)
    if request.POST.get("last") != delivery.mark:
        messages.error(request, _CHANGED)
        return redirect("deliveries:delivery", pk)
    if request.POST.get("svar") == "ja":
        return _step(request, pk, lambda: steps.approve(delivery, request.user))
    reason = request.POST.get("skal", "")
    return _step(request, pk, lambda: steps.refuse(delivery, request.user, reason))


@staff_only(rights.may_send_something)
@require_POST
def map_columns(request, pk):
    """What unknown headers mean; the file is read anew with that."""
    delivery = _delivery(request, pk)
    mapping = _mapping(delivery) if _may(request.user, delivery)["decide"] else None
    kind = request.POST.get("slag", "")
    if mapping is None or kind not in KINDS:
        messages.error(request, _TOO_LATE)
        return redirect("deliveries:delivery", pk)
    known = {choice["header"] for choice in mapping["choices"]}
    given = zip(request.POST.getlist("rubrik"), request.POST.getlist("kolumn"), strict=False)
    # Of a file with a report, "" says that a column is not to be read; else it says nothing.
    names = {
        header: column
        for header, column in given
        if header in known and (column or not mapping["needed"])
    }
    try:
        checked_names(names)
    except UnusableFile as error:
        messages.error(request, str(error))
        return redirect("deliveries:delivery", pk)
    return _step(request, pk, lambda: steps.read_again(delivery, names=names))


def _step(request, pk, take):
    try:
        take()
    except steps.TooLate:
        messages.error(request, _TOO_LATE)
    return redirect("deliveries:delivery", pk)


@staff_only(rights.may_send_something)
@require_safe
def annotated_file(request, pk, ending):
    """The sender's own file back, with what was found marked in it; to nobody else."""
    delivery = _delivery(request, pk)
    if request.user != delivery.sent_by or not delivery.original.is_kept:
        raise Http404
    data = originals.content_of(delivery.original)
    try:
        content = annotated.make(delivery, data, ending)
    except UnusableFile as error:
        messages.error(request, str(error))
        return redirect("deliveries:delivery", pk)
    audit.record(
        audit.Action.FETCHED_ORIGINAL,
        request.user,
        source=delivery.source,
        sha256=delivery.original.sha256,
        detail=delivery.file_name,
    )
    response = HttpResponse(content, content_type=annotated.CONTENT_TYPES[ending])
    name = f"leverans-{delivery.pk}-med-anmarkningar.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
