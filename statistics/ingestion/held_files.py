"""The quarantine as a file: the columns of the kind, ``elev`` empty, the errors beside them.

Filled in and sent in again, such a file settles its rows.
"""

import csv
import io
from collections.abc import Iterable

import xlsxwriter

from pluginnovation.core.spreadsheets import inert

from ..models import QuarantinedRow
from .headers import KINDS

BESIDE = ("rad", "fel", "leverans", "sedan")


def as_csv(kind: str, rows: Iterable[QuarantinedRow]) -> bytes:
    """With semicolons, in UTF-8 with its mark, as Swedish Excel opens it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerows([inert(cell) for cell in line] for line in _lines(kind, rows))
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(kind: str, rows: Iterable[QuarantinedRow]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("Karantän")
    for number, line in enumerate(_lines(kind, rows)):
        for position, cell in enumerate(line):
            sheet.write_string(number, position, cell)
    sheet.freeze_panes(1, 0)
    sheet.autofit(300)
    book.close()
    return file.getvalue()


def _lines(kind: str, rows: Iterable[QuarantinedRow]) -> Iterable[list[str]]:
    columns = KINDS[kind].columns
    yield [*columns, *BESIDE]
    for row in rows:
        told = " ".join(f"{error['column']}: {error['message']}" for error in row.findings)
        values = [row.values.get(column, "") for column in columns]
        yield [*values, str(row.row_number), told, str(row.batch_id), f"{row.since:%Y-%m-%d}"]
