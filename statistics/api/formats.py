"""An answer as a file: CSV (and what describes it), XLSX, PX, all with the cells of JSON-stat."""

import csv
import io
from datetime import UTC

import xlsxwriter

from pluginnovation.core.spreadsheets import inert

from ..publication import Figures
from ..sheets import NOT_SHOWN
from .addresses import LANGUAGE, LICENSE, SOURCE, moment
from .dataset import count, notes, title
from .query import Dimension, Question

CODES, TEXTS, BOTH = "UseCodes", "UseTexts", "UseCodesAndTexts"
SEPARATORS = {"SeparatorTab": "\t", "SeparatorSpace": " ", "SeparatorSemicolon": ";"}
# The column of the numbers, where all variables stand in the rows.
VALUE = "värde"
PARAMETERS = (CODES, TEXTS, BOTH, "IncludeTitle", *SEPARATORS)


def _named(dimension: Dimension, code: str, how: str) -> str:
    label = dimension.values[code]
    return {CODES: code, TEXTS: label, BOTH: f"{code} {label}"}[how]


def _how(options: set[str], default: str) -> str:
    return next((how for how in (CODES, TEXTS, BOTH) if how in options), default)


def _grid(figures: Figures, question: Question, how: str):
    """The heading row, then each row: the stub's values and a count for each column."""
    stub = [question.dimension(code) for code in question.stub]
    heading = [question.dimension(code) for code in question.heading]
    columns = list(question.cells(question.heading)) if heading else [{}]
    headings = [" ".join(_named(one, cell[one.code], how) for one in heading) for cell in columns]
    names = [dimension.code if how == CODES else dimension.label for dimension in stub]
    yield names + (headings if heading else [VALUE])
    for row in question.cells(question.stub) if stub else [{}]:
        counts = [count(figures, question, row | column) for column in columns]
        yield [_named(one, row[one.code], how) for one in stub] + counts


def _shown(value):
    return value if isinstance(value, str) else value.status if value.value is None else value.value


def as_csv(figures: Figures, question: Question, options: set[str]) -> bytes:
    """UTF-8 with BOM; a comma between fields unless another separator is asked for."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=_separator(options), lineterminator="\r\n")
    if "IncludeTitle" in options:
        writer.writerow([title(question.table)])
    for row in _grid(figures, question, _how(options, CODES)):
        shown = [_shown(value) for value in row]
        writer.writerow([inert(value) if isinstance(value, str) else value for value in shown])
    return out.getvalue().encode("utf-8-sig")


def _separator(options: set[str]) -> str:
    return next((SEPARATORS[name] for name in SEPARATORS if name in options), ",")


def as_csvw(figures: Figures, question: Question, options: set[str], address: str) -> dict:
    """CSV on the Web (W3C 2015): what the columns of the CSV at the address are."""
    header = next(iter(_grid(figures, question, _how(options, CODES))))
    stub = len(question.stub)
    columns = [
        {"name": code, "titles": heading, "datatype": "string", "required": True}
        for code, heading in zip(question.stub, header, strict=False)
    ]
    columns += [
        {"name": f"tal{place}", "titles": heading, "datatype": "integer", "null": NOT_SHOWN}
        for place, heading in enumerate(map(inert, header[stub:]), 1)
    ]
    dialect = {"encoding": "utf-8", "header": True, "delimiter": _separator(options)}
    if "IncludeTitle" in options:
        dialect["skipRows"] = 1
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": LANGUAGE}],
        "url": address,
        "dc:title": title(question.table),
        "dc:description": " ".join(notes(figures, question.table)),
        "dc:source": SOURCE,
        "dc:license": {"@id": LICENSE},
        "dc:modified": moment(figures),
        "dialect": dialect,
        "tableSchema": {
            "columns": columns,
            **({"primaryKey": list(question.stub)} if question.stub else {}),
        },
    }


def as_xlsx(figures: Figures, question: Question, options: set[str]) -> bytes:
    """The table in one sheet, what has to be known of it in another."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties(
        {
            "title": title(question.table),
            "comments": " ".join(notes(figures, question.table)),
            # With the hour of the asking, the ETag would be another each second.
            "created": figures.published_at.astimezone(UTC),
        }
    )
    sheet = book.add_worksheet("Tabell")
    top = 0
    for line in [title(question.table)] if "IncludeTitle" in options else []:
        sheet.write_string(top, 0, line)
        top += 1
    for line, row in enumerate(_grid(figures, question, _how(options, BOTH)), top):
        for column, value in enumerate(_shown(value) for value in row):
            write = sheet.write_string if isinstance(value, str) else sheet.write_number
            write(line, column, value)
    about = book.add_worksheet("Om uppgifterna")
    for line, note in enumerate(
        [title(question.table), *notes(figures, question.table), f"Källa: {SOURCE}"]
    ):
        about.write_string(line, 0, note)
    book.close()
    return out.getvalue()


def as_px(figures: Figures, question: Question, options: set[str]) -> bytes:
    """A PX file (AXIS-VERSION 2013) in UTF-8; what is not shown is a quoted ``..`` or ``-``."""
    stub = [question.dimension(code) for code in question.stub]
    heading = [question.dimension(code) for code in question.heading]
    every = [*stub, *heading]
    published = f"{figures.published_at:%Y%m%d %H:%M}"
    lines = [
        _keyword("CHARSET", "ANSI"),
        _keyword("AXIS-VERSION", "2013"),
        _keyword("CODEPAGE", "utf-8"),
        _keyword("LANGUAGE", "sv"),
        _keyword("CREATION-DATE", published),
        "DECIMALS=0;",
        "SHOWDECIMALS=0;",
        _keyword("MATRIX", question.table.id),
        _keyword("SUBJECT-CODE", "UF"),
        _keyword("SUBJECT-AREA", "Studieavbrott"),
        _keyword("TITLE", title(question.table)),
        _keyword("CONTENTS", question.table.label),
        _keyword("UNITS", "antal"),
        *([_keyword("STUB", *(one.label for one in stub))] if stub else []),
        *([_keyword("HEADING", *(one.label for one in heading))] if heading else []),
        *(_keyword(f"VALUES({_text(one.label)})", *one.values.values()) for one in every),
        *(_keyword(f"CODES({_text(one.label)})", *one.values) for one in every),
        _keyword("LAST-UPDATED", published),
        _keyword("SOURCE", SOURCE),
        _keyword("NOTE", " ".join(notes(figures, question.table))),
        "DATA=",
    ]
    order = (*question.stub, *question.heading)
    per_row = _columns(heading)
    values = [_in_px(count(figures, question, cell)) for cell in question.cells(order)]
    rows = [" ".join(values[at : at + per_row]) for at in range(0, len(values), per_row)]
    return ("\r\n".join([*lines, *rows]) + ";\r\n").encode()


def _columns(heading) -> int:
    number = 1
    for dimension in heading:
        number *= len(dimension.values)
    return number


def _in_px(value) -> str:
    return _text(value.status) if value.value is None else str(value.value)


def _text(value: str) -> str:
    return '"' + value.replace('"', "'") + '"'


def _keyword(name: str, *values: str) -> str:
    return f"{name}={','.join(map(_text, values))};"
