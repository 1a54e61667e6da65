"""The API described for machines (OpenAPI 3.1), made from the same lists that it answers from.

Each table has paths of its own, so that the description names every variable and every value.
"""

import re

from .. import tables
from ..publication import Figures
from .addresses import LANGUAGE, href
from .catalogue import FORMATS, VERSION
from .codelists import CODELISTS, CONTENTS, contents_of, labels, of_variable, period_of
from .formats import PARAMETERS
from .query import MAX_CELLS, variables_of
from .schemas import SCHEMAS

_PROBLEM = {
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
}
_PROBLEMS = {
    400: "Frågan går inte att tolka",
    403: f"Frågan ger fler än {MAX_CELLS} celler",
    404: "Tabellen, kodlistan eller publiceringen finns inte",
    405: "Metoden stöds inte",
    413: "Frågan är längre än 100 000 byte",
    415: "Frågan är inte JSON",
    429: "För många frågor: vänta så länge som Retry-After säger",
}
_NUMBER = {"type": "integer", "minimum": 1, "maximum": 999_999}
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_OBJECT = {"schema": {"type": "object", "required": ["@context", "url", "tableSchema"]}}


def document(figures: Figures) -> dict:
    """The description of the API for one publication."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Statistik över studieavbrott",
            "version": VERSION,
            "description": "En delmängd av PxWebApi 2. Alla tal är publicerade och skyddade.",
            "license": {"name": "CC0 1.0", "identifier": "CC0-1.0"},
        },
        "servers": [{"url": href("api-config").removesuffix("/config")}],
        "paths": _general_paths() | _table_paths(figures),
        "components": {"schemas": SCHEMAS},
    }


def _parameter(name, schema, description, **more) -> dict:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
        **more,
    }


_LANG = _parameter("lang", {"type": "string", "enum": [LANGUAGE]}, "Språk")
_PUBLICATION = _parameter(
    "publicering", _NUMBER, "Publiceringens nummer; den senaste om det utelämnas"
)


def _operation(summary, schema, *parameters, other=(), problems=(400, 404), **more) -> dict:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    content |= {kind: _OBJECT if kind.endswith("json") else _BINARY for kind in other}
    answers = {"200": {"description": "Svar", "content": content}}
    for status in (*problems, 405, 429):
        answers[str(status)] = {"description": _PROBLEMS[status], **_PROBLEM}
    parameters = [_LANG, *parameters]
    return {"summary": summary, "parameters": parameters, "responses": answers, **more}


def _general_paths() -> dict:
    listing = (
        _PUBLICATION,
        _parameter(
            "query",
            {"type": "string"},
            "Ord som tabellen ska innehålla",
            examples={"month": {"summary": "Tabeller per månad", "value": "månad"}},
        ),
        _parameter("pastDays", _NUMBER, "Bara tabeller som är nyare än så många dagar"),
        _parameter("includeDiscontinued", {"type": "boolean"}, "Påverkar inte svaret"),
        _parameter("pageNumber", _NUMBER, "Sida"),
        _parameter("pageSize", _NUMBER | {"maximum": 100}, "Tabeller per sida"),
    )
    paths = {
        "/config": {"get": _operation("Så får API:t användas", "Config", problems=(400,))},
        "/tables": {"get": _operation("Alla tabeller", "Tables", *listing)},
    }
    for one in CODELISTS.values():
        paths[f"/codelists/{one.id}"] = {
            "get": _operation(f"Kodlistan {one.label}", "Codelist", problems=(400,))
        }
    return paths


def _table_paths(figures) -> dict:
    paths = {}
    for table in tables.TABLES.values():
        start = f"/tables/{table.id}"
        for ending, schema, what in (
            ("", "Table", "Tabellen"),
            ("/metadata", "Dataset", "Variabler och värden i"),
            ("/defaultselection", "Selection", "Det urval som gäller om inget väljs i"),
        ):
            paths[start + ending] = {"get": _operation(f"{what} {table.id}", schema, _PUBLICATION)}
        paths[start + "/data"] = _data(figures, table)
    return paths


def _data(figures, table) -> dict:
    patterns = {code: _pattern(figures, table, code) for code in variables_of(table)}
    described = (*FORMATS, "csv-metadata.json")
    shared = (
        _PUBLICATION,
        _parameter(
            "outputFormatParams",
            {
                "type": "array",
                "items": {"type": "string", "enum": list(PARAMETERS)},
                "minItems": 1,
            },
            "Val för csv och xlsx; av flera som motsäger varandra gäller det första i listan",
            style="form",
            explode=False,
        ),
    )
    files = ("text/csv", _XLSX, "application/octet-stream")
    asked = {"schema": _body(table, patterns), "example": _example_body(table)}
    body = {"content": {"application/json": asked}}
    return {
        "get": _operation(
            f"Data ur {table.id}",
            "Dataset",
            *shared,
            _format(described, "Format; det sista beskriver csv-filen (CSV on the Web)"),
            _values(table, patterns),
            *_codelists(table),
            *_placement(table),
            problems=(400, 403, 404),
            other=(*files, "application/csvm+json"),
        ),
        "post": _operation(
            f"Data ur {table.id} efter ett urval i JSON",
            "Dataset",
            *shared,
            _format(FORMATS, "Format"),
            requestBody=body,
            problems=(400, 403, 404, 413, 415),
            other=files,
        ),
    }


def _format(known, description) -> dict:
    return _parameter("outputFormat", {"type": "string", "enum": list(known)}, description)


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _pattern(figures, table, code) -> dict:
    """One value of a variable, ``*`` or ``top(n)``; the documentation tells of some more."""
    known = contents_of(table) if code == CONTENTS else labels(figures, code)
    either = "|".join([r"\*", r"top\([1-9][0-9]{0,2}\)", *map(re.escape, known)])
    return {"one": f"^(?:{either})$", "several": f"^(?:{either})(?:,(?:{either}))*$"}


def _values(table, patterns) -> dict:
    properties = {
        code: {"type": "string", "pattern": pattern["several"]}
        for code, pattern in patterns.items()
    }
    schema = {
        "type": "object",
        "properties": properties,
        "required": [period_of(table)],
        "additionalProperties": False,
    }
    return _parameter(
        "valuecodes",
        schema,
        "Valda värden av varje variabel",
        style="deepObject",
        explode=True,
        example={period_of(table): "top(2)", table.variables[-1]: "*"},
    )


def _example_body(table) -> dict:
    """All values of the table's last variable for the two newest periods."""
    chosen = {table.variables[-1]: ["*"]} | {period_of(table): ["top(2)"]}
    return {
        "selection": [
            {"variableCode": code, "valueCodes": values} for code, values in chosen.items()
        ]
    }


def _codelists(table) -> list[dict]:
    properties = {
        code: {"type": "string", "enum": [one.id for one in of_variable(code)]}
        for code in table.variables
        if of_variable(code)
    }
    if not properties:
        return []
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    said = "Kodlista som * och top() gäller inom"
    return [_parameter("codelist", schema, said, style="deepObject", explode=True)]


def _placement(table) -> list[dict]:
    several = {
        "type": "array",
        "items": {"type": "string", "enum": list(variables_of(table))},
        "uniqueItems": True,
        "minItems": 1,
    }
    return [
        _parameter("stub", several, "Variabler i raderna", style="form", explode=False),
        _parameter("heading", several, "Variabler i kolumnerna", style="form", explode=False),
    ]


def _body(table, patterns) -> dict:
    """A ``VariablesSelection`` of this table: empty, or with the variable of time in it."""
    items = [
        {
            "type": "object",
            "required": ["variableCode"],
            "properties": {
                "variableCode": {"const": code},
                "valueCodes": {
                    "type": ["array", "null"],
                    "items": {"type": "string", "pattern": pattern["one"]},
                },
                "codelist": {"enum": [None, *(one.id for one in of_variable(code))]},
            },
        }
        for code, pattern in patterns.items()
    ]
    period = list(patterns).index(period_of(table))
    several = {
        "type": ["array", "null"],
        "items": {"type": "string", "enum": list(patterns)},
        "uniqueItems": True,
    }
    placement = {"type": ["object", "null"], "properties": {"stub": several, "heading": several}}
    return {
        "type": "object",
        "properties": {
            "selection": {
                "anyOf": [
                    {"type": "array", "maxItems": 0},
                    {"type": "array", "items": {"anyOf": items}, "contains": items[period]},
                ]
            },
            "placement": placement,
        },
    }
