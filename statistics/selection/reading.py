"""From a query string to what is asked for, with a sentence for whatever is left out."""

from datetime import date

from .. import codes, tables
from ..disclosure import raised
from .question import HOME, LABELS, NAMES, PERSPECTIVES, SCHOOL, Selection, joined

COMPARED_AT_MOST = 3
_SHOWN_PROBLEMS = 3


def default_year(years: list[str], data_date: date) -> str:
    """The newest school year that has ended by the data date, else the newest."""
    ended = [year for year in years if date(int(year[:4]) + 1, 6, 30) <= data_date]
    return (ended or years)[-1]


def parse(query, years: list[str], data_date: date, schools: dict | None = None) -> Selection:
    """Read a query string (a QueryDict). A bad value is dropped, and a sentence says so.

    So is what no table of the lattice has together: a programme and a sex, a school and an age.
    """
    known = {
        "lasar": years,
        "kommun": list(tables.PLACES),
        "perspektiv": list(PERSPECTIVES),
        "kon": list(codes.SEXES),
        "alder": list(codes.AGES),
        "programtyp": list(codes.PROGRAMME_TYPES),
        "program": list(codes.PROGRAMMES),
        "skolenhet": list(schools or {}),
        "jamfor": list(tables.PLACES),
    }
    values, problems = {}, []
    for name in NAMES:
        asked = dict.fromkeys(query.getlist(name))
        values[name] = [code for code in known[name] if code in asked]
        wrong = [v for v in asked if v not in known[name] and v not in ("", codes.TOTAL)]
        problems += [_problem(name, value, years) for value in wrong]
    perspective = (values["perspektiv"] or [SCHOOL if values["skolenhet"] else HOME])[-1]
    problems += _set_apart(values, perspective)
    return Selection(
        lasar=tuple(values["lasar"]) or (default_year(years, data_date),),
        kommun=_up("hemkommun", values["kommun"]),
        perspektiv=perspective,
        kon=_up("kon", values["kon"]),
        alder=_up("alder", values["alder"]),
        programtyp=_up("programtyp", values["programtyp"]),
        program=_up("program", values["program"]),
        skolenhet=tuple(values["skolenhet"]),
        jamfor=tuple(values["jamfor"]),
        problems=_first(problems),
        schools=schools or {},
    )


def _set_apart(values, perspective) -> list[str]:
    """Empty, of what cannot stand together, the one; a sentence for each."""
    school = perspective == SCHOOL
    _raise_types(values)
    rules = (
        (school, ("alder", "programtyp", "program"), "finns inte efter skolkommun"),
        (not school, ("skolenhet",), "finns bara efter skolkommun"),
        (values["program"], ("kon", "alder", "programtyp"), "går inte att välja med ett program"),
    )
    problems = []
    for applies, names, why in rules:
        chosen = [name for name in names if values[name]] if applies else []
        if chosen:
            words = joined(LABELS[name] for name in chosen)
            problems.append(f"{words.capitalize()} {why} och har lämnats utanför.")
        for name in chosen:
            values[name] = []
    _raise_types(values)
    return problems + _too_many(values)


def _raise_types(values):
    """All programmes of a type are the type: the same students, and so the same number."""
    types = list(dict.fromkeys(codes.PROGRAMMES[code].type for code in values["program"]))
    every = {code for code, one in codes.PROGRAMMES.items() if one.type in types}
    if types and every == set(values["program"]) and set(values["programtyp"]) <= set(types):
        values["programtyp"], values["program"] = types, []


def _too_many(values) -> list[str]:
    """Nobody is compared with oneself, and at most three stand beside."""
    beside = [code for code in values["jamfor"] if code not in values["kommun"]]
    values["jamfor"], rest = beside[:COMPARED_AT_MOST], beside[COMPARED_AT_MOST:]
    if not rest:
        return []
    names = joined(tables.PLACES[code] for code in rest)
    return [f"Högst tre kommuner jämförs på en gång. {names} har lämnats utanför."]


def _up(variable, values):
    """All values are no selection."""
    up = raised(values, tables.CHILDREN[variable])
    return () if up == (codes.TOTAL,) else tuple(values)


def _problem(name, value, years):
    if name == "lasar" and _is_school_year(value):
        return f"Läsåret {value} saknar tal. De börjar {years[0]} och slutar {years[-1]}."
    shown = value[:40] if value.isprintable() else "ett värde som inte går att visa"
    return f"”{shown}” är inget giltigt värde för {LABELS[name]} och har lämnats utanför."


def _is_school_year(text):
    start, _, end = text.partition("/")
    digits = len(start) == 4 and len(end) == 2 and text.isascii() and (start + end).isdigit()
    return digits and (int(start) + 1) % 100 == int(end)


def _first(problems):
    rest = len(problems) - _SHOWN_PROBLEMS
    more = [f"Ytterligare {rest} värden har lämnats utanför."] if rest > 0 else []
    return (*problems[:_SHOWN_PROBLEMS], *more)
