"""What is asked for: the query string that asks for it again, and the same in Swedish words."""

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from .. import codes, tables

HOME, SCHOOL = "hem", "skola"
PERSPECTIVES = {HOME: "hemkommun", SCHOOL: "skolkommun"}
LABELS = {
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
NAMES = tuple(LABELS)
# Who is meant, of all that can be chosen; not every table of the lattice has all of it.
_WHO = ("kon", "alder", "programtyp", "program")


def joined(words) -> str:
    """``Ale, Lerum och Tjörn``."""
    words = list(words)
    return " och ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


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
        names = [LABELS[n] for n in _WHO if getattr(self, n) and n not in variables]
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
