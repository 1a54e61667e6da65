"""What a report is put together from, whether it becomes a page or a PDF."""

from dataclasses import dataclass

from ..figures import Figure
from ..publication import Figures
from ..selection import Selection


@dataclass(frozen=True)
class Grid:
    """A table: every cell is text as it is shown, the first of each row names it.

    ``words`` are the columns (from 0) that hold words and not numbers.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: tuple[int, ...] = (0,)

    @property
    def numeric(self) -> tuple[int, ...]:
        return tuple(at for at in range(len(self.header)) if at not in self.words)


@dataclass(frozen=True)
class Section:
    """One question and its answer: sentences, a drawing of ``figure``, tables, what to mind."""

    id: str
    title: str
    sentences: tuple[str, ...] = ()
    figure: Figure | None = None
    grids: tuple[Grid, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """Everything that is said of one municipality and one school year."""

    place: str
    name: str
    figures: Figures
    selection: Selection
    in_short: tuple[str, ...]
    questions: tuple[str, ...]
    sections: tuple[Section, ...]
    protection: tuple[str, ...]
    definitions: tuple[tuple[str, str], ...]
    # Why there is little to read, and what to do instead; empty for an ordinary report.
    too_little: tuple[str, ...] = ()

    @property
    def year(self) -> str:
        return self.selection.lasar[0]

    @property
    def title(self) -> str:
        return f"Studieavbrott i {self.name} läsåret {self.year}"
