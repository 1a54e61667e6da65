"""The one filter object: a query string <-> what is asked for, and the same in Swedish words."""

from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from . import codes, tables
from .disclosure import raised

HOME, SCHOOL = "hem", "skola"
PERSPECTIVES = {HOME: "hemkommun", SCHOOL: "skolkommun"}
_LABELS = {
    "lasar": "läsår",
    "kommun": "kommun",
    "perspektiv": "perspektiv",
    "kon": "kön",
    "alder": "ålder",
    "programtyp": "programtyp",
    "program": "program",
    "skolenhet": "skola",
    "jamfor": "jämförelse",
}
NAMES = tuple(_LABELS)
# Who is meant, of all that can be chosen; not every table of the lattice has all of it.
_WHO = ("kon", "alder", "programtyp", "program")
COMPARED_AT_MOST = 3
_SHOWN_PROBLEMS = 3


def joined(words) -> str:
    """``Ale, Lerum och Tjörn``."""
    words = list(words)
    return " och ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def default_year(years: list[str], data_date: date) -> str:
    """The newest school year that has ended by the data date, else the newest."""
    ended = [year for year in years if date(int(year[:4]) + 1, 6, 30) <= data_date]
    return (ended or years)[-1]


@dataclass(frozen=True)
class Selection:
    """What is asked for. An empty tuple is *all*; a school year is always named.

    ``jamfor`` are municipalities beside the chosen ones, each for itself. ``schools`` are the
    names of the register, for words.
    """

    lasar: tuple[str, ...]
    kommun: tuple[str, ...] = ()
    perspektiv: str = HOME
    kon: tuple[str, ...] = ()
    programtyp: tuple[str, ...] = ()
    publicering: int | None = None
    problems: tuple[str, ...] = field(default=(), compare=False)
    alder: tuple[str, ...] = ()
    program: tuple[str, ...] = ()
    skolenhet: tuple[str, ...] = ()
    jamfor: tuple[str, ...] = ()
    schools: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def place_variable(self) -> str:
        return PERSPECTIVES[self.perspektiv]

    @property
    def query(self) -> str:
        """The query string that asks for this again, in one fixed order."""
        pairs = []
        for name in NAMES:
            values = getattr(self, name)
            if name != "perspektiv":
                pairs += [(name, value) for value in values]
            elif values != HOME:
                pairs.append((name, values))
        pairs += [("publicering", self.publicering)] if self.publicering else []
        return urlencode(pairs)

    @property
    def newest_query(self) -> str:
        """The same question to the newest publication."""
        return replace(self, publicering=None).query

    @property
    def years_query(self) -> str:
        """The school years alone, by home municipality."""
        return Selection(self.lasar, publicering=self.publicering).query

    @property
    def narrowed(self) -> bool:
        """Whether anything but the school year is chosen."""
        return any((self.kommun, self.skolenhet, *(getattr(self, name) for name in _WHO)))

    @property
    def all_students(self) -> bool:
        """Whether the selection is of places and years only."""
        return not any(getattr(self, name) for name in _WHO)

    @property
    def narrower_than_months(self) -> bool:
        """Whether something is chosen that the table of months does not have."""
        return bool(self.alder or self.programtyp or self.program)

    def chosen(self, *variables: str) -> dict[str, tuple[str, ...]]:
        """The selection of these variables, as ``Figures.total`` takes it."""
        names = ("lasar", "skolenhet", *_WHO)
        values = {self.place_variable: self.kommun} | {n: getattr(self, n) for n in names}
        return {name: values[name] for name in variables if values.get(name)}

    def with_years(self, *years: str) -> "Selection":
        return replace(self, lasar=years)

    def at(self, places: tuple[str, ...]) -> "Selection":
        """The same question about these municipalities."""
        return replace(self, kommun=places)

    @property
    def region(self) -> "Selection":
        """The same question about the whole region."""
        return replace(self, kommun=())

    @property
    def compared(self) -> list["Beside"]:
        """What is beside each other: the chosen, each of the others, the whole region last."""
        own = [Beside("+".join(self.kommun), self.place_words, self)] if self.kommun else []
        others = [Beside(code, tables.PLACES[code], self.at((code,))) for code in self.jamfor]
        return [*own, *others, Beside(codes.TOTAL, "Hela regionen", self.region)]

    @property
    def place_words(self) -> str:
        if self.skolenhet:
            return joined(self.schools.get(code, code) for code in self.skolenhet)
        names = joined(tables.PLACES[code] for code in self.kommun)
        return names or "hela regionen"

    @property
    def only_place(self) -> str:
        """The one municipality of the region that is chosen; empty where it is not one."""
        single = len(self.kommun) == 1 and self.kommun[0] in codes.REGION
        return self.kommun[0] if single else ""

    @property
    def where(self) -> str:
        """``i Göteborg``, ``på Norra gymnasiet``."""
        return f"{'på' if self.skolenhet else 'i'} {self.place_words}"

    @property
    def who_words(self) -> str:
        """Sex, age and programme, where they are chosen: `` bland kvinnor på yrkesprogram``."""
        sexes = joined(codes.SEXES[code].lower() for code in self.kon)
        ages = joined(codes.AGES[code] for code in self.alder)
        types = [codes.PROGRAMME_TYPES[code].lower() for code in self.programtyp]
        named = [codes.PROGRAMMES[code].name for code in self.program]
        said = f" bland {sexes}" if sexes else ""
        said += f" vid {ages}" if ages else ""
        return said + (f" på {joined([*types, *named])}" if types or named else "")

    @property
    def year_words(self) -> str:
        return f"läsår{'et' if len(self.lasar) == 1 else 'en'} {joined(self.lasar)}"

    def words(self, *variables: str, places: str = "") -> str:
        """The selection of these variables in words: ``Ale (hemkommun), läsåret 2024/25, kvinnor``.

        Home or school municipality is said always: also where every municipality is a row.
        ``places`` are other words for the municipalities.
        """
        own = places or self.place_words
        places = own if self.place_variable in variables else "alla kommuner"
        parts = {
            "lasar": self.year_words,
            "kon": joined(codes.SEXES[c].lower() for c in self.kon) or "alla kön",
            "alder": joined(codes.AGES[c] for c in self.alder),
            "programtyp": joined(codes.PROGRAMME_TYPES[c].lower() for c in self.programtyp)
            or "alla program",
            "program": joined(codes.PROGRAMMES[c].name for c in self.program),
        }
        told = [words for name, words in parts.items() if name in variables and words]
        said = ", ".join([f"{places} ({self.place_variable})", *told])
        return said[:1].upper() + said[1:]

    def left_out(self, *variables: str) -> str:
        """A sentence where something chosen does not apply to a figure of these variables."""
        names = [_LABELS[n] for n in _WHO if getattr(self, n) and n not in variables]
        return f"Urvalet av {joined(names)} gäller inte den här figuren." if names else ""


@dataclass(frozen=True)
class Beside:
    """One of those that are compared; the code is that of the file's row."""

    code: str
    name: str
    selection: Selection

    @property
    def is_region(self) -> bool:
        return self.code == codes.TOTAL


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
            words = joined(_LABELS[name] for name in chosen)
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
    return f"”{shown}” är inget giltigt värde för {_LABELS[name]} och har lämnats utanför."


def _is_school_year(text):
    start, _, end = text.partition("/")
    digits = len(start) == 4 and len(end) == 2 and text.isascii() and (start + end).isdigit()
    return digits and (int(start) + 1) % 100 == int(end)


def _first(problems):
    rest = len(problems) - _SHOWN_PROBLEMS
    more = [f"Ytterligare {rest} värden har lämnats utanför."] if rest > 0 else []
    return (*problems[:_SHOWN_PROBLEMS], *more)
