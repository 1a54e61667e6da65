"""Municipalities of about the same size in the region: a simple rule, told where it is used.

At least half and at most twice as many students in upper secondary school who live there; of
these the three that are nearest. Kolada's groups of similar municipalities are another thing:
they rest on more than size, and reach over the whole country (``national.completion``).
"""

from dataclasses import dataclass
from fractions import Fraction

from . import codes
from .publication import Figures

LARGEST_RATIO = 2
AT_MOST = 3


@dataclass(frozen=True)
class Similar:
    """``year`` is that of the student numbers; ``students`` those of the municipality."""

    places: tuple[str, ...]
    year: str
    students: int


def similar(figures: Figures, place: str, year: str) -> Similar | None:
    """None where the number of students is not known in that year, or the newest that has it."""
    years = [year, *reversed(figures.codes["lasar"])]
    known = next((y for y in years if figures.students_of(y, place)), None)
    if known is None or place not in codes.REGION:
        return None
    own = figures.students_of(known, place)
    ratios = {
        other: _ratio(own, students)
        for other in codes.REGION
        if other != place and (students := figures.students_of(known, other))
    }
    nearest = sorted(ratios, key=lambda other: (ratios[other], other))
    places = [other for other in nearest if ratios[other] <= LARGEST_RATIO]
    return Similar(tuple(places[:AT_MOST]), known, own)


def _ratio(one, other):
    return Fraction(max(one, other), min(one, other))
