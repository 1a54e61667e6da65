"""Swedish personal identity numbers (personnummer and samordningsnummer).

Written with 10 or 12 digits, with or without a separator before the last four; of a
samordningsnummer the day is raised by 60. ``python-stdnum`` has the check digit; its own
personnummer module does not know samordningsnummer, so the form is read here.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from stdnum import luhn

_CENTURIES = ("18", "19", "20")
_SEPARATOR = "[-+ _/]?"
_NUMBER = rf"(?:(18|19|20))?([0-9]{{2}})([0-9]{{2}})([0-9]{{2}})({_SEPARATOR})([0-9]{{4}})"
_WHOLE = re.compile(_NUMBER)
_INSIDE = re.compile(rf"(?<![0-9])(?:[0-9]{{2}})?[0-9]{{6}}{_SEPARATOR}[0-9]{{4}}(?![0-9])")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−﹣－"), "-")
# Looser than the rule, for what is only shown: any spelling, a zero lost, digits on either side.
_MAYBE = re.compile(
    "[0-9]{9,}|(?:[0-9]{2} ){4,5}[0-9]{2}"
    "|(?:[0-9]{2})?[0-9]{2}[^0-9A-Za-z]?[0-9]{2}[^0-9A-Za-z]?[0-9]{2}[^0-9A-Za-z]{0,3}[0-9]{4,}"
)
_ONLY_DIGITS = {code: None for code in range(128) if not chr(code).isdigit()}
# Digits with up to three other signs between them, as many as a number has or more.
_SPREAD = re.compile(r"[0-9](?:[^0-9A-Za-zÅÄÖåäö]{0,3}[0-9]){9,}")
# Years of birth of those who may be students: from so many years ago, and so many before.
_YOUNGEST, _SPAN = 10, 40
MASK = "[personnummer]"


@dataclass(slots=True)
class PersonalNumber:
    """A number in its one spelling of twelve digits, and what it tells."""

    digits: str
    birth_year: int
    sex: str

    def __repr__(self):
        return "PersonalNumber(…)"


def tidy(value: str) -> str:
    """Spaces at the ends taken off, dashes and digits of other scripts made plain."""
    if not value.isascii():
        value = unicodedata.normalize("NFKC", value).translate(_DASHES)
        value = "".join(
            str(unicodedata.decimal(c)) if c.isdecimal() else c
            for c in value
            if unicodedata.category(c) != "Cf"
        )
    return value.strip()


def _possible_date(year: int, month: int, day: int) -> bool:
    day = day - 60 if day > 60 else day
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _parts(value: str):
    """Century (or None), year, month, day, separator, last four; None where not so shaped."""
    if len(value) == 12 and value.isascii() and value.isdecimal():  # the commonest spelling
        day = _possible_day(value[:2], value[2:4], value[4:6], value[6:8])
        return day and (*day, "", value[8:]) if value[:2] in _CENTURIES else None
    match = _WHOLE.fullmatch(tidy(value))
    if not match:
        return None
    *day, separator, last = match.groups()
    day = _possible_day(*day)
    return day and (*day, separator, last)


@lru_cache(maxsize=20_000)
def _possible_day(century: str | None, year: str, month: str, day: str):
    """The four as they are, where there can be such a day."""
    # Without a century, 29 February is possible: 2000 was a leap year.
    possible = _possible_date(int((century or "20") + year), int(month), int(day))
    return (century, year, month, day) if possible else None


def _is_short(text: str) -> bool:
    """Too short to hold ten digits; one letter of another script may stand for several."""
    return len(text) < 10 and text.isascii()


def is_shaped_like_one(value: str) -> bool:
    """Ten or twelve digits, a separator or none, a possible date; whatever the check digit."""
    return not _is_short(value) and _parts(value) is not None


def parse(value: str, today: date) -> PersonalNumber | None:
    """The number that a value is, or None where it is not one.

    None too for a wrong check digit, a birth in the future, and a date that is none in the
    century which the ten digits mean: the latest that lies in the past, or with ``+`` the
    one before.
    """
    parts = _parts(value)
    if parts is None:
        return None
    *day, separator, last = parts
    born, checksum = _birth(*day, separator, today)
    if born is None or (checksum + _checksum(last)) % 10:
        return None
    return PersonalNumber(f"{born}{day[2]}{day[3]}{last}", born, "M" if last[2] in "13579" else "K")


@lru_cache(maxsize=40_000)
def _checksum(digits: str) -> int:
    """The part of the Luhn sum of an even number of digits within a number."""
    return luhn.checksum(digits)


@lru_cache(maxsize=20_000)
def _birth(century, year: str, month: str, day: str, separator: str, today: date):
    """The year of birth, or None where there is no such day or it is still to come; and the
    day's part of the Luhn sum."""
    yy, mm, dd = int(year), int(month), int(day)
    born = int(century) * 100 + yy if century else _latest(yy, mm, dd, today)
    if not century and separator == "+":
        born -= 100
    if not _possible_date(born, mm, dd) or date(born, mm, _calendar_day(dd)) > today:
        born = None
    return born, _checksum(year + month + day)


def _calendar_day(day: int) -> int:
    return day - 60 if day > 60 else day


def _latest(year: int, month: int, day: int, today: date) -> int:
    """The latest year with these two digits in which the month and day are not yet to come."""
    full = today.year - (today.year - year) % 100
    return full - 100 if (full, month, _calendar_day(day)) > today.timetuple()[:3] else full


def hides_one(text: str) -> bool:
    """Whether a longer text holds a complete number with a correct check digit.

    In the usual spellings, for whatever day of birth. With other signs between its digits
    (``20 08 01 15 - 23 98``), as other ids may have them by chance, only where it is one of
    somebody who may be a student.
    """
    if _is_short(text):
        return False
    text = tidy(text)
    if any(_parts(found) and _is_valid(found) for found in _INSIDE.findall(text)):
        return True
    return any(_may_be_students(digits) for run in _SPREAD.findall(text) for digits in _joined(run))


def _joined(run: str) -> Iterator[str]:
    """Neighbouring groups of digits that together have as many as a number."""
    groups = re.findall("[0-9]+", run)
    for start in range(len(groups)):
        digits = ""
        for group in groups[start:]:
            digits += group
            if len(digits) in (10, 12):
                yield digits
            elif len(digits) > 12:
                break


def _is_valid(found: str) -> bool:
    return luhn.is_valid(re.sub("[^0-9]", "", found)[-10:])


def _may_be_students(digits: str) -> bool:
    parts = _parts(digits)
    if not parts or not luhn.is_valid(digits[-10:]):
        return False
    newest = date.today().year - _YOUNGEST
    year = int(digits[:4]) if len(digits) == 12 else newest - (newest - int(digits[:2])) % 100
    return newest - _SPAN <= year <= newest


def digits_of(text: str) -> str:
    """All digits in a text, in whatever script and with whatever between them."""
    if text.isascii():
        return text.translate(_ONLY_DIGITS)
    return re.sub("[^0-9]", "", tidy(text))


def repeats(text: str, number: PersonalNumber) -> bool:
    """Whether a text spells this number out, whatever stands around and between its digits."""
    return number.digits[2:].lstrip("0") in digits_of(text)


def masked(text: str) -> str:
    """The text with everything in it that may be a number, in any spelling, blotted out."""
    return _MAYBE.sub(MASK, text if text.isascii() else tidy(text))


def kept_name(file_name: str) -> str:
    """A file's name as it is kept: whatever bytes the sender's disk has, without numbers."""
    return "".join(char if char.isprintable() else "?" for char in masked(file_name))[:255]
