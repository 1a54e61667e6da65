"""The cells of the lattice counted by hand: the rules written a second time, in Python."""

from calendar import monthrange
from collections import defaultdict
from datetime import date
from itertools import product
from statistics import codes, tables
from statistics.models import CurrentActivity, CurrentInterruption

from .figures_factory import SCHOOLS, UNTIL


def months_later(day, months):
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def flow(row, seen, months):
    """The rule of the record format, written a second time."""
    day = months_later(row.interrupted_on, months)
    if day > UNTIL:
        return None
    if row.graduated_on and row.graduated_on <= day:
        return "EX"
    if row.resumed_on and row.resumed_on <= day:
        return "AT"
    recent = [(on, code) for on, code in seen if months_later(day, -6) <= on <= day]
    return codes.GROUP_OF_ACTIVITY[max(recent)[1]] if recent else "UTAN"


# The last day of each class, as the record format has them.
LENGTHS = {"L0": 30, "L1": 91, "L2": 182, "L3": 365, "L4": 730}


def length(days):
    if days is None:
        return "PAG"
    return next((code for code, last in LENGTHS.items() if days <= last), "L5")


def derived(row, seen):
    """All variables of one interruption as lists of the codes that it counts under."""
    ends = [day for day in (row.resumed_on, row.graduated_on) if day and day <= UNTIL]
    days = (min(ends) - row.interrupted_on).days if ends else None
    known = [(on, code) for on, code in seen if on <= UNTIL]
    activity = max(known)[1] if known else "OKD"
    passed = months_later(row.interrupted_on, 24)
    examen = None
    if passed <= UNTIL:
        examen = "J" if row.graduated_on and row.graduated_on <= passed else "N"
    return {
        "lasar": [codes.school_year(row.interrupted_on)],
        "manad": [f"{row.interrupted_on:%YM%m}"],
        "hemkommun": [codes.region_code(row.home_municipality_id), "T"],
        "skolkommun": [codes.region_code(SCHOOLS[row.school_unit_id][1]), "T"],
        "skolenhet": [row.school_unit_id, "T"],
        "kon": [row.sex, "T"],
        "alder": [str(min(max(row.age, 16), 20)), "T"],
        "programtyp": [row.programme_type, "T"],
        "program": [row.programme, "T"],
        "langd": [length(days), "T"],
        "aktivitet": [activity, codes.GROUP_OF_ACTIVITY[activity], "T"],
        "examen": [examen, "T"] if examen else [],
        "utfall": {m: flow(row, seen, m) for m in tables.FOLLOW_UPS},
    }


def by_hand(table, rows):
    """Cell -> the record keys in it."""
    found = defaultdict(list)
    for key, values in rows:
        for cell in product(*(values[v] for v in table.variables if v not in ("efter", "utfall"))):
            if "utfall" not in table.variables:
                found[cell].append(key)
                continue
            for months, outcome in values["utfall"].items():
                for code in (outcome, "T") if outcome else ():
                    found[(*cell, str(months), code)].append(key)
    return found


def rows_by_hand():
    seen = defaultdict(list)
    for activity in CurrentActivity.objects.all():
        seen[activity.interruption_id].append((activity.observed_on, activity.code))
    current = CurrentInterruption.objects.filter(interrupted_on__lte=UNTIL)
    return [(row.record_key, derived(row, seen[row.pk])) for row in current]
