"""``/statistik/kommun/<kod>/rapport/`` and its PDF: the published numbers of one municipality."""

from dataclasses import replace

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pluginnovation.core.pdf import pdf_response

from .. import codes, permalinks
from ..drawn import with_chart
from ..publication import newest
from ..selection import NAMES, Selection, parse
from .advice import advice
from .document import EXACT_MARK, document, file_name
from .model import Report
from .report import build

START = {"url": "/", "depth": 2, "title": "Start"}
STATISTICS = {"url": "/statistik/", "depth": 3, "title": "Statistik"}
REPORTS = {"url": "/statistik/kommun/", "depth": 4, "title": "Kommunrapporter"}
# What a report does not ask about: it is of a whole municipality, by home, in one school year.
_NOT_ASKED = tuple(name for name in NAMES if name != "lasar")
_IGNORED = (
    "Rapporten gäller alla elever som är folkbokförda i kommunen: övriga val gäller inte här."
)
_ONE_YEAR = "Rapporten gäller ett läsår i taget. Här är det senaste av dem som valdes."


@require_safe
def index(request):
    """The municipalities, each with its report."""
    places = [{"code": code, "name": name} for code, name in codes.REGION.items()]
    context = {
        "published": newest(),
        "places": places,
        "breadcrumbs": [START, STATISTICS],
        "breadcrumb_title": "Kommunrapporter",
    }
    return render(request, "statistics/municipal_report/index.html", context)


@require_safe
def chosen(request):
    """From a form with a municipality to its report; without one, to the list."""
    place = request.GET.get("kommun", "")
    if place not in codes.REGION:
        return redirect("statistics:reports")
    return redirect("statistics:report", place)


@require_safe
def page(request, place):
    known_place(place)
    asked = permalinks.asked(request.GET)
    context = {"breadcrumbs": [START, STATISTICS, REPORTS], "published": asked.figures}
    if asked.withdrawn:
        context |= {"withdrawn": asked.withdrawn, "breadcrumb_title": codes.REGION[place]}
        return render(request, "statistics/withdrawn.html", context, status=410)
    if asked.figures is None:
        context |= {"breadcrumb_title": codes.REGION[place]}
        return render(request, "statistics/empty.html", context)
    report = _published(request, place, asked)
    files = reverse("statistics:report-pdf", args=[place])
    context |= context_of(report) | {
        "newer": asked.newer,
        "here": reverse("statistics:report", args=[place]),
        "pdf": f"{files}?{query_of(report, asked.number)}",
        "permalink": query_of(report, asked.figures.number),
        "newest_query": query_of(report),
    }
    return render(request, "statistics/municipal_report/page.html", context)


@require_safe
def file(request, place):
    """The PDF. Its address within is the permalink: paper does not change."""
    known_place(place)
    asked = permalinks.asked(request.GET)
    if asked.withdrawn:
        raise Http404(f"Publicering {asked.withdrawn.number} är indragen.")
    if asked.figures is None:
        raise Http404("Det finns ingen publicering än.")
    report = _published(request, place, asked)
    here = reverse("statistics:report", args=[place])
    address = f"{settings.SITE_URL}{here}?{query_of(report, asked.figures.number)}"
    return pdf_response(document(report, address, advice()), file_name(report))


def known_place(place):
    if place not in codes.REGION:
        raise Http404("Rapporten finns för Göteborgsregionens tretton kommuner.")


def selection_of(request, place, found) -> Selection:
    """One school year of the municipality; what does not apply is dropped and told of."""
    asked = parse(request.GET, found.codes["lasar"], found.data_date)
    problems = list(asked.problems)
    if any(request.GET.get(name) for name in _NOT_ASKED):
        problems.append(_IGNORED)
    if len(asked.lasar) > 1:
        problems.append(_ONE_YEAR)
    return Selection(asked.lasar[-1:], (place,), problems=tuple(problems))


def query_of(report: Report, number: int | None = None) -> str:
    kept = replace(report.selection, kommun=(), publicering=number)
    return kept.query


def context_of(report: Report) -> dict:
    """What the template of a report needs, whoever may read it."""
    return {
        "report": report,
        "published": report.figures,
        "selection": report.selection,
        "sections": [
            {"section": one, **(with_chart(one.figure) if one.figure else {})}
            for one in report.sections
        ],
        "years": list(reversed(report.figures.codes["lasar"])),
        "advice": advice(),
        "exact_mark": EXACT_MARK,
        "breadcrumb_title": report.name,
    }


def _published(request, place, asked) -> Report:
    selection = selection_of(request, place, asked.figures)
    problems = (*asked.problems, *selection.problems)
    selection = replace(selection, publicering=asked.number, problems=problems)
    return build(asked.figures, selection, asked.figures)
