import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from statistics.ingestion import reader, workbooks
from statistics.ingestion.findings import UnusableFile
from statistics.ingestion.reader import read
from time import monotonic

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from .records import (
    ACTIVITY,
    INTERRUPTION,
    SCHOOL_UNIT,
    STUDENTS,
    csv_bytes,
    interruption,
    personal_number,
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


def only_row(data):
    (row,) = read(data).rows
    return row


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])  # fmt: skip  # noqa: E501
def test_every_encoding_and_delimiter_gives_the_same_row(encoding, delimiter):
    assert only_row(csv_bytes([ROW], encoding, delimiter)).values == ROW


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(ending):
    data = csv_bytes([ROW]).replace(b"\r\n", ending.encode())
    assert only_row(data).values == ROW


@pytest.mark.parametrize(
    "header",
    ["avbrott_id", "AVBROTT_ID", "Avbrott-ID", "avbrott id", " Avbrottid ", "avbrott__id"],
)
def test_a_header_is_known_whatever_its_case_and_signs(header):
    data = csv_bytes([ROW]).replace(b"avbrott_id", header.encode())
    assert only_row(data).values["avbrott_id"] == "Å1"


@pytest.mark.parametrize(
    ("column", "header"),
    [
        ("kon", "Kön"),
        ("kon", "koen"),
        ("fodelsear", "Födelseår"),
        ("fodelsear", "foedelseaar"),
        ("aterstart", "Återstart"),
        ("arskurs", "AARSKURS"),
        ("kon", "Ko\u0308n"),
    ],
)
def test_a_header_may_have_its_letters_with_or_without_rings_and_dots(column, header):
    data = csv_bytes([{header if key == column else key: v for key, v in ROW.items()}])
    assert only_row(data).values[column] == ROW[column]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (INTERRUPTION, "interruptions"),
        (ACTIVITY, "activities"),
        (STUDENTS, "students"),
        (SCHOOL_UNIT, "school_units"),
    ],
)
def test_the_kind_of_a_file_shows_in_its_header(row, kind):
    assert read(csv_bytes([row])).kind.code == kind


def test_columns_may_come_in_any_order():
    turned = dict(reversed(ROW.items()))
    assert only_row(csv_bytes([turned])).values == ROW


def test_unknown_columns_are_named_and_left_alone():
    table = read(csv_bytes([ROW | {"Klass": "1A", "Rektor": "NN"}]))
    assert table.layout.ignored == ["Klass", "Rektor"]
    assert "Klass" not in table.rows[0].values
    assert table.rows[0].others == ["1A", "NN"]


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    data = csv_bytes([ROW, ROW])
    head, first, second = data.splitlines(keepends=True)
    spread = b"\r\n" + head + first + b"\r\n;;;\r\n" + second
    assert [row.number for row in read(spread).rows] == [3, 6]


def test_a_line_break_within_quotes_does_not_shift_the_numbers():
    data = csv_bytes([ROW | {"Not": "två\nrader"}, ROW])
    assert [row.number for row in read(data).rows] == [2, 3]


def test_the_hint_of_excel_about_the_delimiter_is_skipped():
    row = only_row(b"sep=;\r\n" + csv_bytes([ROW]))
    assert (row.number, row.values) == (3, ROW)


def test_quoted_delimiters_belong_to_the_value():
    assert only_row(csv_bytes([ROW | {"program": "NA;25"}])).values["program"] == "NA;25"


def test_cells_left_out_at_the_end_of_a_row_are_empty():
    data = csv_bytes([ROW, ROW]).replace(b";;;;;\r\n", b"\r\n", 1)
    assert read(data).rows[0].values == read(data).rows[1].values


def test_a_last_row_that_was_cut_off_is_told():
    data = csv_bytes([ROW, ROW])[:-30]
    assert read(data).rows[0].faults == []
    assert "slutar mitt i raden" in read(data).rows[1].faults[0][2]


def test_a_row_with_more_cells_than_the_header_is_told():
    data = csv_bytes([ROW]).rstrip() + b";mer\r\n"
    assert "fler fält" in only_row(data).faults[0][2]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Filen är tom."),
        (b"\xef\xbb\xbf\r\n ;;\r\n", "Filen är tom."),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "lösenord"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "varken text"),
        (b"\x81\x8d\x8f\x90", "varken text"),
        (b"titel;tal\r\nx;1\r\n", "ingen av de rubriker"),
        (b"elev;hemkommun;skolenhet;program;avbrottsdatum\r\n", "saknar kolumnen avbrott_id"),
        (b"datum;aktivitet\r\n", "elev eller avbrott_id"),
        (csv_bytes([ROW]).replace(b"aterstart", b"elev"), "elev står två gånger"),
        (csv_bytes([ROW]) + b'"A;1', "citattecken"),
        ("kön;Göteborg\r\n".encode() + "Malmö".encode("cp1252"), "blandar två teckenkodningar"),
        (b"PK\x03\x04 and then nothing", "skadad"),
        (csv_bytes([ROW]).replace(b"K;2008", b"\x00;2008"), "nolltecken"),
    ],
)
def test_a_file_that_cannot_be_used_gets_one_clear_sentence(data, sentence):
    with pytest.raises(UnusableFile, match=sentence):
        _ = read(data).rows


def test_a_header_that_is_really_a_row_of_data_is_not_repeated_to_the_sender():
    with pytest.raises(UnusableFile) as error:
        read(b"A1;200801152392;K;2008;1480\r\n")
    assert "200801152392" not in str(error.value)


def test_an_unknown_header_shaped_like_a_personal_number_is_blotted_out():
    table = read(csv_bytes([ROW | {"200801152392": "x"}]))
    assert table.layout.ignored == ["[personnummer]"]


@pytest.mark.parametrize(
    ("limit", "value", "sentence"),
    [
        ("MAX_BYTES", 100, "större än"),
        ("MAX_ROWS", 1, "fler än 1 rader"),
        ("MAX_COLUMNS", 5, "fler än 5 kolumner"),
        ("MAX_CELL", 5, "fler än 5 tecken"),
    ],
)
def test_size_rows_columns_and_cells_are_bounded(monkeypatch, limit, value, sentence):
    monkeypatch.setattr(reader, limit, value)
    with pytest.raises(UnusableFile, match=sentence):
        _ = read(csv_bytes([ROW, ROW])).rows


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UnusableFile, match="finns inte"):
        reader.content_of(tmp_path / "saknas.csv")
    for path in (tmp_path, Path("/dev/zero")):
        with pytest.raises(UnusableFile, match="går inte att öppna"):
            reader.content_of(path)


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    path = tmp_path / "stor.csv"
    path.write_bytes(b"x" * 101)
    monkeypatch.setattr(reader, "MAX_BYTES", 100)
    with pytest.raises(UnusableFile, match="större än"):
        reader.content_of(path)


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


def test_a_personal_number_of_ten_digits_in_a_number_cell_is_whole_again():
    short = personal_number()[2:]
    assert short.startswith("0")
    assert only_row(sheet_of(elev=int(short))).values["elev"] == short
    assert only_row(sheet_of(elev=int(short) + 1)).values["elev"] == str(int(short) + 1)


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

    with pytest.raises(UnusableFile, match="långt utanför"):
        read(workbook(list(ROW), list(ROW.values()), write=far))


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
    _read_or_refuse(data)
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


def _read_or_refuse(data):
    try:
        return read(data).rows
    except UnusableFile as error:
        assert str(error).endswith(".")
        return None


@given(st.binary(max_size=2_000))
def test_no_bytes_make_the_reader_crash(data):
    _read_or_refuse(data)


HEAD = ";".join(INTERRUPTION).encode() + b"\r\n"


@given(st.binary(max_size=400), st.sampled_from([HEAD, HEAD.replace(b";", b","), b"\xff\xfe"]))
def test_no_bytes_after_a_good_header_make_the_reader_crash(data, head):
    _read_or_refuse(head + data)


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8), st.booleans())
def test_no_damage_to_a_workbook_makes_the_reader_crash(position, damage, cut):
    data = bytearray(SHEET)
    position %= len(data)
    data[position : position + len(damage)] = damage
    _read_or_refuse(bytes(data[:position] if cut else data))


@given(st.data())
def test_no_damage_inside_a_sheet_makes_the_reader_crash(data):
    content = zipfile.ZipFile(io.BytesIO(SHEET)).read("xl/worksheets/sheet1.xml")
    at = data.draw(st.integers(0, len(content)))
    new = content[:at] + data.draw(st.binary(max_size=12)) + content[at + 3 :]
    _read_or_refuse(_changed(SHEET, "xl/worksheets/sheet1.xml", lambda _: new))


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=12)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(INTERRUPTION, CELL)), max_size=5))
def test_every_row_that_is_not_empty_is_read_as_it_was_written(rows):
    filled = [row for row in rows if any(value.strip() for value in row.values())]
    table = read(csv_bytes(rows, header=INTERRUPTION))
    stripped = [{key: value.strip() for key, value in row.items()} for row in filled]
    assert [row.values for row in table.rows] == stripped


SHEET = sheet_of()
