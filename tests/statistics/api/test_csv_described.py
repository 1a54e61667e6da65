"""The API's CSV names its description (CSV on the Web), which is true of the file."""

import json
import re
from statistics import tables
from urllib.parse import quote

import pytest
from csvw import CSVW
from rdflib import Graph, Literal
from rdflib.namespace import DCAT, DCTERMS

from .asking import API, BY_SEX, refused

pytestmark = pytest.mark.django_db
HOST = "http://testserver"


@pytest.fixture
def read(ask, tmp_path):
    """``read(address)`` follows a CSV's link to its description and reads it by that."""

    def follow(address):
        file = ask(address)
        assert file.status_code == 200, file.content
        link = re.fullmatch(r'<(.+)>; rel="describedby"; type="(.+)"', file["Link"])
        described = ask(link[1].removeprefix(HOST))
        assert described["Content-Type"] == link[2] == "application/csvm+json"
        content = described.json()
        assert ask(content["url"].removeprefix(HOST)).content == file.content
        (tmp_path / "t.csv").write_bytes(file.content)
        (tmp_path / "t.json").write_text(json.dumps(content | {"url": "t.csv"}))
        found = CSVW(str(tmp_path / "t.csv"), md_url=str(tmp_path / "t.json"))
        assert found.is_valid, found.warnings
        return list(found.t.iterdicts())

    return follow


def counts(rows):
    return [value for row in rows for name, value in row.items() if re.fullmatch(r"tal\d+", name)]


@pytest.mark.parametrize("table", tables.TABLES)
def test_the_csv_of_every_table_that_the_catalogue_names_is_read_by_its_description(
    ask, client, read, table
):
    catalogue = Graph().parse(data=client.get("/dcat.rdf").content, format="xml")
    (dataset,) = catalogue.subjects(DCTERMS.identifier, Literal(table))
    files = [
        f"{catalogue.value(one, DCAT.downloadURL)}"
        for one in catalogue[dataset : DCAT.distribution]
    ]
    (address,) = (one for one in files if one.endswith("=csv"))
    stat = ask(f"{API}/tables/{table}/data").json()["value"]
    assert sorted(counts(read(address.removeprefix(HOST))), key=str) == sorted(stat, key=str)
    assert any(stat)


@pytest.mark.parametrize(
    "more",
    [
        "outputFormatParams=UseTexts,SeparatorSemicolon",
        "outputFormatParams=UseCodesAndTexts,IncludeTitle",
        "outputFormatParams=SeparatorTab,IncludeTitle",
        "outputFormatParams=SeparatorSpace,UseTexts",
        "stub=lasar&heading=kon,hemkommun",
        "heading=lasar,kon,hemkommun,alder,programtyp,ContentsCode",
        "stub=lasar,kon,hemkommun,alder,programtyp,ContentsCode",
    ],
)
def test_however_the_csv_is_asked_for_its_description_fits(ask, read, more):
    stat = ask(BY_SEX).json()["value"]
    found = counts(read(f"{BY_SEX}&outputFormat=csv&{more}"))
    assert sorted(found, key=str) == sorted(stat, key=str) and any(found)


def test_an_address_in_any_spelling_stays_what_was_asked(read):
    spelled = quote("valuecodes[lasar]=2023/24", safe="=")
    assert read(f"{API}/tables/avbrott/data?outputFormat=csv&{spelled}&x=%0d%0a%3e%22")


def test_a_file_by_post_has_no_address_and_so_no_description(client):
    address = f"{API}/tables/avbrott/data?outputFormat="
    answer = client.post(f"{address}csv", "{}", content_type="application/json")
    assert answer.status_code == 200 and "Link" not in answer
    answer = client.post(f"{address}csv-metadata.json", "{}", content_type="application/json")
    refused(answer, 400, "json-stat2, csv, xlsx, px")
