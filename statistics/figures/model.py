"""What a figure is: a question, its table, its chart, and the words that belong to it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial

from ..charts import Bar, Canvas, digits
from ..disclosure import BLOCKED, TOTAL, Count, share

NBSP = "\N{NO-BREAK SPACE}"
COUNT, SHARE, RATE, WORDS = "antal", "procent", "per 100", "ord"
# When somebody last read through the definitions of all figures.
REVIEWED = date(2026, 11, 24)

# A value of a cell: a protected count, a share in whole per cent, a number per hundred, words
# that say what the numbers beside them mean, or none.
Value = Count | int | Decimal | str | None


def shown(value: Value) -> str:
    """A value in a sentence: ``1 043``, ``34 %``, ``4,2``; ``..`` where there is none."""
    if isinstance(value, Count):
        return digits(value.value) if value.value is not None else value.status
    if value is None:
        return BLOCKED
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    return f"{value}{NBSP}%"


def plain(value: Value):
    """A value as a number for charts and files; None where there is none."""
    if isinstance(value, str):
        return None
    return value.value if isinstance(value, Count) else value


def bar(label: str, value: Value, series: str = "") -> Bar:
    return Bar(label, plain(value), shown(value), series)


def drawn(kind: Callable, bars: list[Bar]) -> Callable[[int], Canvas] | None:
    """The chart for a width; None where no bar has a value: then the table stands alone."""
    if all(one.value is None for one in bars):
        return None
    return partial(kind, bars)


@dataclass(frozen=True)
class Column:
    code: str
    label: str
    kind: str = COUNT

    @property
    def heading(self) -> str:
        """The label with its unit, so that the cells below hold numbers only."""
        return f"{self.label} ({self.kind})" if self.kind == SHARE else self.label


# How many, and which part of the whole that is.
COUNT_AND_SHARE = [Column("antal", "Studieavbrott"), Column("andel", "Andel", SHARE)]


@dataclass(frozen=True)
class Row:
    code: str
    label: str
    values: tuple[Value, ...]
    head: bool = False

    @property
    def texts(self) -> list[str]:
        """As the table has them, without the unit, which stands in the heading."""
        return [shown(value).removesuffix(f"{NBSP}%") for value in self.values]

    @property
    def cells(self) -> list[tuple[str, bool]]:
        """Each text, and whether it stands in a column of words."""
        words = (isinstance(value, str) for value in self.values)
        return list(zip(self.texts, words, strict=True))


def whole_row(label: str, *wholes: Count) -> Row:
    """The last row of a table: each whole, and that it is all of itself where it has shares."""
    values = tuple(value for whole in wholes for value in (whole, share(whole, whole)))
    return Row(TOTAL, label, values, head=True)


@dataclass(frozen=True)
class Definition:
    """What the numbers are, in the reader's words."""

    counted: str
    share: str = ""
    left_out: str = ""
    why: str = ""
    reviewed: date = REVIEWED


@dataclass(frozen=True)
class Figure:
    """One message: headline, sentence, chart, table, definition.

    All numbers are protected, but in the exact view of those with a right to it.
    """

    id: str
    title: str
    reading: str
    scope: str
    row_label: str
    columns: list[Column]
    rows: list[Row]
    definition: Definition
    chart: Callable[[int], Canvas] | None = field(default=None, compare=False)
    notes: tuple[str, ...] = ()
    exact: bool = False
    preliminary: str = ""
    # Shows every year or month there is, whatever years are chosen.
    over_years: bool = False
    # Up to when its table tells; that of the publication where nothing else is said.
    until: date | None = field(default=None, compare=False)

    @property
    def blocked(self) -> bool:
        return any(shown(value) == BLOCKED for row in self.rows for value in row.values)

    @property
    def protection(self) -> str:
        """How far off the counts can be: a sum of several cells is less certain than one cell."""
        if self.exact:
            return "Talen är exakta och får inte publiceras."
        counts = [value for row in self.rows for value in row.values if isinstance(value, Count)]
        sums = [count.margin for count in counts if count.cells > 1]
        off = (
            f"varje antal är här en summa av flera skyddade tal och kan avvika med ungefär"
            f" {max(sums)}"
            if sums
            else "ett antal kan avvika med högst 5"
        )
        return f"Talen är skyddade: {off} från det verkliga."

    @property
    def description(self) -> str:
        """The chart in words, for those who do not see it."""
        return f"{self.reading} {self.scope}. Alla tal finns i tabellen."
