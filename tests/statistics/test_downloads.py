"""Every figure as a file, read by programs that know nothing of us."""

import csv
import io
import json
from decimal import Decimal
from statistics import exports, publication, sheets
from statistics.disclosure import HELD_BACK, NOTHING, Count
from statistics.figures.model import Column, Definition, Figure, Row

import openpyxl
import pandas
import pytest
from csvw import CSVW
from pyjstat import pyjstat

from pluginnovation.core.spreadsheets import inert

from .figures_factory import UNTIL, published_region
from .shown import bare, table_shown, text_of

pytestmark = pytest.mark.django_db
NAMES = ("manader", "flode", "aktivitet", "langd", "examen", "alder", "programtyp", "kommuner")
QUERY = "?kommun=1480&lasar=2024/25"


published = published_region(900, autouse=True)


def fetched(client, name, ending, query=QUERY):
    answer = client.get(f"/statistik/tabell/{name}.{ending}{query}")
    assert answer.status_code == 200
    return answer


def swedish(content):
    """The rows above the notes, as numbers where they are ones."""
    text = content.decode("utf-8-sig")
    rows = csv.reader(io.StringIO(text), delimiter=";")
    return [row for row in rows if row and not row[0].startswith("#")]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ending", ["csv", "ren.csv"])
def test_the_description_beside_each_csv_is_true(client, tmp_path, name, ending):
    (tmp_path / "t.csv").write_bytes(fetched(client, name, ending).content)
    described = fetched(client, name, f"{ending}-metadata.json").json()
    assert described["url"] == f"http://testserver/statistik/tabell/{name}.{ending}{QUERY}"
    assert "SYNTETISKA DATA" in described["dc:description"]
    (tmp_path / "t.json").write_text(json.dumps(described | {"url": "t.csv"}))
    table = CSVW(str(tmp_path / "t.csv"), md_url=str(tmp_path / "t.json"))
    assert table.is_valid, table.warnings
    rows = list(table.t.iterdicts())
    assert len(rows) == len(swedish(fetched(client, name, "csv").content)) - 1
    numbers = [v for row in rows for v in row.values() if isinstance(v, (int, Decimal))]
    assert numbers


@pytest.mark.parametrize("name", NAMES)
def test_all_files_of_a_figure_hold_the_same_numbers(client, name):
    rows = swedish(fetched(client, name, "csv").content)[1:]
    told = [row[1:] for row in rows]
    plain = pandas.read_csv(
        io.BytesIO(fetched(client, name, "ren.csv").content), dtype=str, keep_default_na=False
    )
    assert plain.columns[0] == "kod" and plain["kod"].is_unique
    assert plain.iloc[:, 2:].to_numpy().tolist() == [
        [value.replace(",", ".") for value in row] for row in told
    ]
    book = openpyxl.load_workbook(io.BytesIO(fetched(client, name, "xlsx").content))
    cells = [[cell.value for cell in row][1:] for row in book["Tabell"].iter_rows(min_row=3)]
    assert [[str(value).replace(".", ",") for value in row] for row in cells] == [
        [value.removesuffix(",0") for value in row] for row in told
    ]
    stat = fetched(client, name, "json").content.decode()
    frame = pyjstat.Dataset.read(stat).write("dataframe", naming="id")
    flat = [value for row in told for value in row]
    assert len(frame) == len(flat)
    for value, text in zip(frame["value"], flat, strict=True):
        assert text in ("..", "-") if pandas.isna(value) else float(text.replace(",", ".")) == value


def test_plain_csv_is_as_programs_like_it_and_swedish_csv_as_excel_does(client):
    plain = fetched(client, "langd", "ren.csv")
    assert plain["Content-Type"] == "text/csv; charset=utf-8"
    assert not plain.content.startswith(b"\xef\xbb\xbf")
    assert b"#" not in plain.content and plain.content.count(b"\r\n\r\n") == 0
    excel = fetched(client, "langd", "csv").content
    assert excel.startswith(b"\xef\xbb\xbf")
    assert b"\r\n# K\xc3\xa4lla: PlugInnovation." in excel


def test_a_csv_leads_to_its_description(client):
    for ending in ("csv", "ren.csv"):
        link = fetched(client, "langd", ending)["Link"]
        address = link[1 : link.index(">")].removeprefix("http://testserver")
        assert address == f"/statistik/tabell/langd.{ending}-metadata.json{QUERY}"
        answer = client.get(address)
        assert answer["Content-Type"] == "application/csvm+json"


def test_the_host_of_a_request_never_gets_into_a_file(client):
    answer = client.get("/statistik/tabell/langd.csv", headers={"host": "testserver"})
    assert answer["Link"].startswith("<http://testserver/")
    asked = client.get("/statistik/tabell/langd.csv-metadata.json", {"kommun": '"><\r\nX: 1'})
    assert asked.json()["url"].startswith("http://testserver/statistik/tabell/langd.csv?kommun=%22")


EVIL = (
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "＝1",
    "\u2003＋1",
)


@pytest.mark.parametrize("evil", EVIL)
def test_no_file_holds_a_formula(evil):
    """In a label, in a heading, in a column of words: quoted in CSV, plain text in XLSX."""
    made = sheets.Sheet(
        "x", evil, evil, (evil,), (Column("a", evil, "ord"), Column("b", "Antal")),
        (sheets.Line(evil, (evil,), (evil, Decimal("-1.5"))),), (evil,), "x", "x",
    )  # fmt: skip
    swedish_rows = list(
        csv.reader(
            io.StringIO(sheets.as_swedish_csv(made).decode("utf-8-sig"), newline=""),
            delimiter=";",
        )
    )
    plain_rows = list(csv.reader(io.StringIO(sheets.as_plain_csv(made).decode(), newline="")))
    texts = [cell for row in [*swedish_rows, *plain_rows] for cell in row]
    assert f"'{evil}" in texts
    assert not [
        t for t in texts if t.strip().startswith(("=", "+", "@", "＝", "＋")) or t == "-1+1"
    ]
    assert "-1,5" in swedish_rows[1] and "-1.5" in plain_rows[1]
    book = openpyxl.load_workbook(io.BytesIO(sheets.as_xlsx(made)))
    for page in book:
        for row in page.iter_rows():
            assert all(cell.data_type != "f" for cell in row)


def test_marks_of_cells_that_are_not_shown_are_no_formulas():
    assert [inert(mark) for mark in ("-", "..", "=", "a")] == ["-", "..", "=", "a"]


def test_a_drawing_comes_as_a_picture_too(client):
    response = client.get("/statistik/diagram/alder.png")
    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("query", ["", "?kommun=1440&lasar=2024/25&kon=K", "?kommun=1407"])
@pytest.mark.parametrize("name", NAMES)
def test_the_csv_equals_the_table_shown(client, name, query):
    table = table_shown(text_of(client.get(f"/statistik/{query}")), name)
    response = client.get(f"/statistik/tabell/{name}.csv{query}")
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert len(table) > 2
    assert rows[: rows.index([])] == [[row[0], *map(bare, row[1:])] for row in table]


def test_the_files_tell_definition_day_and_protection(client):
    told = client.get("/statistik/tabell/langd.csv").content.decode("utf-8-sig")
    for words in ("Längden räknas i dagar", "2026-10-31", "högst 5", "Publicering 1"):
        assert words in told


@pytest.mark.parametrize("name", NAMES)
def test_excel_and_json_hold_the_same_numbers(client, name):
    from python_calamine import CalamineWorkbook

    sheet = client.get(f"/statistik/tabell/{name}.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0)
    data = client.get(f"/statistik/tabell/{name}.json").json()
    cells = [value for row in rows.to_python()[2:] for value in row[1:]]
    status = data.get("status", {})
    told = [status.get(str(i)) if v is None else v for i, v in enumerate(data["value"])]
    assert cells == told
    assert len(told) == data["size"][0] * data["size"][1]


def test_a_formula_in_a_name_stays_text():
    figure = Figure(
        "x",
        "X",
        "",
        "",
        "Skola",
        [Column("antal", "Antal")],
        [
            Row("1", "=HYPERLINK(0)", (Count(4),)),
            Row("2", "-", (NOTHING,)),
            Row("3", "b", (HELD_BACK,)),
        ],
        Definition(""),
    )
    published = publication.Figures(1, UNTIL, UNTIL, False, {}, {}, {}, {})
    rows = exports.as_csv(figure, published).decode("utf-8-sig").splitlines()
    assert rows[1:4] == ["'=HYPERLINK(0);4", "-;-", "b;.."]


def test_the_same_question_is_drawn_the_same_to_the_byte(client):
    first = client.get("/statistik/diagram/langd.svg").content
    assert client.get("/statistik/diagram/langd.svg").content == first


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_stands_alone(client, name):
    response = client.get(f"/statistik/diagram/{name}.svg?kommun=1480")
    assert response["Content-Type"].startswith("image/svg+xml")
    import xml.etree.ElementTree as ElementTree

    ElementTree.fromstring(response.content)


@pytest.mark.parametrize(
    "address",
    [
        "/statistik/tabell/finnsinte.csv",
        "/statistik/tabell/langd.plain.csv",
        "/statistik/tabell/langd.csv-metadata",
        "/statistik/tabell/LANGD.csv",
        "/statistik/tabell/../langd.csv",
        "/statistik/tabell/finnsinte.ren.csv-metadata.json",
        "/statistik/tabell/alder.exe",
        "/statistik/diagram/skolor.svg?perspektiv=skola",
        "/statistik/tabell/langd.csv?perspektiv=skola",
    ],
)
def test_what_there_is_not_is_a_404(client, address):
    assert client.get(address).status_code == 404
