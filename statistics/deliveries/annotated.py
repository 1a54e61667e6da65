"""The sender's own file back, with what was found beside the rows and in the cells.

Made anew from the original each time and kept nowhere. Every cell is written as text, so
nothing that the file brought is a formula in it.
"""

import csv
import io
from collections import defaultdict

import xlsxwriter

from pluginnovation.core.spreadsheets import inert

from ..ingestion import reader
from ..ingestion.findings import UnusableFile
from ..ingestion.headers import KINDS, checked_names
from ..ingestion.text_files import CUT_OFF
from ..models import Delivery

HEADING = "fel_att_ratta"
# An XLSX is made in memory, where a cell takes far more room than in a CSV.
MOST_ROWS_XLSX = 100_000
MOST_COMMENTS = 20_000
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TOO_MANY = (
    f"Filen har fler än {MOST_ROWS_XLSX} rader, och en Excel-fil blir för stor. Hämta den som CSV."
)


def make(delivery: Delivery, data: bytes, ending: str) -> bytes:
    """The file with its findings. Raises UnusableFile where it is too long for an XLSX."""
    if ending == "xlsx" and delivery.rows_total > MOST_ROWS_XLSX:
        raise UnusableFile(TOO_MANY)
    table = reader.read(data, _names(delivery))
    found = _found(delivery)
    return (_as_xlsx if ending == "xlsx" else _as_csv)(table, found)


def _names(delivery: Delivery) -> dict[str, dict[str, str]]:
    """What the source calls its columns, as it was when the file was read."""
    kept = delivery.source.column_names or {}
    return {kind: kept.get(kind, {}) | checked_names(delivery.column_names) for kind in KINDS}


def _found(delivery: Delivery) -> dict[int, list[tuple[str, str]]]:
    """Row -> what was found there, as column and sentence."""
    found = defaultdict(list)
    told = delivery.findings.order_by("row", "id").values_list("row", "column", "message")
    for row, column, message in told.iterator(chunk_size=10_000):
        found[row].append((column, message))
    return found


def _header(table) -> list[str]:
    return next(cells for _, cells in table.again() if any(map(str.strip, cells)))


def _sentence(found: list[tuple[str, str]]) -> str:
    return " ".join(f"{column}: {message}" for column, message in found)


def _cells(cells: list[str], width: int) -> list[str]:
    """As many cells as the table is wide, and what was beyond it after them."""
    cells = [cell.rstrip(CUT_OFF) for cell in cells]
    return cells + [""] * (width - len(cells))


def _as_csv(table, found) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    width = table.layout.width
    writer.writerow([inert(cell) for cell in [HEADING, *_cells(_header(table), width)]])
    for number, cells in table.records():
        line = [_sentence(found.get(number, [])), *_cells(cells, width)]
        writer.writerow([inert(cell) for cell in line])
    return out.getvalue().encode("utf-8-sig")


def _as_xlsx(table, found) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("Med anmärkningar")
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    marked = {"bg_color": "#f6e0d6", "border": 1, "border_color": "#b8432a"}
    wrong = book.add_format({"num_format": "@", **marked})
    told = book.add_format({"text_wrap": True, "valign": "top"})
    width = table.layout.width
    for position, cell in enumerate([HEADING, *_cells(_header(table), width)]):
        sheet.write_string(0, position, cell, bold)
    at = {column.name: column.position + 1 for column in table.layout.columns}
    comments = line = 0
    for line, (number, cells) in enumerate(table.records(), 1):
        marks = defaultdict(list)
        for column, message in found.get(number, ()):
            marks[at.get(column, 0)].append(message)
        sheet.write_string(line, 0, _sentence(found.get(number, [])), told)
        for position, cell in enumerate(_cells(cells, width), 1):
            sheet.write_string(line, position, cell, wrong if position in marks else text)
        for position, messages in marks.items():
            comments += 1
            if position and comments <= MOST_COMMENTS:
                sheet.write_comment(line, position, " ".join(messages), {"x_scale": 2})
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, max(width, 1), 15, text)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(line, 1), width)
    book.close()
    return out.getvalue()
