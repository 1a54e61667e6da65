"""One row under examination: takes values, gathers what is wrong, shows nothing secret."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from .findings import Finding, Invalid, shown
from .personal_numbers import PersonalNumber, hides_one, is_shaped_like_one, repeats
from .reader import Row
from .workbooks import ERROR_CELL

SECRET = "elev"  # noqa: S105
_MISPLACED = "Här står ett personnummer. Personnummer får bara stå i kolumnen elev."


@dataclass(frozen=True)
class Context:
    """What rows are checked against."""

    source: str
    today: date
    municipalities: frozenset[str]
    school_units: frozenset[str]
    sources: dict[str, int]


class RowCheck:
    """Reads the values of a row one by one; ``errors`` holds what was wrong in the end."""

    def __init__(self, row: Row, context: Context, warnings: list[Finding]):
        self.row = row
        self.context = context
        self.warnings = warnings
        self.errors = [Finding(row.number, column, None, text) for column, text in row.faults]
        self._misplaced()

    def has(self, column: str) -> bool:
        return bool(self.row.values.get(column))

    def take(self, column: str, read: Callable, *arguments):
        """The value of a column as ``read`` makes it, or None with an error noted."""
        value = self.row.values.get(column, "")
        if self._told(column):
            return None
        try:
            return read(value, *arguments)
        except Invalid as error:
            self.wrong(column, str(error), value)
            return None

    def wrong(self, column: str, message: str, value: str = "") -> None:
        self.errors.append(self._finding(column, message, value))

    def warn(self, column: str, message: str) -> None:
        self.warnings.append(self._finding(column, message, ""))

    def forbid_copy(self, column: str, number: PersonalNumber | None) -> None:
        """The student's own number is not to be part of the id that is kept of the row."""
        if number and repeats(self.row.values.get(column, ""), number) and not self._told(column):
            self.wrong(column, _MISPLACED)

    def _finding(self, column, message, value) -> Finding:
        showable = value if value and column != SECRET else ""
        return Finding(self.row.number, column, shown(showable) or None, message)

    def _told(self, column: str) -> bool:
        return any(error.column == column for error in self.errors)

    def _misplaced(self) -> None:
        """Personal numbers where none may be, and cells whose formula failed."""
        for column, value in self.row.values.items():
            if column != SECRET and is_shaped_like_one(value):
                self.wrong(column, _MISPLACED)
            elif value == ERROR_CELL:
                self.wrong(column, "Cellen har en formel som inte gav något värde.")
        if hides_one(self.row.values.get("avbrott_id", "")) and not self._told("avbrott_id"):
            self.wrong("avbrott_id", _MISPLACED)
        for value in self.row.others:
            if is_shaped_like_one(value):
                self.wrong("okänd kolumn", _MISPLACED)
                break
