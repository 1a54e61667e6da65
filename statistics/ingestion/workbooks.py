"""Excel files (XLSX): the first sheet, read by calamine within bounds.

A workbook is an archive that unpacks to any size, and its cells may claim any position, so
it is unpacked and measured here first, and only then handed on.
"""

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from datetime import date, datetime
from xml.etree import ElementTree

import python_calamine

from .findings import UnusableFile, shown
from .personal_numbers import hides_one

# A workbook is held whole by the library that reads it: these bounds are 600 megabytes of memory.
MAX_UNPACKED = 250 * 1024 * 1024
MAX_PARTS = 2_000
MAX_CELLS = 5_000_000
# All cells' text together: many cells may share one long string.
MAX_TEXT = 100 * 1024 * 1024
ERROR_CELL = "#FEL!"

_POSITION = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,4})([0-9]{1,10})["']""")
_CELL_START = re.compile(rb"<(?:\w+:)?c\s")
_CELL_END = re.compile(rb"</(?:\w+:)?c>")
_STRING_END = re.compile(rb"</(?:\w+:)?si>")
_VALUE = re.compile(rb"v>\s*([0-9]{1,7})\s*<")
_HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_HAS_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)[\s>]")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_IS_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
_MERGE = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z]+)([0-9]{1,7}):([A-Z]+)""")
_MERGED = (
    "Bladets översta rad har sammanfogade celler. Rubrikerna ska stå överst i bladet, en i varje "
    "cell."
)
_HIDDEN = (
    'Det första bladet, "{}", är dolt. Det är det första som läses: ta fram det, eller ställ '
    "bladet med uppgifterna först."
)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Codes whose leading zeros a number cell cannot hold.
_WIDTHS = {"hemkommun": 4, "kommun": 4, "skolenhet": 8}
_BROKEN = "Excel-filen är skadad och går inte att läsa. Spara den på nytt."


def opened(data: bytes) -> tuple[dict, Callable[..., Iterator[tuple[int, list[str]]]]]:
    """What the workbook is (the fields of ``reader.Form``), and what begins to read its rows.

    The latter takes the names of the columns by their positions, once they are known.
    """
    parts = _unpacked(data)
    wrong, merged = _cells_in_error(parts), _merged_rows(parts)
    macros = any(name.endswith("vbaproject.bin") for name in parts)
    del parts  # what follows unpacks once more
    sheet, others, height = _sheets(data)
    form = {
        "format": "XLSX",
        "lines": height,
        "sheet": shown(sheet),
        "other_sheets": tuple(map(shown, others)),
        "macros": macros,
    }
    return form, lambda columns=(): records(data, wrong, merged, dict(columns))


def records(
    data: bytes, wrong: dict[int, list[int]], merged: set[int], columns: Mapping[int, str]
) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet with their numbers, as text; ``wrong`` cells say so.

    The header row may not be one of the ``merged``: of such cells only the first has a text.
    Below it, number cells of some of the ``columns`` get their leading zeros back.
    """
    padded = [(at, name) for at, name in columns.items() if name == "elev" or name in _WIDTHS]
    below_header = False
    for number, cells in enumerate(_cells(data), 1):
        texts = [_text(cell) for cell in cells]
        for position in wrong.get(number, ()):
            if position < len(texts):
                texts[position] = ERROR_CELL
        if below_header:
            for at, name in padded:
                texts[at] = _padded(texts[at], cells[at], name)
        elif any(texts):
            if number in merged:
                raise UnusableFile(_MERGED)
            below_header = True
        yield number, texts


def _cells(data: bytes) -> Iterator[list]:
    """All cells from the first row and column on, empty ones too."""
    with _readable():
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = book.get_sheet_by_index(0)
        left = [""] * (sheet.start or (0, 0))[1]
        rows = sheet.iter_rows()
    while (row := _next(rows)) is not None:
        yield left + row


def _next(rows) -> list | None:
    with _readable():
        return next(rows, None)


def _sheets(data: bytes) -> tuple[str, list[str], int]:
    """The name of the first sheet, those of the others, and how many rows the first one has."""
    with _readable():
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names, end = book.sheet_names, book.get_sheet_by_index(0).end
        visible = book.sheets_metadata[0].visible == python_calamine.SheetVisibleEnum.Visible
    if not visible:
        raise UnusableFile(_HIDDEN.format(shown(names[0])))
    return names[0], names[1:], end[0] + 1 if end else 0


@contextmanager
def _readable():
    try:
        yield
    except python_calamine.PasswordError:
        raise UnusableFile("Excel-filen är skyddad med lösenord. Spara den utan.") from None
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # the Rust library panics on some damaged files: no plain Exception
        raise UnusableFile(_BROKEN) from None


def _unpacked(data: bytes) -> dict[str, bytes]:
    """All XML parts, unpacked; the size that the archive claims for a part is not trusted."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > MAX_PARTS:
                raise UnusableFile("Excel-filen har för många delar.")
            parts, left = {}, MAX_UNPACKED
            for info in archive.infolist():
                content = _part(archive, info, left)
                left -= len(content)
                name = info.filename.lstrip("/").lower()
                if name.endswith((".xml", ".rels")):
                    parts[name] = content
                elif name.endswith("vbaproject.bin"):
                    parts[name] = b""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        encrypted = isinstance(error, RuntimeError) and "password" in str(error)
        raise UnusableFile(
            "Filen är krypterad. Spara den utan lösenord." if encrypted else _BROKEN
        ) from None
    if "xl/workbook.xml" not in parts:
        raise UnusableFile("Filen är ett arkiv men ingen Excel-fil (XLSX). Packa upp den först.")
    _measure(parts)
    return parts


def _part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    claimed = copy(info)
    # Well above what is read, or the end of the claim would be taken for the end of the part.
    claimed.file_size = 2 * left + 2**20
    with archive.open(claimed) as file:
        content = file.read(left + 1)
    if len(content) > left:
        raise UnusableFile("Excel-filen är för stor när den packas upp. Skicka den som CSV.")
    return content


def _measure(parts: dict[str, bytes]) -> None:
    """Refuse cells so far out that the area up to them could not be held in memory."""
    for content in parts.values():
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise UnusableFile(_BROKEN)
        height, columns = 1, {b"A"}
        for found in _POSITION.finditer(content):  # one by one: there are millions
            height = max(height, int(found[2]))
            columns.add(found[1])
        width = max(map(_column_number, columns))
        if width * height > MAX_CELLS:
            raise UnusableFile(
                f"Excel-filen har ett blad på {height} rader och {width} kolumner, fler än "
                f"{MAX_CELLS} celler. Är tabellen mindre: ta bort det som står utanför. Annars: "
                "skicka den som CSV, som får ha en miljon rader, eller dela den."
            )
    if _text_size(parts) > MAX_TEXT:
        raise UnusableFile("Excel-filen har för mycket text i cellerna. Dela den i flera filer.")


def _text_size(parts: dict[str, bytes]) -> int:
    """At most how much text the cells hold, each shared string as often as it is used."""
    sizes = [
        size
        for content in parts.values()
        if b"sst" in content[:2000]
        for size in _distances(_STRING_END, content)
    ]
    used = Counter(
        int(value[1])
        for name, content in parts.items()
        if "sheet" in name
        for value in _VALUE.finditer(content)
    )
    return sum(sizes[index] * count for index, count in used.items() if index < len(sizes))


def _distances(mark: re.Pattern, content: bytes) -> Iterator[int]:
    """How long the pieces are that the marks cut the content into, but for the last."""
    begin = 0
    for found in mark.finditer(content):
        yield found.start() - begin
        begin = found.end()


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _cells_in_error(parts: dict[str, bytes]) -> dict[int, list[int]]:
    """Row number -> positions of cells whose formula failed or was never calculated.

    The library gives both as empty cells, which would mean something else.
    """
    found: dict[int, list[int]] = {}
    content = parts.get(_first_sheet(parts), b"")
    if not _HAS_FORMULA.search(content) and not _IS_ERROR.search(content):
        return found
    for cell in _cells_as_written(content):
        attributes, _, inner = cell.partition(b">")
        inner = _CELL_END.split(inner, maxsplit=1)[0]
        never = _HAS_FORMULA.search(inner) and not _HAS_VALUE.search(inner)
        reference = _REFERENCE.search(attributes)
        if reference and (never or _IS_ERROR.search(attributes)):
            row, column = int(reference[2]), _column_number(reference[1]) - 1
            found.setdefault(row, []).append(column)
    return found


def _cells_as_written(content: bytes) -> Iterator[bytes]:
    """What stands from each cell's start to that of the next."""
    starts = _CELL_START.finditer(content)
    begin = next(starts, None)
    while begin is not None:
        following = next(starts, None)
        yield content[begin.end() : following.start() if following else len(content)]
        begin = following


def _merged_rows(parts: dict[str, bytes]) -> set[int]:
    """The numbers of rows in which cells of the first sheet are merged sideways."""
    return {
        int(row)
        for left, row, right in _MERGE.findall(parts.get(_first_sheet(parts), b""))
        if left != right
    }


def _first_sheet(parts: dict[str, bytes]) -> str:
    try:
        book = ElementTree.fromstring(parts["xl/workbook.xml"])  # noqa: S314
        links = ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])  # noqa: S314
        sheet = next(node for node in book.iter() if node.tag.endswith("}sheet"))
        target = next(
            node.get("Target") for node in links if node.get("Id") == sheet.get(_RELATION)
        )
    except (KeyError, StopIteration, ElementTree.ParseError):
        return "xl/worksheets/sheet1.xml"
    target = (target or "").lower()
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _text(cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "SANT" if cell else "FALSKT"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _padded(text: str, cell, column: str) -> str:
    """A code or personal number from a number cell with its leading zeros given back."""
    if not isinstance(cell, float) or not text.isdecimal():
        return text
    if column == "elev" and 7 <= len(text) <= 9 and hides_one(text.zfill(10)):
        return text.zfill(10)
    return text.zfill(_WIDTHS.get(column, 0))
