"""Published cells as JSON-stat 2.0 (json-stat.org/full), in the shape of PxWebApi 2."""

from .. import codes, tables
from ..disclosure import BLOCKED, LARGEST_CHANGE, STRUCTURAL, VARIANCE, Count
from ..exports import PROTECTED, SYNTHETIC
from ..publication import Figures
from ..selection import joined
from .addresses import SOURCE, href, link, moment
from .codelists import CONTENTS, of_variable, period_of
from .query import Question

_PLACES = ("hemkommun", "skolkommun", "skolenhet")
# What a cell of persons fixes; of any other variable it is the total.
_OF_PERSONS = tables.PERSONS.variables


def variable_labels(table: tables.Table) -> list[str]:
    return [variable.label for variable in table]


def title(table: tables.Table) -> str:
    told = [label for label in variable_labels(table) if label.lower() != table.label.lower()]
    return f"{table.label} efter {joined(told)}"


def described(figures: Figures, table: tables.Table) -> str:
    """What a list of tables says of each of them."""
    said = (
        f"Publicering {figures.number}, data till och med {figures.date_of(table.id):%Y-%m-%d}. "
        "Skyddade tal."
    )
    return f"{SYNTHETIC} {said}" if figures.synthetic else said


def notes(figures: Figures, table: tables.Table) -> list[str]:
    """What has to follow the numbers wherever they go."""
    day = figures.date_of(table.id)
    late = figures.held_places(table.id)
    told = [
        f"Data till och med {day:%Y-%m-%d}. Publicering {figures.number}.",
        *([_late(late)] if late else []),
        f"Talen är skyddade med cellnyckelmetoden: ett antal kan avvika med högst "
        f"{LARGEST_CHANGE} från det verkliga. {PROTECTED}",
    ]
    return [SYNTHETIC, *told] if figures.synthetic else told


def _late(held) -> str:
    """The municipalities that tell of less, by code."""
    days = ", ".join(f"{place} {day}" if day else place for place, day in sorted(held.items()))
    return (
        f"Hemkommuner som visar ett tidigare datum, för att få uppgifter har ändrats sedan dess: "
        f"{days}. Ändringarna är inte med i summorna."
    )


def count(figures: Figures, question: Question, cell: dict[str, str]) -> Count:
    """The published count of one cell of the question."""
    fixed = {name: code for name, code in cell.items() if name != CONTENTS}
    if cell[CONTENTS] == "antal":
        return figures.cell(question.table.id, **fixed)
    beyond = {code for name, code in fixed.items() if name not in _OF_PERSONS}
    named = {name: code for name, code in fixed.items() if name in _OF_PERSONS}
    return figures.persons(**named) if beyond <= {codes.TOTAL} else Count(None, 1, BLOCKED)


def frame(figures: Figures, question: Question) -> dict:
    """Everything of a dataset but its values."""
    table = question.table
    names = [dimension.code for dimension in question.dimensions]
    period = period_of(table)
    geo = [name for name in names if name in _PLACES]
    return {
        "version": "2.0",
        "class": "dataset",
        "href": href("api-data", table.id),
        "label": title(table),
        "source": SOURCE,
        "updated": moment(figures),
        "note": notes(figures, table),
        "role": {"time": [period], "geo": geo, "metric": [CONTENTS]},
        "id": names,
        "size": [len(dimension.values) for dimension in question.dimensions],
        "dimension": {one.code: _dimension(one) for one in question.dimensions},
        "extension": _extension(figures, question),
    }


def as_json_stat(figures: Figures, question: Question) -> dict:
    counts = [count(figures, question, cell) for cell in question.cells()]
    status = {str(place): one.status for place, one in enumerate(counts) if one.value is None}
    content = frame(figures, question) | {"value": [one.value for one in counts]}
    return content | ({"status": status} if status else {})


def _dimension(dimension) -> dict:
    values = dimension.values
    category = {
        "index": {code: place for place, code in enumerate(values)},
        "label": dict(values),
    }
    if dimension.code == CONTENTS:
        category["unit"] = {code: {"base": "antal", "decimals": 0} for code in values}
    if dimension.code == "aktivitet":
        groups = {
            group.code: [code for code in group.activities if code in values]
            for group in codes.ACTIVITY_GROUPS.values()
            if group.code in values
        }
        category["child"] = {code: below for code, below in groups.items() if below}
        category = {name: value for name, value in category.items() if value}
    return {
        "label": dimension.label,
        "category": category,
        "extension": _about(dimension.code),
    }


def _about(code) -> dict:
    variable = tables.VARIABLES.get(code)
    has_total = bool(variable and variable.total)
    return {
        "elimination": has_total,
        **({"eliminationValueCode": codes.TOTAL} if has_total else {}),
        "show": "value",
        "codelists": [
            {
                "id": one.id,
                "label": one.label,
                "type": one.type,
                "links": [link("metadata", href("api-codelist", one.id))],
            }
            for one in of_variable(code)
        ],
    }


def _extension(figures, question) -> dict:
    table = question.table
    return {
        "px": {
            "tableid": table.id,
            "matrix": table.id,
            "decimals": 0,
            "language": "sv",
            "contents": table.label,
            "stub": list(question.stub),
            "heading": list(question.heading),
            "aggregallowed": False,
            "official-statistics": False,
        },
        "protection": {
            "method": "CKM",
            "D": LARGEST_CHANGE,
            "V": VARIANCE,
            "js": 2,
            "blocked": BLOCKED,
            "structural": STRUCTURAL,
        },
        "publication": figures.number,
        "dataDate": f"{figures.date_of(question.table.id):%Y-%m-%d}",
        "synthetic": figures.synthetic,
    }
