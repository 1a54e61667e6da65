"""The choices of the form, and what is said of each before it is chosen.

The notes come from the published cells: whoever chooses *Tjörn (för få)* knows beforehand that
there is a number and little more. No query is asked for them.
"""

from dataclasses import dataclass, replace

from . import codes, figures, schools, tables
from .disclosure import BASE_MINIMUM, STRUCTURAL
from .publication import Figures
from .selection import COMPARED_AT_MOST, HOME, PERSPECTIVES, SCHOOL, Selection

FEW, NONE, IMPOSSIBLE = "för få", "inga", "finns inte"


@dataclass(frozen=True)
class Option:
    """``note`` says what one would get; what cannot exist is not to be chosen."""

    code: str
    label: str
    chosen: bool = False
    note: str = ""

    @property
    def text(self) -> str:
        return f"{self.label} ({self.note})" if self.note else self.label

    @property
    def disabled(self) -> bool:
        return self.note == IMPOSSIBLE and not self.chosen


def form(published: Figures, selection: Selection) -> dict:
    """The choices of the sentence-like form; a second and third value are check boxes."""
    noted = _Noted(published, selection)
    home = selection.perspektiv == HOME
    types = {c: name.lower() for c, name in codes.PROGRAMME_TYPES.items()}
    programmes = {code: one.name for code, one in codes.PROGRAMMES.items()}
    years = {year: year for year in reversed(published.codes["lasar"])}
    boxes = (
        ("kommun", "Fler kommuner", noted.options("kommun", tables.PLACES, selection.kommun[1:])),
        ("lasar", "Fler läsår", noted.options("lasar", years, selection.lasar[1:])),
        ("alder", "Ålder", noted.options("alder", codes.AGES) if home else []),
        ("program", "Program", noted.options("program", programmes) if home else []),
        ("skolenhet", "Skolor", [] if home else noted.options("skolenhet", _schools(noted))),
    )
    return {
        "years": noted.options("lasar", years, selection.lasar[:1]),
        "places": noted.options("kommun", tables.PLACES, selection.kommun[:1]),
        "sexes": noted.options("kon", {c: name.lower() for c, name in codes.SEXES.items()}),
        "types": noted.options("programtyp", types) if home else [],
        "perspectives": [
            Option(code, label, code == selection.perspektiv)
            for code, label in PERSPECTIVES.items()
        ],
        "boxes": [
            {"name": name, "label": label, "options": options, "open": any_chosen(options)}
            for name, label, options in boxes
            if options
        ],
        "explained": noted.explained,
        "other_perspective": SCHOOL if home else HOME,
    }


def comparison(published: Figures, selection: Selection) -> dict:
    """The choices of the comparison: one municipality, and up to three beside it."""
    noted = _Noted(published, selection)
    beside = [*selection.jamfor, *[""] * COMPARED_AT_MOST][:COMPARED_AT_MOST]
    years = {year: year for year in reversed(published.codes["lasar"])}
    return {
        "years": noted.options("lasar", years, selection.lasar[:1]),
        "places": noted.options("kommun", tables.PLACES, selection.kommun[:1]),
        "beside": [
            noted.options("kommun", tables.PLACES, (code,) if code else ()) for code in beside
        ],
        "sexes": noted.options("kon", {c: name.lower() for c, name in codes.SEXES.items()}),
        "explained": noted.explained,
    }


def any_chosen(options) -> bool:
    return any(option.chosen for option in options)


def _schools(noted):
    """The schools of the chosen municipalities by name, or all."""
    where = schools.places(noted.published)
    chosen = noted.selection.kommun
    named = sorted(noted.published.schools.items(), key=lambda item: item[1])
    return {
        code: name
        for code, name in named
        if code in where and (not chosen or where[code] in chosen)
    }


class _Noted:
    """Options with the published count that the selection would have with each of them."""

    def __init__(self, published: Figures, selection: Selection):
        self.published = published
        self.selection = selection
        self.used = set()

    def options(self, name, labels, chosen=None) -> list[Option]:
        chosen = getattr(self.selection, name) if chosen is None else chosen
        return [
            Option(code, label, code in chosen, self._note(name, code))
            for code, label in labels.items()
        ]

    def _note(self, name, code):
        if self.published.exact:
            return ""
        asked = replace(self.selection, **_instead(name, code))
        note = _of(figures.headline_count(self.published, asked))
        self.used |= {note}
        return note

    @property
    def explained(self) -> list[str]:
        """A sentence for each kind of note there is."""
        told = {
            FEW: f"Ett val med ({FEW}) bygger på färre än {BASE_MINIMUM} publicerade avbrott:"
            " antalet visas, men inte vad som hände sedan.",
            NONE: f"Ett val med ({NONE}) har inga avbrott som syns: talet blir 0.",
            IMPOSSIBLE: f"({IMPOSSIBLE}) fanns inte det läsåret och går inte att välja.",
        }
        return [sentence for note, sentence in told.items() if note in self.used]


def _instead(name, code):
    """The one value instead of those chosen; what cannot stand beside it is left out."""
    apart = {
        "program": ("kon", "alder", "programtyp"),
        "kommun": ("skolenhet",),
        "programtyp": ("program",),
        "kon": ("program",),
        "alder": ("program",),
    }
    return {name: (code,)} | dict.fromkeys(apart.get(name, ()), ())


def _of(count) -> str:
    if count.status == STRUCTURAL:
        return IMPOSSIBLE
    if count.value == 0:
        return NONE
    return FEW if count.value is None or count.value < BASE_MINIMUM else ""
