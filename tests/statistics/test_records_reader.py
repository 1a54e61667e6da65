"""The reader of text files: whatever a sender's program made of the rows."""

from pathlib import Path
from statistics.ingestion import reader
from statistics.ingestion.findings import UnusableFile
from statistics.ingestion.reader import read

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .records import (
    ACTIVITY,
    INTERRUPTION,
    SCHOOL_UNIT,
    STUDENTS,
    csv_bytes,
    interruption,
    only_row,
    read_or_refuse,
)

ROW = interruption(avbrott_id="Å1")


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


@given(st.binary(max_size=2_000))
def test_no_bytes_make_the_reader_crash(data):
    read_or_refuse(data)


HEAD = ";".join(INTERRUPTION).encode() + b"\r\n"


@given(st.binary(max_size=400), st.sampled_from([HEAD, HEAD.replace(b";", b","), b"\xff\xfe"]))
def test_no_bytes_after_a_good_header_make_the_reader_crash(data, head):
    read_or_refuse(head + data)


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=12)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(INTERRUPTION, CELL)), max_size=5))
def test_every_row_that_is_not_empty_is_read_as_it_was_written(rows):
    filled = [row for row in rows if any(value.strip() for value in row.values())]
    table = read(csv_bytes(rows, header=INTERRUPTION))
    stripped = [{key: value.strip() for key, value in row.items()} for row in filled]
    assert [row.values for row in table.rows] == stripped
