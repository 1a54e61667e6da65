"""Words and sentences that several figures share."""

from datetime import date

from .. import codes

INTERRUPTION = (
    "Studieavbrott: en elev har lämnat sin gymnasieutbildning innan den är fullföljd. En elev"
    " med två avbrott räknas två gånger."
)
NOT_COUNTED = "Programbyte, skolbyte, beviljat studieuppehåll och utbytesår räknas inte."
BASE_RULE = "Uppdelningen visas bara där det publicerade antalet avbrott är minst 10."
NEAR = "Små skillnader mellan kommuner kan bero på skyddet: se varje tal som ungefärligt."
# What is said of protected numbers and not of exact ones.
ABOUT_PROTECTION = (BASE_RULE, NEAR)
MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)


def first_day(month: str) -> date:
    return date(int(month[:4]), int(month[5:]), 1)


def month_words(month: str) -> str:
    """``2026M10`` as ``oktober 2026``."""
    return f"{MONTHS[first_day(month).month - 1]} {month[:4]}"


def day_words(day: date) -> str:
    """``31 oktober 2026``, with a space that does not break between day and month."""
    return f"{day.day}\N{NO-BREAK SPACE}{MONTHS[day.month - 1]} {day.year}"


def year_of_month(month: str) -> str:
    return codes.school_year(first_day(month))
