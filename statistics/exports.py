"""A figure as a file: CSV for Swedish Excel, XLSX, JSON-stat, with the table's own numbers."""

import csv
import io
from decimal import Decimal

import xlsxwriter
from django.utils import timezone

from .figures.model import Figure, plain, shown
from .publication import Figures

SYNTHETIC = "SYNTETISKA DATA: påhittade uppgifter som inte handlar om verkliga elever."
PROTECTED = (
    "Delar behöver inte summera till helheten. .. betyder att talet är för litet för att visas,"
    " - att det inte kan finnas något."
)
EXACT = "EXAKTA UPPGIFTER - FÅR INTE PUBLICERAS"
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def notes(figure: Figure, figures: Figures) -> list[str]:
    """What has to follow the numbers wherever they go."""
    definition = figure.definition
    made = (
        f"Hämtade {timezone.localtime(figures.published_at):%Y-%m-%d kl. %H.%M}."
        if figures.exact
        else f"Publicering {figures.number}."
    )
    told = [
        SYNTHETIC if figures.synthetic else "",
        f"{figure.title}. {figure.scope}.",
        definition.counted,
        definition.share,
        definition.left_out,
        *figure.notes,
        f"Data till och med {figures.data_date:%Y-%m-%d}. {made}",
        figure.protection if figures.exact else f"{figure.protection} {PROTECTED}",
        "Källa: PlugInnovation.",
    ]
    return [note for note in told if note]


def file_name(figure: Figure, figures: Figures, ending: str) -> str:
    mark = "-syntetisk" if figures.synthetic else ""
    if figures.exact:
        read = timezone.localtime(figures.published_at)
        return f"EXAKT-far-inte-publiceras-{figure.id}-{read:%Y-%m-%d}{mark}.{ending}"
    return f"studieavbrott-{figure.id}-publicering-{figures.number}{mark}.{ending}"


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula; ``-`` and ``..`` stay what they are."""
    return f"'{text}" if text.startswith(_RISKY) and len(text) > 1 else text


def _number(value) -> str:
    """As in the table, without grouping and the unit: ``1043``, ``34``, ``4,2``."""
    number = plain(value)
    return shown(value) if number is None else str(number).replace(".", ",")


def header(figure: Figure) -> list[str]:
    return [figure.row_label, *(column.heading for column in figure.columns)]


def as_csv(figure: Figure, figures: Figures) -> bytes:
    """Semicolons, decimal comma and BOM; the table as shown, below an empty line the notes."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    if figures.exact:
        writer.writerow([EXACT])
    writer.writerow(header(figure))
    for row in figure.rows:
        writer.writerow([safe(row.label), *(_number(v) for v in row.values)])
    writer.writerow([])
    writer.writerows([safe(note)] for note in notes(figure, figures))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(figure: Figure, figures: Figures) -> bytes:
    """One sheet with the table, one with the notes; text is written as text, never as formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": figure.title, "comments": " ".join(notes(figure, figures))})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Tabell")
    marks = [EXACT] * figures.exact + [SYNTHETIC] * figures.synthetic
    top = len(marks)
    for line, mark in enumerate(marks):
        sheet.write_string(line, 0, mark, book.add_format({"bold": True}))
    for column, label in enumerate(header(figure)):
        sheet.write_string(top, column, label, bold)
    for line, row in enumerate(figure.rows, top + 1):
        sheet.write_string(line, 0, row.label)
        for column, value in enumerate(row.values, 1):
            _write(sheet, line, column, value)
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, len(figure.columns), 16)
    sheet.freeze_panes(top + 1, 1)
    about = book.add_worksheet("Om uppgifterna")
    about.set_column(0, 0, 100, book.add_format({"text_wrap": True}))
    for line, note in enumerate(notes(figure, figures)):
        about.write_string(line, 0, note)
    book.close()
    return out.getvalue()


def _write(sheet, line, column, value):
    number = plain(value)
    if number is None:
        sheet.write_string(line, column, shown(value))
    else:
        sheet.write_number(line, column, float(number))


def as_json_stat(figure: Figure, figures: Figures) -> dict:
    """JSON-stat 2.0: the rows by the columns, statuses for what is not shown."""
    values = [value for row in figure.rows for value in row.values]
    status = {str(i): shown(v) for i, v in enumerate(values) if plain(v) is None}
    units = {c.code: {"base": c.kind, "decimals": int(c.kind == "per 100")} for c in figure.columns}
    return {
        "version": "2.0",
        "class": "dataset",
        "label": f"{figure.title}. {figure.scope}.",
        "source": "PlugInnovation",
        "updated": f"{figures.published_at:%Y-%m-%dT%H:%M:%SZ}",
        "note": notes(figure, figures),
        "id": ["rad", "ContentsCode"],
        "size": [len(figure.rows), len(figure.columns)],
        "role": {"metric": ["ContentsCode"]},
        "dimension": {
            "rad": _dimension(figure.row_label, figure.rows),
            "ContentsCode": _dimension("Tal", figure.columns, unit=units),
        },
        "value": [_json_number(value) for value in values],
        **({"status": status} if status else {}),
        "extension": {"synthetic": figures.synthetic, "publication": figures.number},
    }


def _dimension(label, items, **more):
    return {
        "label": label,
        "category": {
            "index": [item.code for item in items],
            "label": {item.code: item.label for item in items},
            **more,
        },
    }


def _json_number(value):
    number = plain(value)
    return float(number) if isinstance(number, Decimal) else number
