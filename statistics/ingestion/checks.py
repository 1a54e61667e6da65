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
    # What the source may report; empty means all.
    own_municipalities: frozenset[str] = frozenset()
    own_school_units: frozenset[str] = frozenset()


class RowCheck:
    """Reads the values of a row one by one; ``errors`` holds what was wrong in the end."""

    def __init__(self, row: Row, context: Context, warnings: list[Finding]):
        self.row = row
        self.context = context
        self.warnings = warnings
        self.errors = [
            Finding(row.number, column, None, text, code) for column, code, text in row.faults
        ]
        self.taken: dict[str, object] = {}
        self._misplaced()

    def has(self, column: str) -> bool:
        return bool(self.row.values.get(column))

    def take(self, column: str, read: Callable, *arguments):
        """The value of a column as ``read`` makes it, or None with an error noted."""
        value = self.row.values.get(column, "")
        if self._told(column):
            return None
        try:
            self.taken[column] = read(value, *arguments)
            return self.taken[column]
        except Invalid as error:
            self.wrong(column, error.code, str(error), value)
            return None

    def wrong(self, column: str, code: str, message: str, value: str = "") -> None:
        self.errors.append(self._finding(column, code, message, value))

    def warn(self, column: str, code: str, message: str) -> None:
        self.warnings.append(self._finding(column, code, message, ""))

    def forbid_copy(self, column: str, number: PersonalNumber | None) -> None:
        """The student's own number is not to be part of the id that is kept of the row."""
        if number and repeats(self.row.values.get(column, ""), number) and not self._told(column):
            self._refuse_number(column)

    def _refuse_number(self, column: str) -> None:
        self.wrong(column, "misplaced-number", _MISPLACED)

    def _finding(self, column, code, message, value) -> Finding:
        showable = value if value and column != SECRET else ""
        return Finding(self.row.number, column, shown(showable) or None, message, code)

    def right(self, *columns: str) -> list | None:
        """What the columns were read as; None where one of them is wrong or was not read."""
        if any(self._told(column) or column not in self.taken for column in columns):
            return None
        return [self.taken[column] for column in columns]

    def _told(self, column: str) -> bool:
        return any(error.column == column for error in self.errors)

    def _misplaced(self) -> None:
        """Personal numbers where none may be, and cells whose formula failed."""
        for column, value in self.row.values.items():
            if column != SECRET and is_shaped_like_one(value):
                self._refuse_number(column)
            elif value == ERROR_CELL:
                self.wrong(column, "formula", "Cellen har en formel som inte gav något värde.")
        if hides_one(self.row.values.get("avbrott_id", "")) and not self._told("avbrott_id"):
            self._refuse_number("avbrott_id")
        for value in self.row.others:
            if is_shaped_like_one(value):
                self._refuse_number("okänd kolumn")
                break
