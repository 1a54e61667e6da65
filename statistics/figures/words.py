"""Words and sentences that several figures share."""

from datetime import date

from .. import codes, tables
from ..selection import HOME, joined

INTERRUPTION = (
    "Studieavbrott: en elev har lämnat sin gymnasieutbildning innan den är fullföljd. En elev"
    " med två avbrott räknas två gånger."
)
PROGRAMME = "Programmet är det som eleven lämnade; äldre koder räknas med sina efterföljare."
NOT_COUNTED = "Programbyte, skolbyte, beviljat studieuppehåll och utbytesår räknas inte."
BASE_RULE = "Uppdelningen visas bara där det publicerade antalet avbrott är minst 10."
NEAR = "Små skillnader mellan kommuner kan bero på skyddet: se varje tal som ungefärligt."
SUM_OF_FOUR = "Täljaren är summan av fyra skyddade tal."
# What is said of protected numbers and not of exact ones.
ABOUT_PROTECTION = (BASE_RULE, NEAR, SUM_OF_FOUR)
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


def year_before(code: str) -> str:
    """The same month or school year, one year before: ``2025M10``, ``2024/25``."""
    start = f"{int(code[:4]) - 1}"
    return start + code[4:] if "M" in code else f"{start}/{int(code[:4]) % 100:02d}"


def last_day(year: str) -> date:
    """The last day of a school year."""
    return date(int(year[:4]) + 1, 6, 30)


def month_number(month: str) -> int:
    """0 for July to 11 for June: where the month stands in its school year."""
    return (first_day(month).month - 7) % 12


def told_until(figures, table: str, selection) -> date:
    """The day up to which a table tells of the chosen municipalities: some may be held back."""
    held = figures.held_places(table)
    days = [held[place] or date.min for place in selection.kommun if place in held]
    return min([figures.date_of(table), *days])


def is_told_whole(figures, year: str, selection) -> bool:
    """Whether the interruptions of a school year are told of to its end."""
    return told_until(figures, "avbrott", selection) >= last_day(year)


def is_followed(figures, year: str, months: int) -> bool:
    """Whether so many months have gone for every interruption of the school year."""
    last, day = last_day(year), figures.date_of("flode")
    return (day.year - last.year) * 12 + day.month - last.month >= months


def preliminary_points(figures, year: str) -> str:
    """Which follow-ups the interruptions of a year have not reached, or reached in part."""
    short = [str(m) for m in tables.FOLLOW_UPS if not is_followed(figures, year, m)]
    if not short:
        return ""
    return (
        f"Alla avbrott från läsåret {year} har inte följts i {joined(short)} månader än: de"
        " punkterna gäller bara de tidigaste, eller saknas."
    )


def preliminary(figure, figures, selection) -> str:
    """What late reports may still change: years that ended less than a year before the day."""
    if figures.exact:
        return ""
    years = figures.codes["lasar"] if figure.over_years else selection.lasar
    young = [y for y in years if last_day(y).replace(year=int(y[:4]) + 2) > figures.data_date]
    if not young:
        return ""
    return f"Preliminära tal för {joined(young)}: sena uppgifter kan ändra dem."


def late(held: dict[str, date | None], selection) -> str:
    """That municipalities tell of less than the figure's day; empty where none does.

    Too few records have changed there to be shown (rule 5), so the total lacks them as well.
    """
    if not held:
        return ""
    if selection.perspektiv == HOME and selection.kommun:
        shown = (*selection.kommun, *selection.jamfor)
        places = [place for place in shown if place in held]
    else:
        places = list(held)
    if not places:
        return ""
    if len(places) > 3:
        return (
            f"För {len(places)} hemkommuner gäller talen ett tidigare datum: för få uppgifter har"
            " ändrats sedan dess för att visas, och de är inte med i summorna."
        )
    told = joined(
        f"{tables.PLACES[place]} "
        + (f"till och med {day_words(held[place])}" if held[place] else "bara de läsår som visas")
        for place in places
    )
    return (
        f"Talen för {told}: för få uppgifter har ändrats sedan dess för att visas, och de är inte"
        " med i summorna."
    )
