"""From parameters, or a body, to a question: which codes of which variables, in which order."""

import fnmatch
import re
from dataclasses import dataclass
from itertools import product
from math import prod

from .. import codes, tables
from ..publication import Figures
from .codelists import CODELISTS, CONTENTS, contents_of, labels, period_of
from .problems import Problem, listed, quoted

MAX_CELLS = 25_000
MAX_VALUES = 1_000
LONGEST_VALUE = 100
# A place, a question, or how the answer looks: what is none of these is not read.
_BRACKETED = re.compile(r"(?P<name>valuecodes|codelist)\[(?P<variable>[^\]]*)\]", re.IGNORECASE)
_FUNCTION = re.compile(r"(?P<name>top|bottom|range|from|to)\((?P<given>[^)]*)\)", re.IGNORECASE)
_COMMA = re.compile(r",(?![^(]*\))")


@dataclass(frozen=True)
class Dimension:
    code: str
    label: str
    values: dict[str, str]


@dataclass(frozen=True)
class Question:
    """The dimensions in the table's order, the last one being what is counted."""

    table: tables.Table
    dimensions: tuple[Dimension, ...]
    stub: tuple[str, ...]
    heading: tuple[str, ...]

    @property
    def size(self) -> int:
        return prod(len(dimension.values) for dimension in self.dimensions)

    def dimension(self, code: str) -> Dimension:
        return next(one for one in self.dimensions if one.code == code)

    def cells(self, order: tuple[str, ...] = ()):
        """Each cell as a dict of codes; the last dimension of the order changes fastest."""
        ordered = [self.dimension(code) for code in order] if order else self.dimensions
        names = [dimension.code for dimension in ordered]
        for values in product(*(dimension.values for dimension in ordered)):
            yield dict(zip(names, values, strict=True))


def from_parameters(figures: Figures, table: tables.Table, params) -> Question:
    """The question of a query string (a QueryDict). Raises Problem."""
    chosen, lists = {}, {}
    for name in params:
        if found := _BRACKETED.fullmatch(name):
            variable = _variable(table, found["variable"])
            given = params.getlist(name)
            if found["name"].lower() == "valuecodes":
                parts = [part for text in given for part in _COMMA.split(text)]
                chosen.setdefault(variable, []).extend(parts)
            else:
                lists[variable] = given[-1]
        elif name.lower().startswith(("valuecodes", "codelist")):
            raise Problem(
                400, f"{quoted(name)} går inte att läsa. Skriv valuecodes[lasar]=2024/25."
            )
    placed = {
        side: [part for text in params.getlist(side) for part in text.split(",")]
        for side in ("stub", "heading")
    }
    return build(figures, table, chosen, lists, **placed)


def from_body(figures: Figures, table: tables.Table, body) -> Question:
    """The question of a JSON body (``VariablesSelection``). Raises Problem."""
    if not isinstance(body, dict) or not isinstance(body.get("selection", []), list):
        raise Problem(400, "Skicka ett JSON-objekt med en lista som heter selection.")
    chosen, lists = {}, {}
    for item in body.get("selection", []):
        if not isinstance(item, dict) or not isinstance(item.get("variableCode"), str):
            raise Problem(400, "Varje del av selection är ett objekt med variableCode.")
        variable = _variable(table, item["variableCode"])
        given = _or(item.get("valueCodes"), [])
        if not isinstance(given, list) or not all(isinstance(code, str) for code in given):
            raise Problem(400, f"valueCodes för {variable} är en lista med texter.")
        chosen.setdefault(variable, []).extend(given)
        if item.get("codelist") is not None:
            if not isinstance(item["codelist"], str):
                raise Problem(400, f"codelist för {variable} är en text.")
            lists[variable] = item["codelist"]
    placement = _or(body.get("placement"), {})
    if not isinstance(placement, dict):
        raise Problem(400, "placement är ett objekt med stub och heading.")
    placed = {side: _or(placement.get(side), []) for side in ("stub", "heading")}
    for side, given in placed.items():
        if not isinstance(given, list) or not all(isinstance(code, str) for code in given):
            raise Problem(400, f"{side} är en lista med variablers koder.")
    return build(figures, table, chosen, lists, **placed)


def _or(value, default):
    return default if value is None else value


def build(figures, table, chosen, lists, stub=(), heading=()) -> Question:
    """The question; where nothing is chosen, the default selection of the table."""
    expressions = chosen or default_selection(table)
    period = period_of(table)
    if period not in expressions:
        raise Problem(400, f"Välj värden för {period}: den variabeln har ingen total.")
    dimensions = tuple(
        _dimension(figures, table, code, expressions.get(code), lists.get(code))
        for code in variables_of(table)
    )
    question = Question(table, dimensions, *_placed(dimensions, period, stub, heading))
    if question.size > MAX_CELLS:
        raise Problem(
            403,
            f"Frågan ger {question.size} celler och högst {MAX_CELLS} lämnas på en gång. "
            "Välj färre värden, eller dela frågan.",
        )
    return question


def whole(figures: Figures, table: tables.Table) -> Question:
    """Every value of every variable, however many cells: for metadata, not for data."""
    dimensions = tuple(
        Dimension(code, _label(code), _known(figures, table, code)) for code in variables_of(table)
    )
    return Question(table, dimensions, *_placed(dimensions, period_of(table), (), ()))


def variables_of(table: tables.Table) -> tuple[str, ...]:
    return (*table.variables, CONTENTS)


def default_selection(table: tables.Table) -> dict[str, list[str]]:
    """All periods, all places, and the parts of the variable that the table is about."""
    place, period = table.variables[0], period_of(table)
    last = table.variables[-1]
    about = [last] if last not in ("programtyp", "lasar", "kon") else ["kon"]
    open_ones = dict.fromkeys([place, period, *about])
    if "efter" in table.variables:
        open_ones["efter"] = None
    return {code: ["*"] for code in open_ones}


def _variable(table, code) -> str:
    for known in variables_of(table):
        if known.lower() == code.lower():
            return known
    raise Problem(
        400,
        f"Tabellen {table.id} har ingen variabel {quoted(code)}. "
        f"Den har {listed(variables_of(table))}.",
    )


def _known(figures, table, code) -> dict[str, str]:
    return contents_of(table) if code == CONTENTS else labels(figures, code)


def _dimension(figures, table, code, expressions, list_id) -> Dimension:
    known = _known(figures, table, code)
    if expressions is None and list_id is None:
        values = _left_out(code, known)
    else:
        within = known if list_id is None else _restricted(code, known, list_id)
        values = _selected(code, known, within, expressions or ["*"])
    return Dimension(code, _label(code), values)


def _label(code) -> str:
    return "vad som räknas" if code == CONTENTS else tables.VARIABLES[code].label


def _restricted(code, known, list_id):
    """The values of a code list: what ``*`` and the like stand for when it is named."""
    found = CODELISTS.get(list_id)
    if found is None or found.variable != code:
        of_code = [one.id for one in CODELISTS.values() if one.variable == code]
        there = f"Den har {listed(of_code)}." if of_code else "Den har inga."
        raise Problem(400, f"{code} har ingen kodlista {quoted(list_id)}. {there}")
    return {value: known[value] for value in found.values}


def _left_out(code, known):
    """A variable that is not named is its total; what has none stands open."""
    if code == CONTENTS:
        return {"antal": known["antal"]}
    return {codes.TOTAL: known[codes.TOTAL]} if codes.TOTAL in known else dict(known)


def _selected(code, known, within, expressions) -> dict[str, str]:
    expressions = dict.fromkeys(expressions)
    if len(expressions) > MAX_VALUES:
        raise Problem(400, f"Högst {MAX_VALUES} uttryck får väljas av {code}. Skriv * för alla.")
    chosen = {value for text in expressions for value in _values(code, known, within, text)}
    if not chosen:
        raise Problem(400, f"Inget värde av {code} är valt.")
    return {value: label for value, label in known.items() if value in chosen}


def _values(code, known, within, text) -> list[str]:
    """The values of an expression: a code, ``*``, ``14*``, ``top(3)``, ``range(a,b)`` ..."""
    if text in known:
        return [text]
    if len(text) > LONGEST_VALUE:
        raise Problem(400, f"Ett uttryck för {code} är högst {LONGEST_VALUE} tecken.")
    if found := _FUNCTION.fullmatch(text):
        return _of_function(code, list(within), found["name"].lower(), found["given"])
    if "*" in text or "?" in text:
        pattern = text.replace("[", "[[]")
        if matching := [value for value in within if fnmatch.fnmatchcase(value, pattern)]:
            return matching
    raise Problem(400, f"{code} har inget värde {quoted(text)}. Värdena är {listed(known)}.")


def _of_function(code, known, name, given) -> list[str]:
    parts = [part.strip() for part in given.split(",")]
    if name in ("top", "bottom"):
        numbers = [int(part) for part in parts if re.fullmatch("[0-9]{1,6}", part)]
        if len(numbers) != len(parts) or len(parts) > 2 or not numbers[0]:
            raise Problem(400, f"Skriv till exempel {name}(3) eller {name}(3,1) för {code}.")
        count, skipped = (*numbers, 0)[:2]
        # As in PxWeb: the top of a list of periods is its newest end.
        ordered = known[::-1] if (name == "top") == (code in ("lasar", "manad")) else known
        return ordered[skipped : skipped + count]
    expected = 2 if name == "range" else 1
    if len(parts) != expected or any(part not in known for part in parts):
        raise Problem(400, f"{name}() för {code} tar {expected} av värdena {listed(known)}.")
    first = known.index(parts[0]) if name != "to" else 0
    last = known.index(parts[-1]) if name != "from" else len(known) - 1
    return known[first : last + 1]


def _placed(dimensions, period, stub, heading):
    """The rows' and the columns' variables; those not named stand where they usually do."""
    known = [dimension.code for dimension in dimensions]
    names = {code.lower(): code for code in known}
    for code in (*stub, *heading):
        if code.lower() not in names:
            raise Problem(400, f"{quoted(code)} är ingen av variablerna {listed(known)}.")
    stub = [names[code.lower()] for code in stub]
    heading = [names[code.lower()] for code in heading]
    if len(set(stub)) < len(stub) or len(set(heading)) < len(heading):
        raise Problem(400, "En variabel kan stå en gång i stub och en gång i heading.")
    stub = [code for code in stub if code not in heading]
    rest = [code for code in known if code not in stub and code not in heading]
    if heading:
        return (*stub, *rest), tuple(heading)
    if stub:
        return tuple(stub), tuple(rest)
    columns = [code for code in rest if code in (period, CONTENTS)]
    return tuple(code for code in rest if code not in columns), tuple(columns)
