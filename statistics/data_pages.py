"""The open figures for people: a page of all tables, and one for each with all that is to know."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pluginnovation.core.structured_data import json_ld

from . import tables
from .api import dataset
from .api.addresses import LICENSE, SOURCE, href, moment
from .api.catalogue import CALLS, SECONDS
from .api.codelists import CONTENTS, contents_of, labels, of_variable, period_of
from .api.query import MAX_CELLS, build
from .disclosure import BASE_MINIMUM
from .figures.model import REVIEWED
from .models import Publication
from .publication import Figures, newest
from .publication.record_sets import RHYTHMS

_TRAIL = [
    {"url": "/", "depth": 2, "title": "Start"},
    {"url": "/statistik/", "depth": 3, "title": "Statistik"},
]
_DATA = {"url": "/statistik/data/", "depth": 4, "title": "Öppna data"}
_FORMATS = (
    ("json-stat2", "JSON-stat"),
    ("csv", "CSV"),
    ("xlsx", "Excel"),
    ("px", "PX"),
)
# What a table tells, in the reader's words, and what is easily read into it by mistake.
ABOUT = {
    "avbrott": (
        "Alla studieavbrott efter hemkommun, läsår, kön, ålder och programtyp. Den minsta"
        " byggstenen för frågor om vilka som avbryter.",
        "Den som avbryter två gånger räknas två gånger. Välj personer för att räkna elever; de"
        " finns bara för hela ålders- och programgrupper och där de är minst 100.",
    ),
    "avbrott-skola": (
        "Studieavbrott efter skolans kommun, skola, läsår och kön.",
        "Ett streck betyder att skolan inte fanns det läsåret eller inte ligger i kommunen."
        " Skolor är olika stora och har olika program: antalen säger inget om hur bra en skola är.",
    ),
    "avbrott-manad": (
        "Studieavbrott månad för månad efter hemkommun och kön.",
        "Avbrott rapporteras ofta i efterhand. De senaste månaderna växer i nästa publicering."
        " Jämför med samma månad ett annat år: augusti och januari är alltid höga.",
    ),
    "langd": (
        "Hur länge avbrotten varade, i klasser. Pågående avbrott är en egen klass.",
        "Ett avbrott som pågår kan bli längre. Sena läsår har därför fler korta och pågående.",
    ),
    "aktivitet": (
        "Vad de som avbrutit gör, enligt det senaste som är känt på datadagen.",
        "Utan känd aktivitet betyder att ingen har uppgiften, inte att eleven saknar"
        " sysselsättning.",
    ),
    "flode": (
        "Läget 3, 6, 12 och 24 månader efter avbrottet: tillbaka, examen, annan utbildning,"
        " arbete, annat eller okänt.",
        "Varje tidpunkt står för sig och gäller bara de avbrott som har hunnit så långt.",
    ),
    "examen": (
        "Om den som avbröt har tagit gymnasieexamen inom 24 månader.",
        "Bara avbrott vars 24 månader har gått räknas. Det nationella måttet, examen inom tre år"
        " från skolstarten, räknas på en annan grupp.",
    ),
    "program": (
        "Studieavbrott efter hemkommun, läsår och program.",
        "Äldre programkoder räknas med det program som ersatt dem. Program är olika stora.",
    ),
}


@require_safe
def index(request):
    """All tables, how to fetch them, and what is promised."""
    figures = newest()
    context = {
        "published": figures,
        "tables": [_teaser(table) for table in tables.TABLES.values()],
        "api": href("api-tables"),
        "max_cells": MAX_CELLS,
        "calls": CALLS,
        "seconds": SECONDS,
        "publications": Publication.objects.defer("cells")[:12],
        "breadcrumbs": _TRAIL,
        "breadcrumb_title": "Öppna data",
    }
    return render(request, "statistics/data_index.html", context)


@require_safe
def table(request, table_id):
    """One table: its variables and code lists, quality, protection, how to cite, what changed."""
    found, figures = tables.TABLES.get(table_id), newest()
    if found is None or figures is None:
        raise Http404("Det finns ingen sådan tabell.")
    told, caution = ABOUT[table_id]
    address = href("api-data", table_id)
    context = {
        "published": figures,
        "until": figures.date_of(table_id),
        "late": [
            {"place": tables.PLACES[place], "day": day}
            for place, day in figures.held_places(table_id).items()
        ],
        "rhythm": RHYTHMS[found.rhythm],
        "table": found,
        "title": dataset.title(found),
        "told": told,
        "caution": caution,
        "variables": [_variable(figures, found, code) for code in (*found.variables, CONTENTS)],
        "cells": build(figures, found, {}, {}).size,
        "address": address,
        "files": [(label, f"{address}?outputFormat={code}") for code, label in _FORMATS],
        "sensitive": found.sensitive and tables.VARIABLES[found.sensitive].label,
        "base_minimum": BASE_MINIMUM,
        "reviewed": REVIEWED,
        "changes": changes(found),
        "description": json_ld(_structured(figures, found, told)),
        "breadcrumbs": [*_TRAIL, _DATA],
        "breadcrumb_title": found.label,
    }
    return render(request, "statistics/data_table.html", context)


@require_safe
def catalogue(request):
    """The catalogue for data portals; without a publication it holds no dataset."""
    # Loaded when asked for: rdflib is large, and portals come once a day.
    from .dcat import graph

    content = graph(newest()).serialize(format="pretty-xml", encoding="utf-8")
    return HttpResponse(content, content_type="application/rdf+xml")


def _teaser(one: tables.Table) -> dict:
    return {"id": one.id, "title": dataset.title(one), "told": ABOUT[one.id][0]}


def _variable(figures: Figures, found: tables.Table, code: str) -> dict:
    known = contents_of(found) if code == CONTENTS else labels(figures, code)
    variable = tables.VARIABLES.get(code)
    return {
        "code": code,
        "label": "vad som räknas" if code == CONTENTS else variable.label,
        "values": known.items(),
        "must_be_named": code == period_of(found),
        "total": bool(variable and variable.total),
        "codelists": of_variable(code),
    }


def changes(found: tables.Table) -> list[dict]:
    """What each publication changed in a table's codes, as kept; never in its cells (rule 5)."""
    made = Publication.objects.exclude(changes={}).defer("cells")[:12]
    return [
        {
            "number": one.number,
            "day": one.published_at,
            "anew": found.rhythm in one.changes["rhythms"],
            "parts": [
                {"label": variable.label, **one.changes["codes"][variable.code]}
                for variable in found
                if variable.code in one.changes["codes"]
            ],
        }
        for one in made
        if one.number > 1
    ]


def _structured(figures: Figures, found: tables.Table, told: str) -> dict:
    """schema.org Dataset, for search engines of data."""
    address = href("api-data", found.id)
    kinds = {
        "json-stat2": "application/json",
        "csv": "text/csv",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "px": "application/octet-stream",
    }
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": dataset.title(found),
        "description": f"{told} {dataset.described(figures, found)}",
        "url": href("data-table", found.id),
        "identifier": f"{found.id}-{figures.number}",
        "version": str(figures.number),
        "dateModified": moment(figures),
        "license": LICENSE,
        "isAccessibleForFree": True,
        "inLanguage": "sv",
        "creator": {"@type": "Organization", "name": "PlugInnovation", "url": settings.SITE_URL},
        "creditText": SOURCE,
        "spatialCoverage": "Göteborgsregionen",
        "temporalCoverage": f"{figures.codes['lasar'][0][:4]}-07/{figures.date_of(found.id):%Y-%m}",
        "variableMeasured": [variable.label for variable in found],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kinds[code],
                "contentUrl": f"{address}?outputFormat={code}",
            }
            for code, _ in _FORMATS
        ],
    }
