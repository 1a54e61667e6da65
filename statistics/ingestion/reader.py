"""From the bytes of a file to rows of text, whatever the sender's program made of them.

The file's content decides what it is, not its name. Everything that cannot be read raises
``UnusableFile`` with a sentence that says why; nothing else is raised for any bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file: its number there, its known columns, the values of all others.

    ``faults`` are sentences about the row as such, each with the column it is told under.
    """

    number: int
    values: dict[str, str]
    others: list[str] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    kind: headers.FileKind
    columns: tuple[str, ...]
    unknown_columns: list[str]
    rows: list[Row]


def read(data: bytes) -> Table:
    """The table that the bytes hold. Raises UnusableFile, and nothing else."""
    if len(data) > MAX_BYTES:
        raise UnusableFile(TOO_LARGE)
    if not data.strip(b"\x00 \t\r\n"):
        raise UnusableFile("Filen är tom.")
    for signature, sentence in SIGNATURES:
        if data.startswith(signature):
            raise UnusableFile(f"{sentence} {RIGHT_FORMAT}")
    is_zip = data.startswith(b"PK\x03\x04")
    return _table((workbooks if is_zip else text_files).records(data))


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


def _table(records: Iterator[tuple[int, list[str]]]) -> Table:
    filled = ((number, cells) for number, cells in records if any(map(str.strip, cells)))
    first = next(filled, None)
    if first is None:
        raise UnusableFile("Filen är tom.")
    header = _without_empty_end(first[1])
    if len(header) > MAX_COLUMNS:
        raise UnusableFile(f"Filen har fler än {MAX_COLUMNS} kolumner.")
    kind = headers.kind_of(header)
    columns, unknown = headers.layout(header, kind)
    rows = []
    for number, cells in filled:
        if len(rows) == MAX_ROWS:
            raise UnusableFile(f"Filen har fler än {MAX_ROWS} rader. Dela den i flera filer.")
        rows.append(_row(number, cells, columns))
    return Table(kind, tuple(c for c in columns if c), unknown, rows)


def _row(number: int, cells: list[str], columns: list[str | None]) -> Row:
    if max(map(len, cells)) > MAX_CELL:
        raise UnusableFile(f"Rad {number} har en cell med fler än {MAX_CELL} tecken.")
    values = {column: "" for column in columns if column}
    others = []
    for column, cell in zip(columns, cells, strict=False):
        if column:
            values[column] = cell.strip()
        elif cell:
            others.append(cell)
    extra = [cell for cell in cells[len(columns) :] if cell.strip()]
    faults = []
    if extra:
        faults.append(
            ("raden", f"Raden har fler fält än rubrikraden, som har {len(columns)} kolumner.")
        )
    elif text_files.CUT_OFF in cells:
        values = {name: value.rstrip(text_files.CUT_OFF) for name, value in values.items()}
        faults.append(("raden", "Filen slutar mitt i raden. Exportera den på nytt."))
    return Row(number, values, others + extra, faults)


def _without_empty_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells
