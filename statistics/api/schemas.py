"""The shapes of the answers, as JSON Schema, named as in PxWebApi 2."""

_TEXT = {"type": "string"}
_WHOLE = {"type": "integer", "minimum": 0}
_TEXTS = {"type": "array", "items": _TEXT}
_BY_CODE = {"type": "object", "additionalProperties": _TEXT}


def _object(**properties) -> dict:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(of: dict) -> dict:
    return {"type": "array", "items": of}


_LINKS = _list(_object(rel=_TEXT, hreflang=_TEXT, href=_TEXT))
_TABLE = _object(
    id=_TEXT,
    label=_TEXT,
    description=_TEXT,
    updated=_TEXT | {"format": "date-time"},
    firstPeriod=_TEXT,
    lastPeriod=_TEXT,
    variableNames=_TEXTS,
    timeUnit={"enum": ["Annual", "Monthly"]},
    links=_LINKS,
)
_CATEGORY = {
    "type": "object",
    "required": ["index", "label"],
    "properties": {
        "index": {"type": "object", "additionalProperties": _WHOLE},
        "label": _BY_CODE,
        "child": {"type": "object", "additionalProperties": _TEXTS},
        "unit": {"type": "object"},
    },
}
_DATASET = {
    "type": "object",
    "required": ["version", "class", "id", "size", "dimension", "value"],
    "properties": {
        "version": {"const": "2.0"},
        "class": {"const": "dataset"},
        "href": _TEXT,
        "label": _TEXT,
        "source": _TEXT,
        "updated": _TEXT | {"format": "date-time"},
        "note": _TEXTS,
        "role": {"type": "object", "additionalProperties": _TEXTS},
        "id": _TEXTS,
        "size": _list(_WHOLE),
        "dimension": {
            "type": "object",
            "additionalProperties": _object(
                label=_TEXT, category=_CATEGORY, extension={"type": "object"}
            ),
        },
        "value": {"type": ["array", "null"], "items": {"type": ["integer", "null"]}},
        "status": {"type": "object", "additionalProperties": {"enum": ["..", "-"]}},
        "extension": {"type": "object"},
    },
    "additionalProperties": False,
}

SCHEMAS = {
    "Config": _object(
        apiVersion=_TEXT,
        appVersion=_TEXT,
        languages=_list(_object(id=_TEXT, label=_TEXT)),
        defaultLanguage=_TEXT,
        maxDataCells=_WHOLE,
        maxCallsPerTimeWindow=_WHOLE,
        timeWindow=_WHOLE,
        license=_TEXT,
        sourceReferences=_list(_object(language=_TEXT, text=_TEXT)),
        defaultDataFormat=_TEXT,
        dataFormats=_TEXTS,
        features=_list({"type": "object"}),
    ),
    "Table": _TABLE
    | {
        "required": [*_TABLE["required"], "language"],
        "properties": _TABLE["properties"] | {"language": _TEXT},
    },
    "Tables": _object(
        language=_TEXT,
        tables=_list(_TABLE),
        page=_object(pageNumber=_WHOLE, pageSize=_WHOLE, totalElements=_WHOLE, totalPages=_WHOLE),
        links=_LINKS,
    ),
    "Dataset": _DATASET,
    "Selection": _object(
        language=_TEXT,
        selection=_list(_object(variableCode=_TEXT, valueCodes=_TEXTS)),
        placement=_object(stub=_TEXTS, heading=_TEXTS),
        links=_LINKS,
    ),
    "Codelist": _object(
        id=_TEXT,
        label=_TEXT,
        language=_TEXT,
        languages=_TEXTS,
        elimination={"type": "boolean"},
        type={"enum": ["Aggregation", "Valueset"]},
        values=_list(_object(code=_TEXT, label=_TEXT, valueMap=_TEXTS)),
        links=_LINKS,
    ),
    "Problem": _object(type=_TEXT, title=_TEXT, status={"type": "integer"}, detail=_TEXT),
}
