"""What a block shows: published figures for its selection, or why there is nothing to show."""

import hashlib
from dataclasses import replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from .. import charts, figures, permalinks
from ..selection import parse

# The figures that stand alone in a text, in the words of the choice.
TITLES = {
    "manader": "När avbrotten sker (månad för månad)",
    "flode": "Från avbrottet till nu (efter 3, 6, 12 och 24 månader)",
    "aktivitet": "Vad de gör nu",
    "langd": "Hur långa avbrotten blir",
    "examen": "Vilka som ändå tar examen",
    "alder": "Hur gamla eleverna är",
    "programtyp": "Vilka program de lämnar",
    "kommuner": "Kommunerna bredvid varandra",
    "skolor": "Skola för skola (efter skolkommun)",
}


class Unusable(ValueError):
    """The block cannot be shown: ``text`` says why to an editor, ``field`` is the one to change."""

    def __init__(self, field: str, text: str):
        super().__init__(text)
        self.field, self.text = field, text


def shown_figure(value, draw: bool = True) -> dict:
    """The context of the block's template. Reads a publication, never a record.

    ``Unusable`` where the publication, a code or the figure is not there (any more).
    """
    asked = permalinks.asked(QueryDict(urlencode({"publicering": value.get("publicering") or ""})))
    if asked.withdrawn:
        raise Unusable("publicering", f"Publicering {asked.withdrawn.number} är indragen.")
    if asked.problems:
        raise Unusable(
            "publicering",
            f"Publicering {value.get('publicering')} finns inte. Lämna tomt för den senaste.",
        )
    if asked.figures is None:
        raise Unusable("figure", "Det finns ingen publicering av statistiken än att visa.")
    selection = _selection(value, asked)
    name = value.get("figure")
    try:
        figure = figures.build(name, asked.figures, selection)
    except KeyError as error:
        raise Unusable("figure", f"Figuren ”{name}” finns inte. Välj en i listan.") from error
    if figure is None:
        raise Unusable(
            "figure",
            f"Figuren ”{TITLES.get(name, name)}” finns inte i det valda perspektivet. Byt figur"
            " eller perspektiv.",
        )
    context = {
        "published": asked.figures,
        "selection": selection,
        "figure": figure,
        "address": f"{reverse('statistics:dashboard')}?{selection.query}#{figure.id}",
        "newer": asked.newer,
    }
    return context | _drawings(figure, selection) if draw else context


def _selection(value, asked):
    query = QueryDict(mutable=True)
    years = [year.strip() for year in (value.get("lasar") or "").split(",") if year.strip()]
    query.setlist("lasar", years)
    query.setlist("kommun", value.get("kommun") or [])
    for name in ("perspektiv", "kon", "programtyp"):
        if value.get(name):
            query[name] = value[name]
    found = asked.figures
    for field in ("lasar", "kommun", "perspektiv", "kon", "programtyp"):
        one = QueryDict(mutable=True)
        one.setlist(field, query.getlist(field))
        problems = parse(one, found.codes["lasar"], found.data_date).problems
        if problems:
            hint = (
                f" Läsår som finns: {', '.join(found.codes['lasar'])}." if field == "lasar" else ""
            )
            raise Unusable(field, f"{_now(problems[0])}{hint}")
    selection = parse(query, found.codes["lasar"], found.data_date)
    if selection.problems:
        # Each is right by itself; of what cannot stand together the programme type gives way.
        raise Unusable("programtyp", _now(selection.problems[0]))
    return replace(selection, publicering=asked.number)


def _now(problem):
    """The dashboard's sentence without what it says of having left the value out."""
    return f"{problem.split(' och har lämnats')[0]}."


def _drawings(figure, selection):
    """Drawn for a narrow and a wide place; ids of their own, so that two may stand on a page."""
    digest = hashlib.sha256(selection.query.encode()).hexdigest()[:8]
    name = f"{figure.id}-{digest}"
    drawn = {
        "marked": replace(figure, id=name),
        "name": name,
    }
    if figure.chart is None:
        return drawn
    sizes = (("narrow", charts.NARROW), ("wide", charts.WIDE))
    return drawn | {
        kind: charts.svg(figure.chart(size), figure.title, figure.description, f"{name}-{kind}")
        for kind, size in sizes
    }
