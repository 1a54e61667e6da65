"""The page of the national statistics, and its figures as files."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from .. import charts, codes, sheets
from ..publication import newest
from . import beside, delay, sourced
from .kolada import NATION
from .local import completion
from .model import NationalFigure

_TRAIL = [
    {"url": "/", "depth": 2, "title": "Start"},
    {"url": "/statistik/", "depth": 3, "title": "Statistik"},
]


@require_safe
def page(request):
    """What the national statistics say, each with its source and year, and how late it is."""
    place, problem = _place(request)
    published = newest()
    local = _local(place)
    context = {
        "breadcrumbs": _TRAIL,
        "breadcrumb_title": "Nationellt",
        "published": published,
        "delay": _with_drawings(delay.figure(_until(published))),
        "three_years": [_with_drawings(one) for one in sourced.THREE_YEARS],
        "four_years": [_with_drawings(one) for one in sourced.FOUR_YEARS],
        "others": sourced.OTHERS,
        "local": [_with_drawings(one) for one in local],
        "places": [
            {"code": code, "name": name, "chosen": code == place}
            for code, name in codes.REGION.items()
        ],
        "place": codes.REGION.get(place, ""),
        "asked": place if place != NATION else "",
        "problem": problem,
    }
    return render(request, "statistics/national.html", context)


@require_safe
def table(request, figure, ending):
    """The table of a figure as a file."""
    found = _found(request, figure)
    address = settings.SITE_URL + request.get_full_path()
    return sheets.response(found.sheet, ending, address)


@require_safe
def diagram(request, figure, ending):
    """The chart of a figure as a drawing that stands alone, with its sources."""
    found = _found(request, figure)
    if found.chart is None:
        raise Http404("Figuren har inget diagram.")
    drawing = found.drawing(charts.WIDE, found.id, _heading(found))
    if ending == "png":
        answer = HttpResponse(charts.png(drawing), content_type="image/png")
    else:
        answer = HttpResponse(drawing, content_type="image/svg+xml; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{found.sheet.name}.{ending}"'
    return answer


def _heading(found: NationalFigure) -> dict:
    names = list(dict.fromkeys(f"Källa: {one.name}." for one in found.sources))
    return charts.heading(found.title, [found.about, *names])


def _place(request) -> tuple[str, str]:
    """The municipality that is asked for, else the nation; and a sentence where it is none."""
    asked = request.GET.get("kommun", "")
    if asked in codes.REGION or not asked:
        return asked or NATION, ""
    return NATION, "Kommunen i adressen finns inte bland regionens tretton. Här är hela riket."


def _until(published):
    return published.data_date if published else timezone.localdate()


def _local(place: str) -> list[NationalFigure]:
    query = f"kommun={place}" if place != NATION else ""
    return beside.figures(completion(place), codes.REGION.get(place, "Riket"), query)


def _found(request, name) -> NationalFigure:
    """The figure of that name. Http404 where there is none, or nothing is imported for it."""
    for one in sourced.FIGURES:
        if one.id == name:
            return one
    if name == "riket-vantan":
        return delay.figure(_until(newest()))
    place, problem = _place(request)
    if not problem:
        for one in _local(place):
            if one.id == name:
                return one
    raise Http404("Det finns ingen sådan figur.")


def _with_drawings(figure: NationalFigure) -> dict:
    return {
        "figure": figure,
        "narrow": figure.drawing(charts.NARROW, f"{figure.id}-smal"),
        "wide": figure.drawing(charts.WIDE, f"{figure.id}-bred"),
    }
