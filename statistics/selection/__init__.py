"""The one filter object: a query string <-> what is asked for, and the same in Swedish words."""

from .question import HOME, LABELS, NAMES, PERSPECTIVES, SCHOOL, Beside, Selection, joined
from .reading import COMPARED_AT_MOST, default_year, parse

__all__ = [
    "COMPARED_AT_MOST",
    "HOME",
    "LABELS",
    "NAMES",
    "PERSPECTIVES",
    "SCHOOL",
    "Beside",
    "Selection",
    "default_year",
    "joined",
    "parse",
]
