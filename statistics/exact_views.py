"""``/personal/statistik/``: the dashboard with exact figures, for those with a right to them."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from . import audit, choices, codes, exact, exports, figures, rights, schools, tables
from .access import staff_only
from .drawn import with_chart
from .publication import newest
from .selection import HOME, SCHOOL, Selection, joined, parse
from .views import answer

PUBLISHED = "publicerat"
_WAY = [{"url": "/", "depth": 2, "title": "Start"}]
_WAY += [{"url": "/personal/", "depth": 3, "title": "För personal"}]


@staff_only(rights.may_read_something_exact)
@require_safe
def dashboard(request):
    """All figures of a selection, exact; or as the public sees them, on request."""
    if request.GET.get("visa") == PUBLISHED:
        return _published(request)
    with exact.figures(request.user, _perspective(request)) as found:
        asked = _asked(request, found)
        selection, refused = _within(asked, found)
        _log(request, audit.Action.READ_EXACT, found, selection)
        return _page(request, found, selection, (*refused, *asked.problems))


@staff_only(rights.may_read_something_exact)
@require_safe
def table(request, figure, ending):
    """The table of a figure as a file: the protected one, unless the exact one is asked for."""
    if request.GET.get("exakt") != "ja":
        query = request.GET.urlencode()
        return redirect(f"{reverse('statistics:table', args=[figure, ending])}?{query}")
    with exact.figures(request.user, _perspective(request)) as found:
        asked = _asked(request, found)
        selection, refused = _within(asked, found)
        if refused:
            raise PermissionDenied
        try:
            built = figures.build(figure, found, selection)
        except KeyError as error:
            raise Http404("Det finns ingen sådan figur.") from error
        if built is None:
            raise Http404("Figuren finns inte i det här urvalet.")
        name = exports.file_name(built, found, ending)
        _log(request, audit.Action.FETCHED_EXACT, found, selection, name)
        return _file(built, found, name, ending)


def _file(built, found, name, ending):
    if ending == "xlsx":
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        response = HttpResponse(exports.as_xlsx(built, found), content_type=kind)
    else:
        kind = "text/csv; charset=utf-8"
        response = HttpResponse(exports.as_csv(built, found), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _published(request):
    published = newest()
    if published is None:
        raise Http404("Det finns ingen publicering än.")
    selection = _asked(request, published)
    return _page(request, published, selection, selection.problems)


def _page(request, found, selection, problems):
    context = {
        "breadcrumbs": _WAY,
        "breadcrumb_title": "Exakta uppgifter",
        "published": found,
        "selection": selection,
        "problems": problems,
        "answer": answer(found, selection),
        "figures": [with_chart(figure) for figure in figures.build_all(found, selection)],
        "form": _form(found, selection),
        "here": reverse("exact:dashboard"),
        "shows": "" if found.exact else PUBLISHED,
    }
    return render(request, "statistics/exact/dashboard.html", context)


def _form(found, selection):
    """The dashboard's choices, cut to the municipalities that the figures are of."""
    form = choices.form(found, selection)
    if not found.whole_region:
        mine = [place for place in form["places"] if place.code in _places(found)]
        boxes = [one for one in form["boxes"] if one["name"] != "kommun"]
        form |= {"places": mine, "boxes": boxes}
    return form


def _perspective(request) -> str:
    return SCHOOL if SCHOOL in request.GET.getlist("perspektiv") else HOME


def _asked(request, found) -> Selection:
    query = request.GET.copy()
    query["perspektiv"] = _perspective(request)  # the rows at hand are of this one
    asked = parse(query, found.codes["lasar"], found.data_date, found.schools)
    return schools.fitted(asked, found)


def _within(asked: Selection, found) -> tuple[Selection, tuple[str, ...]]:
    """The selection cut to what the figures are of, and what to say where that cut something."""
    if found.whole_region:
        return asked, ()
    places = _places(found)
    where = schools.places(found) if asked.skolenhet else {}
    mine = tuple(code for code in asked.skolenhet if where[code] in places)
    others = [tables.PLACES[code] for code in asked.kommun if code not in places]
    # The rows of a school elsewhere are not counted: it would seem to have none.
    others += [found.schools[code] for code in asked.skolenhet if code not in mine]
    refused = (
        f"Du har rätt till exakta uppgifter om {joined(tables.PLACES[code] for code in places)}."
        f" {joined(others)} har lämnats utanför.",
    )
    return replace(asked.at(places), skolenhet=mine), refused if others else ()


def _places(found) -> tuple[str, ...]:
    return tuple(codes.region_code(code) for code in found.municipalities)


def _log(request, action, found, selection, name=""):
    asked = ("lasar", selection.place_variable, "kon", "alder", "programtyp", "program")
    about = selection.words(*asked)
    rows = figures.headline_count(found, selection).value
    audit.record(action, request.user, rows=rows, detail=f"{name} {about}".strip())
