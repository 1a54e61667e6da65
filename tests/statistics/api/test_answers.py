"""The API as independent clients meet it: right, bounded, and never an error of ours."""

import io
import json
from statistics import publication, tables
from statistics.disclosure import TOTAL
from statistics.models import Publication

import openpyxl
import pandas
import pytest
from django.db import transaction
from django.test import Client
from pyaxis import pyaxis
from pyjstat import pyjstat

from ..figures_factory import UNTIL
from .asking import API, BY_SEX, refused

pytestmark = pytest.mark.django_db


def test_pyjstat_reads_the_published_cells(ask, figures):
    frame = pyjstat.Dataset.read(ask(BY_SEX).content.decode()).write("dataframe", naming="id")
    assert len(frame) == 2 * 2 * 3
    for row in frame.to_dict("records"):
        cell = figures.cell(
            "avbrott", lasar=row["lasar"], kon=row["kon"], hemkommun=row["hemkommun"]
        )
        assert row["value"] == cell.value


def test_pyaxis_reads_the_same_numbers_from_px(ask, tmp_path):
    file = tmp_path / "avbrott.px"
    file.write_bytes(ask(f"{BY_SEX}&outputFormat=px").content)
    parsed = pyaxis.parse(str(file), encoding="utf-8", timeout=1)["DATA"]
    stat = ask(BY_SEX).json()
    assert sorted(parsed["DATA"].astype(int)) == sorted(stat["value"])


def test_pandas_reads_the_same_numbers_from_csv(ask):
    content = ask(f"{BY_SEX}&outputFormat=csv&stub=hemkommun,kon,lasar").content
    frame = pandas.read_csv(io.BytesIO(content))
    assert frame.iloc[:, -1].tolist()
    assert sorted(frame.iloc[:, -1]) == sorted(ask(BY_SEX).json()["value"])


def test_excel_gets_the_same_numbers_and_what_they_are(ask):
    Publication.objects.update(published_at="2026-11-15T08:00Z")
    book = openpyxl.load_workbook(io.BytesIO(ask(f"{BY_SEX}&outputFormat=xlsx").content))
    cells = [cell.value for row in book["Tabell"].iter_rows() for cell in row]
    numbers = [cell for cell in cells if isinstance(cell, int)]
    assert sorted(numbers) == sorted(ask(BY_SEX).json()["value"])
    about = " ".join(row[0].value for row in book["Om uppgifterna"].iter_rows())
    assert "SYNTETISKA" in about and "Publicering" in about
    # A file that bore the hour of the asking would have another ETag each second.
    assert f"{book.properties.created}" == "2026-11-15 08:00:00"


@pytest.mark.parametrize(
    ("options", "heading"),
    [
        ("UseCodes", "hemkommun,program,2024/25 antal"),
        ("UseTexts,SeparatorSemicolon", "hemkommun;program;2024/25 Antal studieavbrott"),
        (
            "UseCodesAndTexts,SeparatorTab",
            "hemkommun\tprogram\t2024/25 2024/25 antal Antal studieavbrott",
        ),
    ],
)
def test_csv_names_its_columns_as_asked(ask, options, heading):
    address = f"{API}/tables/program/data?valuecodes[lasar]=2024/25&valuecodes[hemkommun]=T"
    address += "&stub=hemkommun&heading=lasar,ContentsCode&outputFormat=csv"
    text = ask(f"{address}&outputFormatParams={options}").content.decode("utf-8-sig")
    assert text.splitlines()[0] == heading


def test_what_is_left_out_is_the_total(ask, figures):
    answer = ask(f"{API}/tables/avbrott/data?valuecodes[lasar]=2024/25").json()
    assert answer["value"] == [figures.cell("avbrott", lasar="2024/25").value]
    assert answer["dimension"]["alder"]["category"]["index"] == {TOTAL: 0}


def test_a_question_by_post_has_the_same_answer(client, ask):
    body = {
        "selection": [
            {"variableCode": "lasar", "valueCodes": ["2023/24", "2024/25"]},
            {"variableCode": "kon", "valueCodes": ["*"]},
            {"variableCode": "hemkommun", "valueCodes": ["1480", "T"]},
        ]
    }
    address = f"{API}/tables/avbrott/data"
    answer = client.post(address, json.dumps(body), content_type="application/json")
    assert answer.json()["value"] == ask(BY_SEX).json()["value"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("2023/24", ["2023/24"]),
        ("*", ["2023/24", "2024/25", "2025/26", "2026/27"]),
        ("top(2)", ["2025/26", "2026/27"]),
        ("top(1,1)", ["2025/26"]),
        ("bottom(1)", ["2023/24"]),
        ("range(2024/25,2025/26)", ["2024/25", "2025/26"]),
        ("from(2025/26)", ["2025/26", "2026/27"]),
        ("to(2023/24)", ["2023/24"]),
        ("2024*,2026/27", ["2024/25", "2026/27"]),
    ],
)
def test_values_can_be_named_by_expressions(ask, expression, expected):
    answer = ask(f"{API}/tables/avbrott/data?valuecodes[lasar]={expression}").json()
    assert list(answer["dimension"]["lasar"]["category"]["index"]) == expected


def test_a_code_list_of_groups_gives_the_cells_of_the_groups(ask, figures):
    address = f"{API}/tables/aktivitet/data?valuecodes[lasar]=2023/24"
    answer = ask(f"{address}&codelist[aktivitet]=agg_aktivitetsgrupp").json()
    groups = list(answer["dimension"]["aktivitet"]["category"]["index"])
    assert groups == ["UTB", "ARBG", "AKT", "SKAL", "UTAN"]
    expected = [
        figures.cell("aktivitet", lasar="2023/24", aktivitet=group).value for group in groups
    ]
    assert answer["value"] == expected


def test_persons_are_told_where_the_pages_tell_them(ask, figures):
    address = f"{API}/tables/avbrott/data?valuecodes[lasar]=2023/24&valuecodes[kon]=*"
    answer = ask(f"{address}&valuecodes[ContentsCode]=personer&valuecodes[alder]=T,18").json()
    cells = [
        figures.persons(lasar="2023/24", kon=kon) if age == "T" else None
        for kon in ("K", "M", "T")
        for age in ("18", "T")
    ]
    assert answer["value"] == [cell.value if cell else None for cell in cells]
    assert any(answer["value"])
    assert answer["status"]["0"] == ".."


def test_blocked_and_impossible_cells_say_so(ask, figures):
    answer = ask(f"{API}/tables/aktivitet/data?valuecodes[lasar]=*&valuecodes[aktivitet]=*").json()
    schools = f"{API}/tables/avbrott-skola/data?valuecodes[lasar]=2024/25&valuecodes[skolenhet]=*"
    schools = ask(f"{schools}&valuecodes[skolkommun]=*").json()
    assert "-" in schools["status"].values()
    assert set(answer.get("status", {}).values()) <= {".."}
    for place, mark in schools["status"].items():
        assert schools["value"][int(place)] is None and mark == "-"


def test_a_publication_can_be_named_and_keeps_its_numbers(ask, figures):
    before = ask(f"{BY_SEX}&publicering={figures.number}").json()
    with transaction.atomic():
        newer = publication.publish(UNTIL)
        assert ask(BY_SEX).json()["extension"]["publication"] == newer.number
        after = ask(f"{BY_SEX}&publicering={figures.number}").json()
        assert after == before
        transaction.set_rollback(True)
    refused(ask(f"{BY_SEX}&publicering=999"), 404, "Publiceringen")


@pytest.mark.parametrize("address", ["config", "openapi.json", "tables", BY_SEX.removeprefix(API)])
def test_head_tells_what_get_would_without_a_body(client, ask, address):
    address = f"{API}/{address.lstrip('/')}"
    head = client.head(address)
    assert head.status_code == 200 and not head.content
    assert head["ETag"] == ask(address)["ETag"]


def test_a_browser_of_another_origin_may_ask_beforehand_and_then_ask(client):
    for address in ("config", "tables/avbrott/data", "finns-inte"):
        before = client.options(
            f"{API}/{address}",
            headers={"origin": "https://example.org", "access-control-request-method": "GET"},
        )
        assert before.status_code == 204
        assert before["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in before
        assert "Content-Type" in before["Access-Control-Allow-Headers"]


def test_the_examples_of_the_description_are_answered(client, ask):
    described = ask(f"{API}/openapi.json").json()["paths"]
    questions = {path: ways for path, ways in described.items() if path.endswith("/data")}
    assert len(questions) == len(tables.TABLES)
    for path, ways in questions.items():
        (values,) = [p["example"] for p in ways["get"]["parameters"] if "example" in p]
        asked = {f"valuecodes[{code}]": text for code, text in values.items()}
        body = ways["post"]["requestBody"]["content"]["application/json"]["example"]
        by_get = client.get(API + path, asked)
        by_post = client.post(API + path, body, content_type="application/json")
        assert by_get.status_code == by_post.status_code == 200, path
        assert by_get.json()["value"] == by_post.json()["value"]


def test_the_api_itself_leads_to_what_it_holds(client):
    answer = client.get(f"{API}/")
    assert answer.status_code == 302 and answer["Location"] == "/statistik/data/#api"


def test_it_answers_every_origin_and_a_form_token_is_not_asked_for():
    strict = Client(enforce_csrf_checks=True)
    address = f"{API}/tables/avbrott/data"
    answer = strict.post(address, "{}", content_type="application/json")
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer
    before = strict.options(address)
    assert before.status_code == 204 and "POST" in before["Access-Control-Allow-Methods"]
    refused(strict.delete(address), 405, "GET, POST")


def test_what_a_client_has_already_is_not_sent_again(ask):
    first = ask(BY_SEX)
    again = ask(BY_SEX, if_none_match=first["ETag"])
    assert again.status_code == 304 and not again.content


def test_everything_listed_leads_somewhere(ask):
    listed = ask(f"{API}/tables").json()
    assert listed["page"]["totalElements"] == len(listed["tables"]) == 8
    for table in listed["tables"]:
        for link in table["links"]:
            assert ask(link["href"].removeprefix("http://testserver")).status_code == 200
    found = ask(f"{API}/tables?query=studieavbrott månad").json()["tables"]
    assert [table["id"] for table in found] == ["avbrott-manad"]
    assert ask(f"{API}/tables?pastDays=1").json()["tables"]
    assert ask(f"{API}/config").json()["maxDataCells"] == 25_000


def test_metadata_names_every_value_and_the_default_selection_is_the_default(ask, figures):
    for table in ("avbrott", "flode", "examen", "avbrott-skola"):
        metadata = ask(f"{API}/tables/{table}/metadata").json()
        for code, dimension in metadata["dimension"].items():
            if code != "ContentsCode":
                assert list(dimension["category"]["index"]) == figures.codes[code]
        chosen = ask(f"{API}/tables/{table}/defaultselection").json()["selection"]
        data = ask(f"{API}/tables/{table}/data").json()
        assert {item["variableCode"]: item["valueCodes"] for item in chosen} == {
            code: list(one["category"]["index"]) for code, one in data["dimension"].items()
        }


def test_a_question_costs_one_look_for_the_publication(ask, django_assert_num_queries):
    ask(BY_SEX)
    with django_assert_num_queries(1):  # which publication is the newest
        ask(BY_SEX)
