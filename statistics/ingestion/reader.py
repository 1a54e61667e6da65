"""From the bytes of a file to rows of text, whatever the sender's program made of them.

The file's content decides what it is, not its name. Everything that cannot be read raises
``UnusableFile`` with a sentence that says why; nothing else is raised for any bytes. Rows are
read as they are asked for, as often as they are asked for, and never all held.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import islice
from pathlib import Path

from . import headers, text_files, workbooks
from .findings import UnusableFile

MAX_BYTES = 200 * 1024 * 1024
MAX_ROWS = 1_000_000
MAX_COLUMNS = 200
MAX_CELL = 4_000
TOO_LARGE = f"Filen är större än {MAX_BYTES // 2**20} megabyte. Dela den i flera filer."

# What other kinds of files begin with, and what to tell their sender.
SIGNATURES = (
    (b"%PDF", "Filen är en PDF."),
    (b"\xd0\xcf\x11\xe0", "Filen är skyddad med lösenord eller sparad i ett äldre Excel-format."),
    (b"{\\rtf", "Filen är ett textdokument (RTF)."),
    (b"\x1f\x8b", "Filen är komprimerad (gzip)."),
    (b"Rar!", "Filen är ett komprimerat arkiv (RAR)."),
    (b"7z\xbc\xaf", "Filen är ett komprimerat arkiv (7-Zip)."),
    (b"-----BEGIN PGP", "Filen är krypterad."),
    (b"SQLite format 3", "Filen är en databas."),
)
RIGHT_FORMAT = "Spara den som CSV eller XLSX utan lösenord och skicka in den på nytt."


Record = tuple[int, list[str]]  # a row's number in the file, and its cells


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file: its number there, its known columns, the values of all others.

    ``faults`` are about the row as such: column, kind of finding, sentence.
    """

    number: int
    values: dict[str, str]
    others: list[str] = field(default_factory=list)
    faults: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Form:
    """What the file turned out to be: encoding and delimiter of a CSV, the sheet of an XLSX.

    ``lines`` is about how many rows there are, for showing progress.
    """

    format: str
    lines: int
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()
    macros: bool = False

    def as_dict(self) -> dict:
        return {
            "format": self.format,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "sheet": self.sheet,
            "other_sheets": list(self.other_sheets),
            "macros": self.macros,
        }


@dataclass(frozen=True)
class Table:
    """The rows below the header row; ``again`` begins to read the file anew."""

    form: Form
    layout: headers.Layout
    again: Callable[[], Iterator[Record]]

    @property
    def kind(self) -> headers.FileKind:
        return self.layout.kind

    def records(self) -> Iterator[Record]:
        """The rows that are not empty, as cells. Raises UnusableFile where one is unreadable."""
        below = islice(_filled(self.again()), 1, None)
        for count, record in enumerate(below, 1):
            if count > MAX_ROWS:
                raise UnusableFile(f"Filen har fler än {MAX_ROWS} rader. Dela den i flera filer.")
            yield record

    def row(self, record: Record) -> Row:
        """A record with its cells by column."""
        number, cells = record
        layout = self.layout
        if max(map(len, cells)) > MAX_CELL:
            raise UnusableFile(f"Rad {number} har en cell med fler än {MAX_CELL} tecken.")
        values = dict.fromkeys(layout.names, "")
        for column in layout.columns:
            if column.position < len(cells):
                values[column.name] = cells[column.position].strip()
        others = [cells[at] for at in self._unread if at < len(cells) and cells[at]]
        extra = [cell for cell in cells[layout.width :] if cell.strip()]
        faults = []
        if self._repeats_header(cells):
            faults.append(("raden", REPEATED_HEADER, _HEADER_AGAIN))
        elif text_files.CUT_OFF in cells:
            extra = []
            values = {name: value.rstrip(text_files.CUT_OFF) for name, value in values.items()}
            faults.append(
                ("raden", "row-shape", "Filen slutar mitt i raden. Exportera den på nytt.")
            )
        elif extra:
            faults.append(("raden", "row-shape", _TOO_WIDE.format(layout.width)))
        return Row(number, values, others + extra, faults)

    def _repeats_header(self, cells: list[str]) -> bool:
        return bool(self.layout.columns) and all(
            column.position < len(cells)
            and headers.squashed(cells[column.position]) == headers.squashed(column.header)
            for column in self.layout.columns
        )

    def __iter__(self) -> Iterator[Row]:
        return map(self.row, self.records())

    @property
    def rows(self) -> list[Row]:
        """All rows at once: for small files."""
        return list(self)

    @cached_property
    def _unread(self) -> list[int]:
        read = {column.position for column in self.layout.columns}
        return [position for position in range(self.layout.width) if position not in read]


REPEATED_HEADER = "repeated-header"
_HEADER_AGAIN = "Raden är rubrikraden en gång till. Ta bort den."
_TOO_WIDE = "Raden har fler fält än rubrikraden, som har {} kolumner."


def read(data: bytes, names: headers.Names | None = None) -> Table:
    """The table that the bytes hold. Raises UnusableFile, and nothing else.

    ``names`` is the sender's own mapping of columns (``headers.layout``). The rows are read
    when they are asked for, and raise UnusableFile too.
    """
    if len(data) > MAX_BYTES:
        raise UnusableFile(TOO_LARGE)
    if not data.strip(b"\x00 \t\r\n"):
        raise UnusableFile("Filen är tom.")
    for signature, sentence in SIGNATURES:
        if data.startswith(signature):
            raise UnusableFile(f"{sentence} {RIGHT_FORMAT}")
    is_zip = data.startswith(b"PK\x03\x04")
    facts, again = (workbooks if is_zip else text_files).opened(data)
    first = next(_filled(again()), None)
    if first is None:
        raise UnusableFile("Filen är tom.")
    header = _without_empty_end(first[1])
    if len(header) > MAX_COLUMNS:
        raise UnusableFile(f"Filen har fler än {MAX_COLUMNS} kolumner.")
    layout = headers.layout(header, names)
    named = {column.position: column.name for column in layout.columns}
    return Table(Form(**facts), layout, partial(again, named) if is_zip else again)


def content_of(path: Path) -> bytes:
    """The bytes of a file on disk, which are not read where there are too many."""
    if not path.exists():
        raise UnusableFile("Filen finns inte.")
    try:
        if not path.is_file():  # a folder, or a device that never ends
            raise UnusableFile("Filen går inte att öppna.")
        if path.stat().st_size > MAX_BYTES:
            raise UnusableFile(TOO_LARGE)
        return path.read_bytes()
    except OSError:
        raise UnusableFile("Filen går inte att öppna.") from None


def _filled(records: Iterator[Record]) -> Iterator[Record]:
    # Most rows show with their first cell that they are not empty.
    return (
        (number, cells)
        for number, cells in records
        if (cells and cells[0].strip()) or any(map(str.strip, cells))
    )


def _without_empty_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells
