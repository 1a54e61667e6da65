"""Delimited text: which encoding, which delimiter, which rows."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator

from .findings import UnusableFile
from .headers import is_known

DELIMITERS = ";,\t"
# Stands as a last cell where the file ends within a row; no text file can hold it.
CUT_OFF = "\x00"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f￾￿]")
_MIXED = re.compile("Ã[¥¤¶…„–]")
_ENCODINGS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CHUNK = 1 << 20
_NUL = (
    "Filen har nolltecken i texten: den är skadad eller har en okänd teckenkodning. Spara den på "
    "nytt som UTF-8."
)
_NOT_TEXT = "Filen är varken text (CSV) eller en Excel-fil (XLSX)."


def opened(data: bytes) -> tuple[dict, Callable[[], Iterator[tuple[int, list[str]]]]]:
    """What the text is (the fields of ``reader.Form``), and what begins to read its rows."""
    encoding = encoding_of(data)
    hinted = next(_lines(data, encoding), "")[:4].lower() == "sep="
    delimiter = _delimiter(_lines(data, encoding, hinted))
    # A line ending of UTF-16 has a zero beside it, which does not matter here.
    ends_well = data.rstrip(b"\x00").endswith((b"\n", b"\r"))

    def again():
        reader = csv.reader(_lines(data, encoding, hinted), delimiter=delimiter, strict=True)
        return _numbered(reader, 1 + hinted, ends_well)

    lines = data.count(b"\n") or data.count(b"\r")
    form = {"format": "CSV", "lines": lines, "encoding": encoding, "delimiter": delimiter}
    return form, again


def _lines(data: bytes, encoding: str, without_first: bool = False) -> Iterator[str]:
    lines = io.TextIOWrapper(io.BytesIO(data), encoding, newline=None)
    if without_first:
        next(lines, None)
    return lines


def encoding_of(data: bytes) -> str:
    """UTF-8, UTF-16 or Windows-1252, found out and not asked."""
    encoding = next((name for mark, name in _ENCODINGS if data.startswith(mark)), None)
    for name in [encoding] if encoding else [_guess(data), "cp1252"]:
        try:
            _look_through(data, name)
        except UnicodeDecodeError:
            continue
        return name
    raise UnusableFile(f"{_NOT_TEXT} Teckenkodningen går inte att läsa.")


def _look_through(data: bytes, encoding: str) -> None:
    """Decode all of it, a piece at a time. Raises where that fails, or where it is no text."""
    decoder, last = codecs.getincrementaldecoder(encoding)(), ""
    for start in range(0, len(data), _CHUNK):
        text = decoder.decode(data[start : start + _CHUNK], start + _CHUNK >= len(data))
        if _CONTROL.search(text):
            only_nul = not _CONTROL.search(text.replace("\x00", ""))
            raise UnusableFile(_NUL if only_nul else _NOT_TEXT)
        if encoding == "cp1252" and _MIXED.search(last + text):
            raise UnusableFile("Filen blandar två teckenkodningar. Spara den på nytt som UTF-8.")
        last = text[-1:]


def _guess(data: bytes) -> str:
    """UTF-16 without its mark shows by the zeros beside plain letters; else try UTF-8."""
    sample = data[:2000]
    if len(sample) >= 4 and sample[1::2].count(0) > len(sample) // 3:
        return "utf-16-le"
    if len(sample) >= 4 and sample[::2].count(0) > len(sample) // 3:
        return "utf-16-be"
    return "utf-8"


def _delimiter(lines: Iterator[str]) -> str:
    """The one that finds the most known columns in the first row that is not empty."""
    first = next((line for line in lines if line.strip()), "")

    def known(delimiter):
        cells = next(csv.reader([first], delimiter=delimiter), [])
        return sum(map(is_known, cells)), len(cells)

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
