"""A workbook for going through a class four times a year: letters to choose, sums that follow."""

import io
from datetime import datetime

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

OCCASIONS = ("September", "November", "Februari", "April")
LETTERS = {"K": "Kunskaper", "N": "Närvaro", "M": "Mående", "R": "Relationer"}
STUDENTS = 32
TOP, FIRST = 3, 4  # the row of headings, and of the first student
SUM = 1 + len(LETTERS)
CHANGE = SUM + 1
# The day that the file says it was made: the same sheet is the same bytes.
MADE = datetime(2000, 1, 1)
HOW = (
    "Ett blad för varje tillfälle. Skriv initialer eller nummer, aldrig hela namn.",
    "Sätt bokstaven där något oroar: K kunskaper, N närvaro, M mående, R relationer. "
    "Ingen bokstav är också ett svar.",
    "Skriv aldrig varför. Det som är känsligt hör hemma i samtalet med kuratorn.",
    "Behåll samma ordning på eleverna i alla fyra bladen. Då stämmer kolumnen som jämför med "
    "förra gången.",
    "Elever med två bokstäver eller fler går vidare. Fem per gång är vad ni orkar.",
    "Raden längst ner räknar klassen. Många K i samma kurs är en fråga om kursen.",
    "Hör med rektor hur bladet ska förvaras, och gallra det vid läsårets slut.",
)


def class_review_sheet(title: str, summary: str) -> bytes:
    """The workbook: how to use it, then one sheet per occasion."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties(
        {"title": title, "author": "PlugInnovation", "comments": summary, "created": MADE}
    )
    _how_to(book, title, summary)
    before = None
    for name in OCCASIONS:
        _occasion(book, name, before)
        before = name
    book.close()
    return out.getvalue()


def _how_to(book, title: str, summary: str) -> None:
    sheet = book.add_worksheet("Så gör ni")
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 90, wrapped)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    for row, line in enumerate((summary, *HOW), start=1):
        sheet.write_string(row, 0, line, wrapped)


def _occasion(book, name: str, before: str | None) -> None:
    """One sheet: a row per student, a letter per column, sums in the last columns and row."""
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    sheet.write_string(0, 0, f"Klassgenomgång, {name.lower()}", book.add_format({"bold": True}))
    sheet.write_string(1, 0, "Välj bokstaven i listan, eller lämna tomt. Skriv aldrig varför.")
    change = f"Ändring sedan {before.lower()}" if before else "Ändring (första gången)"
    headings = ("Elev", *(f"{code}: {word}" for code, word in LETTERS.items()), "Antal", change)
    for column, heading in enumerate((*headings, "Vad provar vi?", "Vem", "Före (dag)")):
        sheet.write_string(TOP, column, heading, bold)
    last = FIRST + STUDENTS - 1
    for column, code in enumerate(LETTERS, start=1):
        sheet.data_validation(FIRST, column, last, column, _choice(code))
        letters = xl_range(FIRST, column, last, column)
        sheet.write_formula(last + 1, column, f'=COUNTIF({letters},"{code}")', bold, 0)
    for row in range(FIRST, last + 1):
        of_student = xl_range(row, 1, row, len(LETTERS))
        sheet.write_formula(row, SUM, f"=COUNTA({of_student})", None, 0)
        if before:
            now, then = (xl_rowcol_to_cell(row, SUM), f"'{before}'!{xl_rowcol_to_cell(row, SUM)}")
            sheet.write_formula(row, CHANGE, f"={now}-{then}", None, 0)
    sheet.write_string(last + 1, 0, "Hela klassen", bold)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, CHANGE, 13)
    sheet.set_column(CHANGE + 1, CHANGE + 3, 22)
    sheet.freeze_panes(FIRST, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(TOP)


def _choice(code: str) -> dict:
    return {
        "validate": "list",
        "source": [code],
        "error_title": "Bara en bokstav",
        "error_message": f"Här står {code} ({LETTERS[code].lower()}) eller inget. "
        "Skäl skrivs inte i bladet.",
    }
