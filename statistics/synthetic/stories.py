"""What happens to one made-up student: interruption, activities, return, graduation.

The chances follow the figures of the national statistics where there are any (returns,
activities at the last contact of the municipalities); the rest is a plausible guess.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from .. import codes
from .dice import Dice
from .schools import Cell, study_path

SEASON = {7: 0.1, 8: 1.3, 9: 1.7, 10: 1.6, 11: 1.0, 12: 0.7, 1: 1.8, 2: 1.0, 3: 0.9, 4: 0.7,
          5: 0.6, 6: 0.5}  # fmt: skip
RISK = {"YP": 2.9, "HF": 1.0, "IM": 4.0, "OVR": 0.7}
RISK_OF_BOYS = 1.02
RETURNS = {"YP": 0.44, "HF": 0.52, "IM": 0.36, "OVR": 0.4}
GRADUATES = {"YP": 0.72, "HF": 0.78, "IM": 0.16, "OVR": 0.45}
# First and last day of an interruption that ends, and how many end so.
LENGTHS = {(5, 30): 12, (31, 91): 20, (92, 182): 19, (183, 365): 34, (366, 730): 12, (731, 1200): 3}
REASONS = {"FEL": 16, "TRI": 24, "FRA": 14, "PSY": 17, "SVA": 6, "ARB": 4, "FLY": 5, "UTL": 2,
           "GRA": 0.5, "RES": 1, "UPP": 0.8, "ANN": 4, "OKD": 6}  # fmt: skip

# At the first contact, and at later ones.
GROUPS = (
    {"UTB": 12, "ARBG": 20, "AKT": 25, "SKAL": 9, "UTAN": 34},
    {"UTB": 20, "ARBG": 29, "AKT": 24, "SKAL": 9, "UTAN": 18},
)
ACTIVITIES = {
    "GYN": 4, "GYI": 5, "GYA": 1, "VUX": 34, "SFI": 8, "FHA": 14, "FHS": 14, "UTU": 3, "UTA": 12,
    "ARB": 88, "EGF": 4, "LAR": 8,
    "PRA": 20, "AMP": 14, "KAA": 34, "SOK": 27, "VPL": 3, "IDE": 2,
    "FOR": 12, "SJK": 36, "AKE": 16, "FLY": 21, "UTL": 15,
    "SAK": 45, "NEJ": 15, "EJN": 30, "OKD": 10,
}  # fmt: skip


@dataclass(frozen=True)
class Episode:
    """One interruption as it will stand in the file."""

    student: str
    cell: Cell
    born: int
    grade: int | None
    began: date
    resumed: date | None = None
    graduated: date | None = None
    reason: str = ""
    seen: dict[date, str] = field(default_factory=dict)


def first_episode(student: str, cell: Cell, began: date, until: date, dice: Dice) -> Episode:
    """A student's interruption, on from the day it began."""
    grade = dice.pick({1: 46, 2: 34, 3: 18, 4: 2})
    late = dice.pick({0: 82, 1: 14, 2: 4}) + (2 if grade == 4 else 0)
    if cell.programme == "IMS":
        late += dice.between(0, 2)
    began_school = cell.start_year - min(grade, 3) + 1
    if codes.PROGRAMMES[cell.programme].type in {"YP", "HF"}:
        cell = replace(cell, study_path=study_path(cell.programme, began_school))
    episode = Episode(
        student,
        cell,
        born=cell.start_year - 15 - min(grade, 3) - late,
        grade=None if codes.PROGRAMMES[cell.programme].type == "IM" else grade,
        began=began,
        reason=dice.pick(REASONS) if dice.chance(0.72) else "",
    )
    return _afterwards(episode, until, dice)


def second_episode(first: Episode, until: date, dice: Dice) -> tuple[Episode, Episode] | None:
    """Some come back and leave again; then the first one has not led to graduation."""
    if not first.resumed or not dice.chance(0.13):
        return None
    began = working_day(first.resumed + timedelta(days=dice.between(60, 420)))
    if began > until or began.year - first.born > 22:
        return None
    again = replace(first, began=began, resumed=None, graduated=None, reason="", seen={})
    earlier = {day: code for day, code in first.seen.items() if day < began}
    return replace(first, graduated=None, seen=earlier), _afterwards(again, until, dice)


def working_day(day: date) -> date:
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


def _afterwards(episode: Episode, until: date, dice: Dice) -> Episode:
    type_ = codes.PROGRAMMES[episode.cell.programme].type
    resumed = graduated = None
    if dice.chance(RETURNS[type_]):
        resumed = working_day(episode.began + timedelta(days=dice.between(*dice.pick(LENGTHS))))
        if dice.chance(GRADUATES[type_]):
            graduated = _graduation(episode, resumed, dice)
    elif dice.chance(0.08):
        graduated = working_day(episode.began + timedelta(days=dice.between(250, 720)))
    told = [day if day and day <= until else None for day in (resumed, graduated)]
    seen = _seen(episode, resumed, graduated, until, dice)
    return replace(episode, resumed=told[0], graduated=told[1], seen=seen)


def _graduation(episode: Episode, resumed: date, dice: Dice) -> date:
    """A day in June: in the year of one's class, or a year later for each long absence."""
    left = 3 - min(episode.grade or 1, 3)
    this_year = int(codes.school_year(episode.began)[:4]) + 1
    year = this_year + left + (resumed - episode.began).days // 300
    day = working_day(date(year, 6, dice.between(3, 12)))
    return day if day > resumed else working_day(day.replace(year=day.year + 1))


def _seen(episode, resumed, graduated, until, dice: Dice) -> dict[date, str]:
    """What the home municipality found when it was in contact, at most twice a year."""
    end = min(day for day in (resumed, graduated, until) if day)
    day, seen = episode.began + timedelta(days=dice.between(15, 100)), {}
    while day <= end and len(seen) < 8 and not (seen and dice.chance(0.12)):
        day = working_day(day)
        if day <= until and dice.chance(0.86):
            group = dice.pick(GROUPS[min(len(seen), 1)])
            seen[day] = dice.pick(_OF_GROUP[group])
        day += timedelta(days=dice.between(80, 210))
    if resumed and resumed <= until and dice.chance(0.45):
        vocational = codes.PROGRAMMES[episode.cell.programme].type != "IM"
        seen[resumed] = "GYN" if vocational or dice.chance(0.3) else "GYI"
    return seen


_OF_GROUP = {
    group.code: {code: ACTIVITIES[code] for code in group.activities}
    for group in codes.ACTIVITY_GROUPS.values()
}
