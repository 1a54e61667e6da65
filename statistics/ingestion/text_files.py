"""Delimited text: which encoding, which delimiter, which rows."""

import csv
import io
import re
from collections.abc import Iterator

from .findings import UnusableFile
from .headers import column_of

DELIMITERS = ";,\t"
# Stands as a last cell where the file ends within a row; no text file can hold it.
CUT_OFF = "\x00"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f￾￿]")
_MIXED = re.compile("Ã[¥¤¶…„–]")
_ENCODINGS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NOT_TEXT = "Filen är varken text (CSV) eller en Excel-fil (XLSX)."


def decode(data: bytes) -> str:
    """The text of the bytes: UTF-8, UTF-16 or Windows-1252, found out and not asked."""
    encoding = next((name for mark, name in _ENCODINGS if data.startswith(mark)), None)
    for name in [encoding] if encoding else [_guess(data), "cp1252"]:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise UnusableFile(f"{_NOT_TEXT} Teckenkodningen går inte att läsa.")
    if _CONTROL.search(text):
        raise UnusableFile(_NOT_TEXT)
    if name == "cp1252" and _MIXED.search(text):
        raise UnusableFile("Filen blandar två teckenkodningar. Spara den på nytt som UTF-8.")
    return text


def _guess(data: bytes) -> str:
    """UTF-16 without its mark shows by the zeros beside plain letters; else try UTF-8."""
    sample = data[:2000]
    if len(sample) >= 4 and sample[1::2].count(0) > len(sample) // 3:
        return "utf-16-le"
    if len(sample) >= 4 and sample[::2].count(0) > len(sample) // 3:
        return "utf-16-be"
    return "utf-8"


def records(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers, counted as a spreadsheet would; empty rows count too."""
    text = decode(data)
    lines = text.splitlines(keepends=True)[:1] if text[:4].lower() == "sep=" else []
    body = text[len(lines[0]) :] if lines else text
    delimiter = _delimiter(body)
    reader = csv.reader(io.StringIO(body, newline=None), delimiter=delimiter, strict=True)
    ends_well = body.endswith(("\n", "\r"))
    yield from _numbered(reader, 1 + len(lines), ends_well)


def _delimiter(text: str) -> str:
    """The one that finds the most known columns in the first row that is not empty."""
    first = next((line for line in io.StringIO(text, newline=None) if line.strip()), "")

    def known(delimiter):
        cells = next(csv.reader([first], delimiter=delimiter), [])
        return sum(column_of(cell) is not None for cell in cells)

    try:
        return max(DELIMITERS, key=known)
    except csv.Error:
        return DELIMITERS[0]


def _numbered(reader, start: int, ends_well: bool) -> Iterator[tuple[int, list[str]]]:
    """One row behind, so that the last row is known to be the last.

    A last row without a line ending that is too short was cut off on its way. In the midst
    of a file short rows are in order: Excel leaves out empty cells at the end.
    """
    number, width, waiting = start - 1, 0, None
    try:
        for number, cells in enumerate(reader, start):
            if waiting is not None:
                yield waiting
            width = width or len(cells)
            waiting = (number, cells)
    except csv.Error:
        raise UnusableFile(
            f"Rad {number + 1} går inte att läsa: ett citattecken saknas eller står fel."
        ) from None
    if waiting is not None:
        cut = not ends_well and waiting[0] > start and 0 < len(waiting[1]) < width
        yield (waiting[0], [*waiting[1], CUT_OFF]) if cut else waiting
