"""The reader of workbooks (XLSX): cells of every kind, and what an archive may hide."""

import io
import zipfile
from datetime import date, datetime
from statistics.ingestion import reader, workbooks
from statistics.ingestion.findings import UnusableFile
from statistics.ingestion.reader import read
from time import monotonic

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from .records import (
    INTERRUPTION,
    csv_bytes,
    interruption,
    only_row,
    personal_number,
    read_or_refuse,
)

ROW = interruption(avbrott_id="Å1")


def workbook(*rows, write=None, **options):
    """An XLSX file whose first sheet has these rows; ``write`` may add to it."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("Avbrott")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    if write:
        write(book, sheet)
    book.close()
    return file.getvalue()


def sheet_of(**values):
    """A workbook with the interruption's columns and one row, values as they are given."""
    row = INTERRUPTION | values
    return workbook(list(row), list(row.values()))


def test_a_sheet_of_text_is_read_like_a_text_file():
    assert only_row(sheet_of(**ROW)).values == ROW


def test_date_cells_and_numbers_are_taken_as_they_are():
    row = only_row(
        sheet_of(
            avbrott_id=17,
            fodelsear=2008,
            hemkommun=1480,
            skolenhet=99000001,
            arskurs=1.0,
            avbrottsdatum=date(2025, 10, 1),
            aterstart=datetime(2025, 12, 24, 8, 30),
        )
    )
    assert row.values == interruption(avbrott_id="17", aterstart="2025-12-24")


def test_leading_zeros_that_a_number_cell_cannot_hold_are_given_back():
    row = only_row(sheet_of(hemkommun=180, elev=101152386, skolenhet=9000001))
    assert row.values["hemkommun"] == "0180"
    assert row.values["skolenhet"] == "09000001"


@pytest.mark.parametrize("header", ["elev", "Personnummer", "Vårt nummer"])
def test_a_personal_number_of_ten_digits_in_a_number_cell_is_whole_again(header):
    short, own = personal_number()[2:], {"interruptions": {"vartnummer": "elev"}}
    assert short.startswith("0")
    for number, given_back in ((int(short), short), (int(short) + 1, str(int(short) + 1))):
        columns = [header if name == "elev" else name for name in INTERRUPTION]
        cells = list((INTERRUPTION | {"elev": number}).values())
        (row,) = read(workbook([], ["", *columns], ["", *cells]), own).rows
        assert row.values["elev"] == given_back


def test_formulas_count_by_the_value_that_was_calculated():
    def formula(book, sheet):
        sheet.write_formula(1, 0, '="A"&1', None, "A1")

    row = only_row(workbook(list(ROW), list(ROW.values()), write=formula))
    assert row.values["avbrott_id"] == "A1"


def test_a_formula_that_failed_is_no_empty_cell():
    position = list(ROW).index("aterstart")

    def formula(book, sheet):
        sheet.write_formula(1, position, "=1/0", None, "#DIV/0!")

    row = only_row(workbook(list(ROW), list(ROW.values()), write=formula))
    assert row.values["aterstart"] == workbooks.ERROR_CELL


def test_a_formula_that_was_never_calculated_is_no_empty_cell():
    position = list(ROW).index("aterstart")

    def formula(book, sheet):
        sheet.write_formula(1, position, "=1+1", None, "12345")

    data = _changed(
        workbook(list(ROW), list(ROW.values()), write=formula),
        "xl/worksheets/sheet1.xml",
        lambda content: content.replace(b"<v>12345</v>", b""),
    )
    assert only_row(data).values["aterstart"] == workbooks.ERROR_CELL


def test_a_header_of_merged_cells_is_told():
    def title(book, sheet):
        sheet.merge_range(0, 0, 0, 5, "Avbrott 2025")

    with pytest.raises(UnusableFile, match="sammanfogade"):
        read(workbook([], list(ROW), list(ROW.values()), write=title))


def test_merged_cells_below_the_header_do_no_harm():
    def merged(book, sheet):
        sheet.merge_range(3, 0, 3, 2, "slut")

    table = read(workbook(list(ROW), list(ROW.values()), write=merged))
    assert table.rows[0].values == ROW


def test_macros_are_told_and_never_run():
    data = sheet_of(**ROW)
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")
    table = read(out.getvalue())
    assert (table.form.macros, table.rows[0].values) == (True, ROW)
    assert not read(data).form.macros


def test_numbers_as_text_are_read_like_numbers():
    texts = sheet_of(hemkommun="1480", fodelsear="2008", arskurs="1", skolenhet="99000001")
    numbers = sheet_of(hemkommun=1480, fodelsear=2008, arskurs=1, skolenhet=99000001)
    assert only_row(texts).values == only_row(numbers).values


def test_the_header_row_again_is_told_on_its_row_alone():
    data = csv_bytes([ROW, dict(zip(ROW, ROW, strict=True)), ROW | {"avbrott_id": "B"}])
    faults = [[fault[1] for fault in row.faults] for row in read(data).rows]
    assert faults == [[], ["repeated-header"], []]


def test_only_the_first_sheet_is_read():
    def second(book, sheet):
        book.add_worksheet("Annat").write_row(0, 0, ["något", "annat"])

    assert len(read(workbook(list(ROW), list(ROW.values()), write=second)).rows) == 1


def test_a_hidden_first_sheet_is_told_and_hidden_sheets_behind_it_are_named():
    def hide(first):
        def write(book, sheet):
            other = book.add_worksheet("Visas")
            (sheet if first else other).hide()
            (other if first else sheet).activate()
            (other if first else sheet).set_first_sheet()

        return write

    rows = list(ROW), list(ROW.values())
    with pytest.raises(UnusableFile, match='första bladet, "Avbrott", är dolt'):
        read(workbook(*rows, write=hide(first=True)))
    table = read(workbook(*rows, write=hide(first=False)))
    assert (table.form.sheet, table.form.other_sheets) == ("Avbrott", ("Visas",))
    assert table.rows[0].values == ROW


def test_empty_rows_above_the_table_of_a_sheet_count():
    assert only_row(workbook([], [], list(ROW), list(ROW.values()))).number == 4


def test_a_text_file_that_is_called_a_workbook_is_read_by_its_content(tmp_path):
    path = tmp_path / "avbrott.xlsx"
    path.write_bytes(csv_bytes([ROW]))
    assert only_row(reader.content_of(path)).values == ROW


def _changed(data, name, change):
    """The archive with the content of one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == name else content)
    return out.getvalue()


def test_a_cell_far_out_does_not_fill_the_memory():
    def far(book, sheet):
        sheet.write(1_048_575, 16_383, "x")

    with pytest.raises(UnusableFile, match="ta bort det som står utanför"):
        read(workbook(list(ROW), list(ROW.values()), write=far))


def test_a_workbook_of_a_million_rows_is_told_to_come_as_text():
    far = workbook(list(INTERRUPTION), write=lambda book, sheet: sheet.write(1_000_000, 13, "FEL"))
    with pytest.raises(UnusableFile) as told:
        read(far)
    assert "1000001 rader och 14 kolumner" in str(told.value)
    assert "skicka den som CSV, som får ha en miljon rader" in str(told.value)


def test_an_archive_that_unpacks_beyond_the_bound_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 5_000)
    with pytest.raises(UnusableFile, match="packas upp"):
        read(sheet_of())


def test_the_size_that_an_archive_claims_is_not_trusted(monkeypatch):
    data = bytearray(sheet_of())
    position = data.find(b"PK\x01\x02")
    while position >= 0:  # every entry of the directory now claims to unpack to one byte
        data[position + 24 : position + 28] = (1).to_bytes(4, "little")
        position = data.find(b"PK\x01\x02", position + 4)
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 5_000)
    with pytest.raises(UnusableFile, match="packas upp"):
        read(bytes(data))


def test_one_long_string_shared_by_many_cells_is_refused(monkeypatch):
    rows = [["x" * 500] * 100 for _ in range(20)]
    monkeypatch.setattr(workbooks, "MAX_TEXT", 900_000)
    with pytest.raises(UnusableFile, match="för mycket text"):
        read(workbook(list(ROW), *rows))


def test_a_sheet_of_cells_that_never_end_is_refused_in_no_time():
    data = _changed(
        sheet_of(),
        "xl/worksheets/sheet1.xml",
        lambda content: content.replace(b"<row", b'<c t="e" r="A1"><f>' * 40_000 + b"<row", 1),
    )
    before = monotonic()
    read_or_refuse(data)
    assert monotonic() - before < 10


def test_a_document_type_in_a_part_is_refused():
    data = _changed(sheet_of(), "xl/workbook.xml", lambda content: b"<!DOCTYPE x []>" + content)
    with pytest.raises(UnusableFile, match="skadad"):
        read(data)


def test_another_archive_is_told_to_be_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("avbrott.csv", csv_bytes([ROW]))
    with pytest.raises(UnusableFile, match="Packa upp"):
        read(out.getvalue())


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8), st.booleans())
def test_no_damage_to_a_workbook_makes_the_reader_crash(position, damage, cut):
    data = bytearray(SHEET)
    position %= len(data)
    data[position : position + len(damage)] = damage
    read_or_refuse(bytes(data[:position] if cut else data))


@given(st.data())
def test_no_damage_inside_a_sheet_makes_the_reader_crash(data):
    content = zipfile.ZipFile(io.BytesIO(SHEET)).read("xl/worksheets/sheet1.xml")
    at = data.draw(st.integers(0, len(content)))
    new = content[:at] + data.draw(st.binary(max_size=12)) + content[at + 3 :]
    read_or_refuse(_changed(SHEET, "xl/worksheets/sheet1.xml", lambda _: new))


SHEET = sheet_of()
