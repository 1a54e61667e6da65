"""What there is: tables, their variables and code lists, and how the API may be used."""

from .. import tables
from ..publication import Figures
from . import dataset
from .addresses import LANGUAGE, LICENSE, SOURCE, href, link, moment
from .codelists import Codelist, period_of
from .query import MAX_CELLS, build, whole

VERSION = "2.0"
CALLS, SECONDS = 60, 60
FORMATS = ("json-stat2", "csv", "xlsx", "px")


def config() -> dict:
    return {
        "apiVersion": VERSION,
        "appVersion": VERSION,
        "languages": [{"id": LANGUAGE, "label": "Svenska"}],
        "defaultLanguage": LANGUAGE,
        "maxDataCells": MAX_CELLS,
        "maxCallsPerTimeWindow": CALLS,
        "timeWindow": SECONDS,
        "license": LICENSE,
        "sourceReferences": [{"language": LANGUAGE, "text": f"Källa: {SOURCE}"}],
        "defaultDataFormat": FORMATS[0],
        "dataFormats": list(FORMATS),
        "features": [{"id": "CORS", "params": [{"key": "enabled", "value": "True"}]}],
    }


def found_tables(question: str) -> list[tables.Table]:
    """The tables that hold every word of the question in their id, label or variables."""
    words = question.lower().split()
    return [
        table
        for table in tables.TABLES.values()
        if all(
            word in f"{table.id} {table.label} {' '.join(dataset.variable_labels(table))}".lower()
            for word in words
        )
    ]


def entry(figures: Figures, table: tables.Table) -> dict:
    period = period_of(table)
    return {
        "id": table.id,
        "label": dataset.title(table),
        "description": dataset.described(figures, table),
        "updated": moment(figures),
        "firstPeriod": figures.codes[period][0],
        "lastPeriod": figures.codes[period][-1],
        "category": "public",
        "variableNames": dataset.variable_labels(table),
        "discontinued": False,
        "source": SOURCE,
        "timeUnit": "Monthly" if period == "manad" else "Annual",
        "links": [
            link("self", href("api-table", table.id)),
            link("metadata", href("api-metadata", table.id)),
            link("data", href("api-data", table.id)),
            link("describedby", href("data-table", table.id)),
        ],
    }


def page(figures: Figures, found: list[tables.Table], number: int, size: int) -> dict:
    """One page of a list of tables; past the end it is empty."""
    shown = found[(number - 1) * size : number * size]
    return {
        "language": LANGUAGE,
        "tables": [entry(figures, table) for table in shown],
        "page": {
            "pageNumber": number,
            "pageSize": size,
            "totalElements": len(found),
            "totalPages": max(1, -(-len(found) // size)),
        },
        "links": [link("self", href("api-tables"))],
    }


def metadata(figures: Figures, table: tables.Table) -> dict:
    """JSON-stat without values: every variable with all its codes."""
    return dataset.frame(figures, whole(figures, table)) | {"value": None}


def selection(figures: Figures, table: tables.Table) -> dict:
    """The default selection, with every value written out."""
    question = build(figures, table, {}, {})
    return {
        "language": LANGUAGE,
        "selection": [
            {"variableCode": one.code, "valueCodes": list(one.values)}
            for one in question.dimensions
        ],
        "placement": {"stub": list(question.stub), "heading": list(question.heading)},
        "links": [link("self", href("api-selection", table.id))],
    }


def codelist(one: Codelist) -> dict:
    members = one.members or {}
    return {
        "id": one.id,
        "label": one.label,
        "language": LANGUAGE,
        "languages": [LANGUAGE],
        "elimination": False,
        "type": one.type,
        "values": [
            {"code": code, "label": label, "valueMap": list(members.get(code, [code]))}
            for code, label in one.values.items()
        ],
        "links": [link("self", href("api-codelist", one.id))],
    }
