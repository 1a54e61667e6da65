"""A table on its way out of the house: CSV for Swedish Excel and for everything else, CSVW that
describes them, XLSX, JSON-stat. All of them hold the same numbers and the same notes.

A formula never leaves: text that a spreadsheet would run is quoted (``inert``), and XLSX gets
text as text.
"""

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

import xlsxwriter
from django.http import HttpResponse, JsonResponse

from pluginnovation.core.spreadsheets import inert

from .figures.model import Column, Value, plain, shown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
LICENSE = "https://creativecommons.org/publicdomain/zero/1.0/"
# The endings of a table's address; the plain CSV is for programs.
SWEDISH, PLAIN, METADATA = "csv", "ren.csv", "-metadata.json"
ENDINGS = (SWEDISH, PLAIN, SWEDISH + METADATA, PLAIN + METADATA, "xlsx", "json")
ENDING = "|".join(ending.replace(".", r"\.") for ending in ENDINGS)
NOT_SHOWN = ["..", "-"]


@dataclass(frozen=True)
class Line:
    """A row: its code, what it is about (one text for each of the sheet's keys), its values."""

    code: str
    keys: tuple[str, ...]
    values: tuple[Value | str, ...]


@dataclass(frozen=True)
class Sheet:
    """``name`` is the file's without its ending; ``marks`` stand above everything in XLSX."""

    id: str
    title: str
    label: str
    key_labels: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    name: str
    source: str
    updated: datetime | None = None
    marks: tuple[str, ...] = ()
    top: tuple[str, ...] = ()
    license: str = LICENSE
    extension: dict = field(default_factory=dict)

    @property
    def header(self) -> list[str]:
        return [*self.key_labels, *(column.heading for column in self.columns)]

    def decimals(self, place: int) -> int | None:
        """How many decimals the column has; None for one of words."""
        values = [line.values[place] for line in self.lines]
        if any(isinstance(value, str) for value in values):
            return None
        numbers = [plain(value) for value in values]
        places = [-n.as_tuple().exponent for n in numbers if isinstance(n, Decimal)]
        return max(places, default=0)


def number(value: Value | str):
    """A value as a number; None where it is words, or not shown."""
    return None if isinstance(value, str) else plain(value)


def text(value: Value | str, decimal: str = ",") -> str:
    """As in the table, without grouping and the unit: ``1043``, ``34``, ``4,2``."""
    if isinstance(value, str):
        return inert(value)
    found = plain(value)
    return shown(value) if found is None else str(found).replace(".", decimal)


def as_swedish_csv(sheet: Sheet) -> bytes:
    """Semicolons, decimal comma and BOM; below an empty line the notes, each behind a ``#``."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([line] for line in sheet.top)
    writer.writerow([inert(label) for label in sheet.header])
    for line in sheet.lines:
        writer.writerow([*map(inert, line.keys), *map(text, line.values)])
    writer.writerow([])
    writer.writerows([f"# {note}"] for note in sheet.notes)
    return out.getvalue().encode("utf-8-sig")


def as_plain_csv(sheet: Sheet) -> bytes:
    """Commas, decimal point, UTF-8 without BOM, a code for each row, and nothing but the table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["kod", *map(inert, sheet.header)])
    for line in sheet.lines:
        values = (text(value, ".") for value in line.values)
        writer.writerow([inert(line.code), *map(inert, line.keys), *values])
    return out.getvalue().encode()


def as_csvw(sheet: Sheet, address: str, plain_csv: bool) -> dict:
    """CSV on the Web (W3C 2015): what the columns of the file at the address are."""
    keys = [_text_column(f"nyckel{n}", label) for n, label in enumerate(sheet.key_labels, 1)]
    code = [_text_column("kod", "kod")] if plain_csv else []
    columns = [
        _column(place, column, sheet.decimals(place), plain_csv)
        for place, column in enumerate(sheet.columns)
    ]
    dialect = {"encoding": "utf-8", "header": True, "delimiter": "," if plain_csv else ";"}
    if not plain_csv:
        dialect |= {"commentPrefix": "#", "skipBlankRows": True}
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "sv"}],
        "url": address,
        "dc:title": f"{sheet.title}. {sheet.label}",
        "dc:description": " ".join(sheet.notes),
        "dc:source": sheet.source,
        "dc:license": {"@id": sheet.license},
        **({"dc:modified": moment(sheet.updated)} if sheet.updated else {}),
        "dialect": dialect,
        "tableSchema": {
            "columns": [*code, *keys, *columns],
            **({"primaryKey": "kod"} if plain_csv else {}),
        },
    }


def _text_column(name, label):
    return {"name": name, "titles": label, "datatype": "string", "required": True}


def _column(place, column, decimals, plain_csv):
    name = re.sub("[^A-Za-z0-9]+", "_", column.code).strip("_")
    found = {"name": f"tal{place + 1}_{name}", "titles": column.heading}
    if decimals is None:
        return found | {"datatype": "string"}
    if not decimals:
        return found | {"datatype": "integer", "null": NOT_SHOWN}
    form = {"decimalChar": "." if plain_csv else ",", "pattern": f"#0.{'0' * decimals}"}
    return found | {"datatype": {"base": "decimal", "format": form}, "null": NOT_SHOWN}


def as_xlsx(sheet: Sheet) -> bytes:
    """One sheet with the table, one with the notes; text is written as text, never as formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    # The day of the numbers, not of the asking: the same file whenever it is fetched.
    made = sheet.updated and sheet.updated.astimezone(UTC)
    book.set_properties({"title": sheet.title, "comments": " ".join(sheet.notes), "created": made})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    marked = book.add_format({"bold": True})
    page = book.add_worksheet("Tabell")
    top = len(sheet.marks)
    for line, mark in enumerate(sheet.marks):
        page.write_string(line, 0, mark, marked)
    for column, label in enumerate(sheet.header):
        page.write_string(top, column, label, bold)
    for at, line in enumerate(sheet.lines, top + 1):
        for column, value in enumerate((*line.keys, *line.values)):
            _write(page, at, column, value)
    page.set_column(0, 0, 42)
    page.set_column(1, len(sheet.header) - 1, 16)
    page.freeze_panes(top + 1, len(sheet.key_labels))
    about = book.add_worksheet("Om uppgifterna")
    about.set_column(0, 0, 100, book.add_format({"text_wrap": True}))
    for line, note in enumerate(sheet.notes):
        about.write_string(line, 0, note)
    book.close()
    return out.getvalue()


def _write(page, line, column, value):
    found = number(value)
    if found is None:
        page.write_string(line, column, value if isinstance(value, str) else shown(value))
    else:
        page.write_number(line, column, float(found))


def as_json_stat(sheet: Sheet) -> dict:
    """JSON-stat 2.0: the rows by the columns of numbers, statuses for what is not shown."""
    numeric = [
        (place, column, decimals)
        for place, column in enumerate(sheet.columns)
        if (decimals := sheet.decimals(place)) is not None
    ]
    values = [line.values[place] for line in sheet.lines for place, _, _ in numeric]
    status = {str(i): shown(v) for i, v in enumerate(values) if plain(v) is None}
    rows = {line.code: ", ".join(line.keys) for line in sheet.lines}
    units = {column.code: {"base": column.kind, "decimals": d} for _, column, d in numeric}
    told = {column.code: column.label for _, column, _ in numeric}
    return {
        "version": "2.0",
        "class": "dataset",
        "label": f"{sheet.title}. {sheet.label}",
        "source": sheet.source,
        **({"updated": moment(sheet.updated)} if sheet.updated else {}),
        "note": list(sheet.notes),
        "id": ["rad", "ContentsCode"],
        "size": [len(rows), len(told)],
        "role": {"metric": ["ContentsCode"]},
        "dimension": {
            "rad": _dimension(", ".join(sheet.key_labels), rows),
            "ContentsCode": _dimension("Tal", told, unit=units),
        },
        "value": [_json_number(value) for value in values],
        **({"status": status} if status else {}),
        "extension": sheet.extension,
    }


def _dimension(label, labels, **more):
    return {"label": label, "category": {"index": list(labels), "label": labels, **more}}


def _json_number(value):
    found = plain(value)
    return float(found) if isinstance(found, Decimal) else found


def moment(when: datetime) -> str:
    """In UTC, as JSON-stat and RDF want it: ``2026-11-24T08:00:00Z``."""
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def response(sheet: Sheet, ending: str, address: str) -> HttpResponse:
    """The sheet as the file of that ending; ``address`` is the whole one that was asked for."""
    if ending.endswith(METADATA):
        described = address.replace(f".{ending}", f".{ending.removesuffix(METADATA)}", 1)
        content = as_csvw(sheet, described, ending.startswith(PLAIN))
        return _json(content, "application/csvm+json")
    if ending == "json":
        answer = _json(as_json_stat(sheet), "application/json")
    elif ending == "xlsx":
        answer = HttpResponse(as_xlsx(sheet), content_type=XLSX)
    else:
        write = as_plain_csv if ending == PLAIN else as_swedish_csv
        answer = HttpResponse(write(sheet), content_type=CSV_TYPE)
        metadata = address.replace(f".{ending}", f".{ending}{METADATA}", 1)
        answer["Link"] = f'<{metadata}>; rel="describedby"; type="application/csvm+json"'
    answer["Content-Disposition"] = f'attachment; filename="{sheet.name}.{ending}"'
    return answer


def _json(content, content_type):
    return JsonResponse(
        content, json_dumps_params={"ensure_ascii": False}, content_type=content_type
    )
