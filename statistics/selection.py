"""The one filter object: a query string <-> what is asked for, and the same in Swedish words."""

from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from . import codes, tables
from .disclosure import raised

HOME, SCHOOL = "hem", "skola"
PERSPECTIVES = {HOME: "hemkommun", SCHOOL: "skolkommun"}
NAMES = ("lasar", "kommun", "perspektiv", "kon", "programtyp")
_LABELS = {
    "lasar": "läsår",
    "kommun": "kommun",
    "perspektiv": "perspektiv",
    "kon": "kön",
    "programtyp": "programtyp",
}
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
    """What is asked for. An empty tuple is *all*; a school year is always named."""

    lasar: tuple[str, ...]
    kommun: tuple[str, ...] = ()
    perspektiv: str = HOME
    kon: tuple[str, ...] = ()
    programtyp: tuple[str, ...] = ()
    publicering: int | None = None
    problems: tuple[str, ...] = field(default=(), compare=False)

    @property
    def place_variable(self) -> str:
        return PERSPECTIVES[self.perspektiv]

    @property
    def query(self) -> str:
        """The query string that asks for this again, in one fixed order."""
        pairs = [("lasar", year) for year in self.lasar]
        pairs += [("kommun", code) for code in self.kommun]
        pairs += [("perspektiv", self.perspektiv)] if self.perspektiv != HOME else []
        pairs += [("kon", code) for code in self.kon]
        pairs += [("programtyp", code) for code in self.programtyp]
        pairs += [("publicering", self.publicering)] if self.publicering else []
        return urlencode(pairs)

    @property
    def newest_query(self) -> str:
        """The same question to the newest publication."""
        return replace(self, publicering=None).query

    def chosen(self, *variables: str) -> dict[str, tuple[str, ...]]:
        """The selection of these variables, as ``Figures.total`` takes it."""
        values = {
            "lasar": self.lasar,
            self.place_variable: self.kommun,
            "kon": self.kon,
            "programtyp": self.programtyp,
        }
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
    def place_words(self) -> str:
        names = joined(tables.PLACES[code] for code in self.kommun)
        return names or "hela regionen"

    @property
    def only_place(self) -> str:
        """The one municipality of the region that is chosen; empty where it is not one."""
        single = len(self.kommun) == 1 and self.kommun[0] in codes.REGION
        return self.kommun[0] if single else ""

    @property
    def who_words(self) -> str:
        """Sex and programme type, where they are chosen: `` bland kvinnor på yrkesprogram``."""
        sexes = joined(codes.SEXES[code].lower() for code in self.kon)
        types = joined(codes.PROGRAMME_TYPES[code].lower() for code in self.programtyp)
        said = f" bland {sexes}" if sexes else ""
        return said + (f" på {types}" if types and self.perspektiv == HOME else "")

    @property
    def year_words(self) -> str:
        return f"läsår{'et' if len(self.lasar) == 1 else 'en'} {joined(self.lasar)}"

    def words(self, *variables: str) -> str:
        """The selection of these variables in words: ``Ale, läsåret 2024/25, kvinnor``."""
        parts = {
            self.place_variable: f"{self.place_words} ({self.place_variable})",
            "lasar": self.year_words,
            "kon": joined(codes.SEXES[c].lower() for c in self.kon) or "alla kön",
            "programtyp": joined(codes.PROGRAMME_TYPES[c].lower() for c in self.programtyp)
            or "alla program",
        }
        said = ", ".join(words for name, words in parts.items() if name in variables)
        return said[:1].upper() + said[1:]

    def left_out(self, *variables: str) -> str:
        """A sentence where something chosen does not apply to a figure of these variables."""
        chosen = {"kon": self.kon, "programtyp": self.programtyp}
        names = [_LABELS[n] for n, values in chosen.items() if values and n not in variables]
        return f"Urvalet av {joined(names)} gäller inte den här figuren." if names else ""


def parse(query, years: list[str], data_date: date) -> Selection:
    """Read a query string (a QueryDict). A bad value is dropped, and a sentence says so."""
    known = {
        "lasar": years,
        "kommun": list(tables.PLACES),
        "perspektiv": list(PERSPECTIVES),
        "kon": list(codes.SEXES),
        "programtyp": list(codes.PROGRAMME_TYPES),
    }
    values, problems = {}, []
    for name in NAMES:
        asked = dict.fromkeys(query.getlist(name))
        values[name] = [code for code in known[name] if code in asked]
        wrong = [v for v in asked if v not in known[name] and v not in ("", codes.TOTAL)]
        problems += [_problem(name, value) for value in wrong]
    return Selection(
        lasar=tuple(values["lasar"]) or (default_year(years, data_date),),
        kommun=_up("hemkommun", values["kommun"]),
        perspektiv=(values["perspektiv"] or [HOME])[-1],
        kon=_up("kon", values["kon"]),
        programtyp=_up("programtyp", values["programtyp"]),
        problems=_first(problems),
    )


def _up(variable, values):
    """All values are no selection."""
    up = raised(values, tables.CHILDREN[variable])
    return () if up == (codes.TOTAL,) else tuple(values)


def _problem(name, value):
    shown = value[:40] if value.isprintable() else "ett värde som inte går att visa"
    return f"”{shown}” är inget giltigt värde för {_LABELS[name]} och har lämnats utanför."


def _first(problems):
    rest = len(problems) - _SHOWN_PROBLEMS
    more = [f"Ytterligare {rest} värden har lämnats utanför."] if rest > 0 else []
    return (*problems[:_SHOWN_PROBLEMS], *more)
