"""What ``/fallstudier/`` shows for a query string: list, map, results or a comparison."""

from urllib.parse import urlencode

from .atlas.view import atlas_context
from .compare import MOST, comparison
from .listing import browse_cases, chosen_filters, live_cases
from .results import results

VIEWS = {
    "lista": "Alla fallstudier",
    "karta": "Karta",
    "resultat": "Så svarade de på utvärderingen",
}
# Slugs of a comparison that are looked at before the rest is left out.
MOST_READ = 20


def chosen_view(params) -> str:
    """The view that is asked for; the list where it is not known."""
    if len(_slugs(params)) > 1:
        return "jamfor"
    view = params.get("visning", "")
    return view if view in VIEWS else "lista"


def index_context(params) -> dict:
    """Everything of the chosen view, and sentences on what was dropped."""
    view = chosen_view(params)
    if view == "jamfor":
        return _compared(params)
    browse, read = browse_cases(params, with_items=view == "lista")
    answer = chosen_filters(browse)
    asked = params.get("visning", "")
    if asked and asked not in VIEWS:
        browse.dropped.append(f"Visningen ”{asked[:40]}” finns inte. Här är listan.")
    if len(_slugs(params)) == 1:
        browse.dropped.append("Välj minst två fallstudier att jämföra.")
    shared = {"view": view, "browse": browse, "views": _switch(view, answer)}
    if view == "karta":
        places = [read.cases[key]["kommun"] for key in browse.keys]
        return shared | {"atlas": atlas_context(places, answer)}
    if view == "resultat":
        return shared | {"results": results(browse.keys)}
    return shared


def _switch(view, answer) -> list[dict]:
    """The views with their addresses, which keep the filters."""
    kept = {name: value for name, value in answer.items() if value}
    return [
        {
            "label": label,
            "url": "?" + urlencode(kept | ({"visning": code} if code != "lista" else {})),
            "is_shown": code == view,
        }
        for code, label in VIEWS.items()
    ]


def _slugs(params) -> list[str]:
    return list(dict.fromkeys(slug for slug in params.getlist("jamfor") if slug))


def _compared(params) -> dict:
    asked = [slug for slug in _slugs(params)[:MOST_READ] if "\x00" not in slug]
    found = {case.slug: case for case in live_cases().filter(slug__in=asked)}
    cases = [found[slug] for slug in asked if slug in found]
    missing = [slug for slug in asked if slug not in found]
    dropped = [f"”{slug[:40]}” finns inte bland fallstudierna." for slug in missing]
    if len(cases) > MOST:
        dropped.append("Högst fyra fallstudier går att jämföra. Här är de fyra första.")
    return {"view": "jamfor", "dropped": dropped, "compared": comparison(cases[:MOST])}
