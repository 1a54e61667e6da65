"""The public pages of the figures. They read the newest publication and no record."""

from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from . import charts, choices, exports, figures, kept, permalinks, schools, sheets, tables
from .disclosure import share
from .drawn import with_chart
from .figures.differences import UNSURE
from .national import completion, sourced
from .publication import Figures, newest
from .selection import HOME, Selection, parse
from .similar import similar

_START = {"url": "/", "depth": 2, "title": "Start"}
_STATISTICS = {"url": "/statistik/", "depth": 3, "title": "Statistik"}


@require_safe
def dashboard(request):
    """All figures for one selection."""
    asked = permalinks.asked(request.GET)
    published = asked.figures
    context = {"breadcrumbs": [_START], "breadcrumb_title": "Statistik", "published": published}
    if asked.withdrawn:
        context |= {"withdrawn": asked.withdrawn}
        return render(request, "statistics/withdrawn.html", context, status=410)
    if published is None:
        return render(request, "statistics/empty.html", context)
    selection = _selection(request, asked)
    return render(
        request,
        "statistics/dashboard.html",
        context
        | kept.dashboard(published, selection)
        | {
            "selection": selection,
            "answer": answer(published, selection),
            "here": reverse("statistics:dashboard"),
            "newer": asked.newer,
        },
    )


@require_safe
def comparison(request):
    """A municipality beside the region, up to three others, its like, and the nation."""
    asked = permalinks.asked(request.GET)
    published = asked.figures
    context = {"breadcrumbs": [_START, _STATISTICS], "breadcrumb_title": "Jämför"}
    context |= {"published": published}
    if asked.withdrawn:
        context |= {"withdrawn": asked.withdrawn}
        return render(request, "statistics/withdrawn.html", context, status=410)
    if published is None:
        return render(request, "statistics/empty.html", context)
    selection = _at_home(_selection(request, asked))
    place = selection.kommun[0] if len(selection.kommun) == 1 else ""
    built = figures.build_comparison(published, selection) if selection.kommun else []
    completed = _completion(place) if place else None
    return render(
        request,
        "statistics/comparison.html",
        context
        | {
            "selection": selection,
            "figures": [with_chart(figure) for figure in built],
            "form": choices.comparison(published, selection),
            "here": reverse("statistics:comparison"),
            "newer": asked.newer,
            "permalink": replace(selection, publicering=published.number).query,
            "like": _like(published, selection, place) if place else None,
            "completion": completed,
            "beside_nation": _beside_nation(completed) if completed else "",
            "nation": sourced.THREE_YEARS[0],
            "unsure": UNSURE,
        },
    )


def _at_home(selection):
    """What became of those who left is known by home municipality, and so is the comparison."""
    if selection.perspektiv == HOME:
        return selection
    told = "Jämförelsen görs efter hemkommun: där eleverna är folkbokförda."
    at_home = replace(selection, perspektiv=HOME, skolenhet=())
    return replace(at_home, problems=(*selection.problems, told))


def _like(published, selection, place):
    """Municipalities of the same size, and the address that compares with them."""
    found = similar(published, place, selection.lasar[-1])
    if found is None:
        return None
    return {
        "names": [tables.PLACES[code] for code in found.places],
        "students": found.students,
        "year": found.year,
        "query": replace(selection, jamfor=found.places).query,
    }


def _completion(place):
    """The first key figure of completion that has a value of this municipality."""
    return next((one for one in completion(place) if one.latest), None)


def _beside_nation(completed):
    """Whole words for what has no protection: both are what the source says."""
    difference = completed.latest.difference
    if difference is None:
        return ""
    if not difference:
        return "Det är lika mycket som i riket."
    way = "högre" if difference > 0 else "lägre"
    return f"Det är {figures.shown(abs(difference))} procentenheter {way} än i riket."


@require_safe
def method(request):
    """Definitions, what is not counted, and how the numbers are protected."""
    context = {"breadcrumbs": [_START, _STATISTICS], "breadcrumb_title": "Metod"}
    return render(request, "statistics/method.html", context | {"published": newest()})


@require_safe
def table(request, figure, ending):
    """The table of a figure as a file."""
    published, found = _found(request, figure)
    return sheets.response(exports.sheet(found, published), ending, whole_address(request))


def whole_address(request) -> str:
    """The address that was asked for, as a file may name it: not with the host of the request."""
    return settings.SITE_URL + request.get_full_path()


@require_safe
def diagram(request, figure, ending):
    """The chart of a figure as a drawing that stands alone."""
    published, found = _found(request, figure)
    if found.chart is None:
        raise Http404("Figuren har inget diagram.")
    drawing = charts.svg(
        found.chart(charts.WIDE),
        found.title,
        found.description,
        found.id,
        _heading(found, published),
    )
    if ending == "png":
        response = HttpResponse(charts.png(drawing), content_type="image/png")
    else:
        response = HttpResponse(drawing, content_type="image/svg+xml; charset=utf-8")
    name = exports.file_name(found, published, ending)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _heading(figure, published):
    mark = ["SYNTETISKA DATA"] if published.synthetic else []
    day = (
        f"Data till och med {figure.until or published.data_date:%Y-%m-%d}. Källa: PlugInnovation."
    )
    return charts.heading(figure.title, [f"{figure.scope}.", day, *mark])


def _found(request, name):
    asked = permalinks.asked(request.GET)
    published = asked.figures
    if asked.withdrawn:
        raise Http404(f"Publicering {asked.withdrawn.number} är indragen.")
    if published is None:
        raise Http404("Det finns ingen publicering än.")
    selection = _selection(request, asked)
    try:
        found = figures.build(name, published, selection)
    except KeyError as error:
        raise Http404("Det finns ingen sådan figur.") from error
    if found is None:
        raise Http404("Figuren finns inte i det här perspektivet.")
    return published, replace(found, notes=(*selection.problems, *found.notes))


def _selection(request, asked: permalinks.Asked) -> Selection:
    published = asked.figures
    years, day = published.codes["lasar"], published.data_date
    found = schools.fitted(parse(request.GET, years, day, published.schools), published)
    return replace(found, publicering=asked.number, problems=(*asked.problems, *found.problems))


def answer(published: Figures, selection: Selection) -> dict:
    """The numbers of the first sentence: interruptions, students, share back, the running year."""
    count = figures.headline_count(published, selection)
    back = share_back = None
    if selection.perspektiv == HOME:
        chosen = selection.chosen("hemkommun", "lasar")
        whole = published.total("flode", efter="3", **chosen)
        back = published.total("flode", efter="3", utfall="AT", **chosen)
        share_back = share(back, whole)
    return {
        "count": figures.shown(count),
        "blocked": count.value is None,
        "margin": count.margin,
        "summed": count.cells > 1,
        "persons": figures.persons(published, selection).value,
        "returned": share_back if selection.all_students else None,
        "so_far": figures.so_far(published, selection),
    }
