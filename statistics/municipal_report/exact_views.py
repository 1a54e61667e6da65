"""``/personal/statistik/kommun/<kod>/rapport/``: the report with exact figures, for those with a
right to them. Who does not ask for them by ``exakt=ja`` gets the published one."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from pluginnovation.core.pdf import pdf_response

from .. import audit, exact, rights
from ..access import staff_only
from ..publication import newest
from .advice import advice
from .document import document, file_name
from .report import build
from .views import START, context_of, known_place, query_of, selection_of

_ASKED = "exakt=ja"


@staff_only(rights.may_read_something_exact)
@require_safe
def page(request, place):
    known_place(place)
    if request.GET.get("exakt") != "ja":
        return redirect("statistics:report", place)
    with exact.figures(request.user) as found:
        report = _report(request, place, found)
        _log(request, audit.Action.READ_EXACT, report)
        here = reverse("exact:report", args=[place])
        pdf = reverse("exact:report-pdf", args=[place])
        context = context_of(report) | {
            "breadcrumbs": [START, {"url": "/personal/", "depth": 3, "title": "För personal"}],
            "here": here,
            "pdf": f"{pdf}?{query_of(report)}&{_ASKED}",
            "public": reverse("statistics:report", args=[place]),
        }
        answer = TemplateResponse(request, "statistics/municipal_report/page.html", context)
        return answer.render()


@staff_only(rights.may_read_something_exact)
@require_safe
def file(request, place):
    known_place(place)
    if request.GET.get("exakt") != "ja":
        return redirect("statistics:report-pdf", place)
    with exact.figures(request.user) as found:
        report = _report(request, place, found)
        name = file_name(report)
        _log(request, audit.Action.FETCHED_EXACT, report, f"{name}.pdf")
        here = reverse("exact:report", args=[place])
        address = f"{settings.SITE_URL}{here}?{query_of(report)}&{_ASKED}"
        return pdf_response(document(report, address, advice()), name)


def _report(request, place, found):
    """Of a municipality that the user has a right to; the region is exact for nobody else."""
    if not rights.may_read_exact(request.user, [place]):
        raise PermissionDenied
    selection = selection_of(request, place, found)
    return build(found, selection, found if found.whole_region else newest())


def _log(request, action, report, name=""):
    about = f"{name} Kommunrapport, {report.selection.words('lasar', 'hemkommun')}"
    rows = report.figures.total("avbrott", **report.selection.chosen("hemkommun", "lasar")).value
    audit.record(action, request.user, rows=rows, detail=about.strip())
