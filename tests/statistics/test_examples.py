"""The examples of docs/data.md do what they say; so do the CSV files of whole tables."""

import io
import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from statistics import publication, tables
from urllib.parse import urlsplit

import pandas
import pytest
import requests
from csvw import CSVW

from .figures_factory import published_region

pytestmark = pytest.mark.django_db
GUIDE = (Path(__file__).parents[2] / "docs" / "data.md").read_text()
ENDINGS = ("csv", "ren.csv")


def examples(language):
    found = re.findall(rf"```{language}\n(.*?)```", GUIDE, re.S)
    assert found, language
    return [text.replace("https://SITE", "http://testserver") for text in found]


published = published_region(300, autouse=True)


def path_of(address):
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def test_the_questions_by_curl_are_answered(client):
    (block,) = examples("curl")
    lines = block.strip().splitlines()
    assert len(lines) == 2
    for line in lines:
        words = shlex.split(line)
        address = next(word for word in words if word.startswith("http"))
        if "-d" in words:
            kind = words[words.index("-H") + 1].partition(": ")[2]
            body = words[words.index("-d") + 1]
            answer = client.post(path_of(address), body, content_type=kind)
        else:
            answer = client.get(path_of(address))
        assert answer.status_code == 200 and answer.content


def test_the_example_in_python_runs(client, monkeypatch):
    """As it stands, but for the network: both libraries are given the client's answers."""

    def get(address, **more):
        answer = client.get(path_of(address))
        made = requests.Response()
        made.status_code, made._content = answer.status_code, answer.content
        return made

    read_csv = pandas.read_csv
    monkeypatch.setattr("pyjstat.pyjstat.requests.get", get)
    monkeypatch.setattr(
        pandas, "read_csv", lambda at, **more: read_csv(io.BytesIO(get(at).content), **more)
    )
    (block,) = examples("python")
    names = {}
    exec(block, names)
    assert len(names["frame"]) == len(publication.newest().codes["lasar"]) * 3
    cells = names["cells"]
    assert cells["kod"].is_unique
    assert pandas.api.types.is_numeric_dtype(cells.iloc[:, -1])


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed here")
def test_the_example_in_r_runs(live_server):
    (block,) = examples("r")
    code = block.replace("http://testserver", live_server.url)
    done = subprocess.run(["Rscript", "-e", code], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("table", tables.TABLES)
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_tables_own_csv_is_as_its_description_says(client, tmp_path, table, ending):
    address = f"/statistik/data/{table}.{ending}"
    (tmp_path / "t.csv").write_bytes(client.get(address).content)
    described = client.get(f"{address}-metadata.json").json()
    assert described["url"] == f"http://testserver{address}"
    (tmp_path / "t.json").write_text(json.dumps(described | {"url": "t.csv"}))
    read = CSVW(str(tmp_path / "t.csv"), md_url=str(tmp_path / "t.json"))
    assert read.is_valid, read.warnings
    numbers = [list(row.values())[-1] for row in read.t.iterdicts()]
    stat = client.get(f"/statistik/api/v2/tables/{table}/data").json()["value"]
    assert numbers == stat and any(numbers)


def test_every_table_leads_to_its_files_and_tells_when_it_was_read_through(client):
    for table in tables.TABLES:
        page = client.get(f"/statistik/data/{table}/").content.decode()
        links = re.findall(rf'href="(/statistik/data/{table}\.[^"]+)"', page)
        assert len(links) == 3
        assert "granskades" in page
    for link in links:
        assert client.get(link).status_code == 200


@pytest.mark.parametrize("address", ["finns-inte.csv", "avbrott.exe", "avbrott.json"])
def test_a_file_of_no_table_is_a_404(client, address):
    assert client.get(f"/statistik/data/{address}", follow=True).status_code == 404


def test_the_pages_of_the_data_cost_few_queries_whatever_there_is(
    client, django_assert_max_num_queries
):
    addresses = [
        "/statistik/data/",
        *(f"/statistik/data/{table}/" for table in tables.TABLES),
        "/statistik/data/avbrott.ren.csv",
        "/dcat.rdf",
    ]
    for address in addresses:
        client.get(address)
        with django_assert_max_num_queries(12):
            client.get(address)
