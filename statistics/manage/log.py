"""The audit log, to read: newest first, by what was done, by whom, for which source."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import rights
from ..access import staff_only
from ..models import AuditEntry
from . import WAY

PER_PAGE = 50
LONGEST = 254


@staff_only(rights.may_read_audit_log)
@require_safe
def log(request):
    asked = {name: _asked(request, name) for name in ("vad", "vem", "kalla")}
    if asked["vad"] not in AuditEntry.Action.values:
        asked["vad"] = ""
    found = AuditEntry.objects.all()
    if asked["vad"]:
        found = found.filter(action=asked["vad"])
    if asked["vem"]:
        found = found.filter(actor__icontains=asked["vem"])
    if asked["kalla"]:
        found = found.filter(source=asked["kalla"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "breadcrumbs": WAY,
        "breadcrumb_title": "Loggen",
        "page": page,
        "asked": asked,
        "actions": AuditEntry.Action.choices,
        "query": urlencode({name: value for name, value in asked.items() if value}),
    }
    return render(request, "statistics/manage/log.html", context)


def _asked(request, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST]
