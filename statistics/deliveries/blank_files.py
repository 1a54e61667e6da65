"""The blank files (*mallar*): the right header row and, in XLSX, drop-downs and explanations.

The first sheet is the one that is filled in, because it is the one that is read. All cells
are text, so that codes keep their leading zeros, but days, which are dates.
"""

import csv
import io

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from pluginnovation.core.models import Municipality

from .. import codes
from ..models import SchoolUnit
from .columns import COLUMNS, TITLES

ROWS = 5_000  # that the drop-downs reach
LONGER = "En längre studievägskod, till exempel NA25, går också bra."
CODE_SHEET, HELP_SHEET = "Koder", "Förklaringar"


def as_csv(kind: str) -> bytes:
    """The header row alone, as Swedish Excel opens it."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(
        column.name for column in COLUMNS[kind]
    )
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(kind: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": f"Mall: {TITLES[kind]}", "author": "PlugInnovation"})
    sheet = book.add_worksheet(TITLES[kind])
    explain = book.add_worksheet(HELP_SHEET)
    lists = _code_lists(kind)
    ranges = _write_codes(book, lists) if lists else {}
    _write_table(book, sheet, kind, ranges)
    _write_help(book, explain, kind)
    sheet.activate()
    book.close()
    return out.getvalue()


def _code_lists(kind: str) -> dict[str, list[tuple[str, str]]]:
    """The code lists that this kind of file uses: (code, name) in their order."""
    makers = {
        "kön": lambda: [("K", "Kvinna"), ("M", "Man")],
        "årskurser": lambda: [(grade, f"Årskurs {grade}") for grade in "1234"],
        "program": lambda: [(code, each.name) for code, each in codes.PROGRAMMES.items()],
        "aktiviteter": lambda: list(codes.ACTIVITIES.items()),
        "orsaker": lambda: list(codes.REASONS.items()),
        "kommuner": lambda: _municipalities(),
        "skolenheter": lambda: list(
            SchoolUnit.objects.filter(closed=None).order_by("name").values_list("code", "name")
        ),
    }
    wanted = dict.fromkeys(column.choices for column in COLUMNS[kind] if column.choices)
    made = {name: makers[name]() for name in wanted}
    return {name: items for name, items in made.items() if items}


def _municipalities() -> list[tuple[str, str]]:
    """Those of the region first: they are nearly all that is chosen."""
    others = Municipality.objects.exclude(code__in=codes.REGION).order_by("name")
    return [*codes.REGION.items(), *others.values_list("code", "name")]


def _write_codes(book, lists) -> dict[str, str]:
    """A sheet of all lists side by side; returns the cells of each list's codes."""
    sheet, bold = book.add_worksheet(CODE_SHEET), book.add_format({"bold": True})
    ranges = {}
    for number, (name, items) in enumerate(lists.items()):
        left = 3 * number
        sheet.write_string(0, left, name, bold)
        sheet.write_string(0, left + 1, "betydelse", bold)
        for line, (code, meaning) in enumerate(items, 1):
            sheet.write_string(line, left, code)
            sheet.write_string(line, left + 1, meaning)
        sheet.set_column(left + 1, left + 1, 34)
        first = xl_rowcol_to_cell(1, left, row_abs=True, col_abs=True)
        last = xl_rowcol_to_cell(len(items), left, row_abs=True, col_abs=True)
        ranges[name] = f"={CODE_SHEET}!{first}:{last}"
    sheet.freeze_panes(1, 0)
    return ranges


def _write_table(book, sheet, kind, ranges) -> None:
    head = book.add_format({"bold": True, "bg_color": "#dcebe3", "bottom": 1})
    text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "yyyy-mm-dd"})
    for position, column in enumerate(COLUMNS[kind]):
        sheet.write_string(0, position, column.name, head)
        width = max(12, len(column.name) + 3)
        sheet.set_column(position, position, width, day if column.is_day else text)
        message = {
            "input_title": column.name,
            "input_message": _short(f"{column.meaning} Behövs: {column.needed}."),
        }
        if column.choices in ranges:
            rule = {
                "validate": "list",
                "source": ranges[column.choices],
                "error_type": "warning",
                "error_title": "Koden finns inte i listan",
                "error_message": f"Koderna står i bladet {CODE_SHEET}. {LONGER}",
            }
        else:
            rule = {"validate": "any"}
        sheet.data_validation(1, position, ROWS, position, rule | message)
    sheet.freeze_panes(1, 0)


def _short(text: str) -> str:
    """Excel shows 255 characters beside a cell."""
    return text if len(text) <= 255 else text[:254] + "…"


def _write_help(book, sheet, kind) -> None:
    bold = book.add_format({"bold": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 18, wrap)
    sheet.set_column(1, 1, 26, wrap)
    sheet.set_column(2, 2, 80, wrap)
    sheet.set_column(3, 3, 18, wrap)
    for position, label in enumerate(("kolumn", "behövs", "vad som ska stå där", "exempel")):
        sheet.write_string(0, position, label, bold)
    for line, column in enumerate(COLUMNS[kind], 1):
        told = (column.name, column.needed, column.meaning, column.example)
        for position, value in enumerate(told):
            sheet.write_string(line, position, value)
    line = len(COLUMNS[kind]) + 2
    for sentence in (
        f"Fyll i bladet {TITLES[kind]}, en rad för varje uppgift. Det bladet läses, inget annat.",
        "Personer med skyddade personuppgifter ska inte finnas med i filen.",
        "Datum skrivs år-månad-dag, till exempel 2025-03-14.",
        "Kolumnerna får stå i vilken ordning som helst, och de som inte behövs får tas bort.",
    ):
        sheet.merge_range(line, 0, line, 3, sentence, wrap)
        line += 1
