"""Single values: text from a cell to what it means, or Invalid with a Swedish sentence."""

import re
from datetime import date, timedelta

from .. import codes
from .findings import Invalid, shown
from .personal_numbers import hides_one

ID_LENGTH = 64
TEXT_LENGTH = 160
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
# What Excel counts days with, from 1954 to 2118.
_EXCEL_DAY = re.compile("[2-7][0-9]{4}")
_SCIENTIFIC = re.compile(r"[0-9]([.,][0-9]+)?E[+-]?[0-9]+", re.IGNORECASE)
_STUDY_PATH = re.compile(r"[A-Z0-9]+")


def _quoted(value: str) -> str:
    return f'"{shown(value)}"'


def needed(value: str, meaning: str) -> str:
    if not value:
        raise Invalid("missing", f"Värdet saknas. Här ska stå {meaning}.")
    return value


def identifier(value: str) -> str:
    """The sender's own id of an interruption."""
    needed(value, "avsändarens eget id för avbrottet")
    if len(value) > ID_LENGTH:
        raise Invalid(
            "too-long", f"{_quoted(value)} är för långt. Ett id har högst {ID_LENGTH} tecken."
        )
    if not value.isprintable():
        raise Invalid(
            "invisible", f"{_quoted(value)} innehåller tecken som inte syns. Ta bort dem."
        )
    if _SCIENTIFIC.fullmatch(value):
        raise Invalid(
            "rounded",
            f"{_quoted(value)} är ett tal som kalkylprogrammet har avrundat. Skriv id:t som text.",
        )
    return value


def pupil_id(value: str) -> str:
    """Another id than a personal number; no message may show it."""
    needed(value, "personnummer eller ett annat id för eleven")
    if _SCIENTIFIC.fullmatch(value):
        raise Invalid(
            "rounded", "Värdet är ett tal som kalkylprogrammet har avrundat. Skriv det som text."
        )
    if len(value) > ID_LENGTH or not value.isprintable():
        raise Invalid(
            "too-long", f"Värdet är inget id. Ett id har högst {ID_LENGTH} synliga tecken."
        )
    return value


def day(value: str) -> date:
    match = _ISO_DATE.fullmatch(value)
    if match:
        try:
            return date(*map(int, match.groups()))
        except ValueError:
            raise Invalid("no-such-day", f"{_quoted(value)} är en dag som inte finns.") from None
    if _EXCEL_DAY.fullmatch(value):
        meant = date(1899, 12, 30) + timedelta(days=int(value))
        raise Invalid(
            "excel-number",
            f"{_quoted(value)} är ett tal som kalkylprogrammet har gjort av ett datum, troligen "
            f"{meant}. Formatera kolumnen som datum, eller skriv dagen som text.",
        )
    raise Invalid(
        "not-a-date",
        f"{_quoted(value)} är inget datum. Skriv år, månad och dag, till exempel 2025-03-14.",
    )


def past_day(value: str, today: date) -> date:
    found = day(value)
    if found > today:
        raise Invalid("in-future", f"{_quoted(value)} ligger i framtiden. Dagen ska ha varit.")
    return found


def optional_past_day(value: str, today: date) -> date | None:
    return past_day(value, today) if value else None


def sex(value: str) -> str:
    needed(value, "K (kvinna) eller M (man)")
    if value.upper() not in codes.SEXES:
        raise Invalid(
            "unknown-code",
            f"{_quoted(value)} är inget kön i filen. Skriv K (kvinna) eller M (man).",
        )
    return value.upper()


def birth_year(value: str) -> int:
    needed(value, "födelseåret med fyra siffror")
    if not re.fullmatch("(19|20)[0-9]{2}", value):
        raise Invalid(
            "not-a-number",
            f"{_quoted(value)} är inget födelseår. Skriv fyra siffror, till exempel 2008.",
        )
    return int(value)


def home(value: str, context) -> str:
    """A municipality that there is, and that the source may report (``checks.Context``)."""
    needed(value, "en kommunkod med fyra siffror")
    if value not in context.municipalities:
        raise Invalid(
            "unknown-code",
            f"{_quoted(value)} är ingen kommunkod. Koderna har fyra siffror, till "
            "exempel 1480 för Göteborg.",
        )
    if context.own_municipalities and value not in context.own_municipalities:
        raise Invalid(
            "out-of-scope",
            f"{_quoted(value)} är en kommun som källan inte får rapportera. Den får rapportera "
            f"{_some(context.own_municipalities)}.",
        )
    return value


def own_unit(value: str, context) -> str:
    """The code of a school unit that the source may report, in the register or not."""
    needed(value, "en skolenhetskod med åtta siffror")
    if not re.fullmatch("[0-9]{8}", value):
        raise Invalid(
            "unknown-code", f"{_quoted(value)} är ingen skolenhetskod. Koderna har åtta siffror."
        )
    if context.own_school_units and value not in context.own_school_units:
        raise Invalid(
            "out-of-scope",
            f"{_quoted(value)} är en skolenhet som källan inte får rapportera. Den får rapportera "
            f"{_some(context.own_school_units)}.",
        )
    return value


def school(value: str, context) -> str:
    """The code of a school unit in the register that the source may report."""
    if own_unit(value, context) not in context.school_units:
        raise Invalid(
            "not-in-register",
            f"{_quoted(value)} finns inte i registret över skolenheter. Rätta koden, "
            "eller skicka först in en fil med skolenheter där den finns.",
        )
    return value


def _some(codes_: frozenset[str]) -> str:
    first = sorted(codes_)[:5]
    more = len(codes_) - len(first)
    return ", ".join(first) + (f" och {more} till" if more else "")


def study_path(value: str) -> tuple[str, codes.Programme]:
    """The study path as sent, in capitals, and the programme it counts with."""
    path = needed(value, "en programkod").upper()
    known = codes.programme_of(path) if _STUDY_PATH.fullmatch(path) else None
    if known is None or len(path) > codes.STUDY_PATH_LENGTH:
        raise Invalid(
            "unknown-code",
            f"{_quoted(value)} är ingen programkod. Skriv programmets kod, till exempel "
            "NA, BA25 eller IMS.",
        )
    return path, known


def programmes(value: str) -> list[str]:
    """A list with spaces: the programmes that a school unit has, each once."""
    found = [study_path(code)[1].code for code in needed(value, "programkoder").split()]
    return list(dict.fromkeys(found))


def grade(value: str) -> int | None:
    if not value:
        return None
    if value not in {"1", "2", "3", "4"}:
        raise Invalid(
            "unknown-code",
            f"{_quoted(value)} är ingen årskurs. Skriv 1, 2, 3 eller 4, eller lämna tomt.",
        )
    return int(value)


def activity(value: str) -> str:
    """An activity's code; empty means unknown."""
    code = value.upper() or codes.UNKNOWN_ACTIVITY
    if code not in codes.ACTIVITIES:
        raise Invalid(
            "unknown-code",
            f"{_quoted(value)} är ingen kod för aktivitet. Koderna har tre bokstäver, "
            "till exempel ARB för arbete eller VUX för komvux.",
        )
    return code


def reason(value: str) -> str | None:
    if value and value.upper() not in codes.REASONS:
        raise Invalid(
            "unknown-code",
            f"{_quoted(value)} är ingen kod för orsak. Koderna är {', '.join(codes.REASONS)}.",
        )
    return value.upper() or None


def school_year(value: str) -> str:
    needed(value, "ett läsår, till exempel 2024/25")
    match = re.fullmatch("(20[0-9]{2})/([0-9]{2})", value)
    if not match or (int(match[1]) + 1) % 100 != int(match[2]):
        raise Invalid(
            "unknown-code", f"{_quoted(value)} är inget läsår. Skriv till exempel 2024/25."
        )
    return value


def number(value: str) -> int:
    needed(value, "ett heltal")
    if not re.fullmatch("[0-9]{1,6}", value):
        raise Invalid(
            "not-a-number", f"{_quoted(value)} är inget antal. Skriv ett heltal, 0 eller större."
        )
    return int(value)


def text(value: str, meaning: str) -> str:
    needed(value, meaning)
    if len(value) > TEXT_LENGTH or not value.isprintable():
        raise Invalid(
            "too-long",
            f"{_quoted(value)} går inte att använda. Skriv högst {TEXT_LENGTH} synliga "
            "tecken på en rad.",
        )
    if hides_one(value):
        raise Invalid("misplaced-number", "Texten innehåller ett personnummer. Ta bort det.")
    return value


def year_or_day(value: str, last: bool) -> date | None:
    """A day, or a year that stands for its first day, or its last where ``last``."""
    if re.fullmatch("(19|20)[0-9]{2}", value):
        return date(int(value), 12, 31) if last else date(int(value), 1, 1)
    return day(value) if value else None
