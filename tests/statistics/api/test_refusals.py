"""What the API does not answer: clear, bounded, in its own form, and never an error of ours."""

from statistics.api import query

import pytest
from django.core.cache import caches

from .asking import API, BY_SEX, refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/tables/finns-inte", 404, ["avbrott-manad"]),
        ("/tables/finns-inte/data", 404, ["avbrott-manad"]),
        ("/codelists/finns-inte", 404, ["agg_aktivitetsgrupp"]),
        ("/tables?lang=en", 400, ["sv"]),
        ("/tables?pageNumber=0", 400, ["pageNumber"]),
        ("/tables?pageSize=1000", 400, ["100"]),
        ("/tables?pageSize=²", 400, ["pageSize"]),
        ("/tables?pastDays=-1", 400, ["pastDays"]),
        ("/tables/avbrott/data?valuecodes[kon]=K", 400, ["lasar"]),
        ("/tables/avbrott/data?valuecodes[lasar]=1999/00", 400, ["1999/00", "2023/24"]),
        ("/tables/avbrott/data?valuecodes[lasar]=", 400, ["lasar"]),
        ("/tables/avbrott/data?valuecodes[lasar]=top(0)", 400, ["top(3)"]),
        ("/tables/avbrott/data?valuecodes[lasar]=top(x)", 400, ["top(3)"]),
        ("/tables/avbrott/data?valuecodes[lasar]=range(2023/24)", 400, ["range"]),
        ("/tables/avbrott/data?valuecodes[lasar]=range(2024/25,2023/24)", 400, ["lasar"]),
        ("/tables/avbrott/data?valuecodes[skola]=1", 400, ["skola", "hemkommun"]),
        ("/tables/avbrott/data?valuecodes[lasar]=*&codelist[kon]=x", 400, ["kon"]),
        ("/tables/avbrott/data?valuecodes[lasar]=*&outputFormat=parquet", 400, ["json-stat2"]),
        ("/tables/avbrott/data?valuecodes[lasar]=*&outputFormatParams=Fel", 400, ["UseCodes"]),
        ("/tables/avbrott/data?valuecodes[lasar]=*&stub=kon,kon", 400, ["en gång"]),
        ("/tables/avbrott/data?valuecodes[lasar]=*&heading=x", 400, ["hemkommun"]),
        ("/tables/avbrott/data?publicering=x", 400, ["publicering"]),
    ],
)
def test_a_bad_question_is_refused_with_what_would_be_right(ask, address, status, words):
    refused(ask(API + address), status, *words)


def test_too_many_cells_are_refused_with_how_many_they_are(ask, monkeypatch):
    monkeypatch.setattr(query, "MAX_CELLS", 10)
    refused(ask(BY_SEX), 403, "12 celler", "högst 10")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"selection": 1}',
        b'{"selection": [1]}',
        b'{"selection": [{"variableCode": 1}]}',
        b'{"selection": [{"variableCode": "lasar", "valueCodes": "x"}]}',
        b'{"selection": [], "placement": []}',
        b'{"selection": [], "placement": {"stub": [1]}}',
        b"[" * 100_000,
        b'{"selection": [{"variableCode": "lasar", "codelist": %s}]}' % (b"[" * 900 + b"]" * 900),
        b'{"selection": [{"variableCode": "\\ud800"}]}',
        b'{"selection": [{"variableCode": "lasar", "valueCodes": ["\\u0000"]}]}',
        b'{"selection": %s}' % (b"9" * 5000),
        b'{"selection": NaN}',
    ],
)
def test_a_body_of_garbage_is_refused(client, body):
    address = f"{API}/tables/avbrott/data"
    refused(client.post(address, body, content_type="application/json"), 400)


def test_a_body_that_is_too_long_is_refused_before_it_is_read(client):
    address = f"{API}/tables/avbrott/data"
    for size in (100_001, 3_000_000):
        refused(client.post(address, b" " * size, content_type="application/json"), 413, "100000")


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data", "x"])
def test_a_body_that_is_not_json_is_refused_by_its_kind(client, kind):
    answer = client.post(f"{API}/tables/avbrott/data", b"<a/>", content_type=kind)
    refused(answer, 415, "application/json")


@pytest.mark.parametrize(
    "query",
    [
        "valuecodes[lasar]=" + "*," * 1001 + "2023/24",
        "valuecodes[lasar]=" + ",".join(f"{n}*" for n in range(1200)),
        "valuecodes[lasar]=" + "*a" * 5000,
        "valuecodes[lasar]=top(" + "9" * 4000 + ")",
        "valuecodes[lasar]=range(,)",
        "valuecodes[lasar]=%00",
        "valuecodes[lasar]=%ff%fe",
        "valuecodes[lasar]=[[[",
        "valuecodes[]=1",
        "valuecodes[lasar][kon]=1",
        "codelist[lasar]=%F0%9F%92%A9&valuecodes[lasar]=*",
        "outputFormat=%00&valuecodes[lasar]=*",
        "outputFormatParams=" + "UseCodes," * 500 + "x",
        "lang=" + "s" * 4000,
        "publicering=" + "9" * 4000,
        "publicering=-1",
        "&".join(f"x{n}=1" for n in range(1500)),
    ],
)
def test_a_query_string_of_garbage_is_refused_or_read_and_never_an_error(ask, query):
    answer = ask(f"{API}/tables/avbrott/data?{query}")
    if answer.status_code != 200:
        refused(answer, answer.status_code)
    assert answer.status_code in (200, 400)


@pytest.mark.parametrize(
    "address",
    [
        "tables/",
        "tables/avbrott/finns-inte",
        "x",
        "config/",
        "..%2fadmin",
        "tables/%00",
        "v3/tables",
    ],
)
def test_an_address_that_is_none_is_answered_as_the_rest_of_the_api(ask, address):
    answer = ask(f"{API}/{address}")
    refused(answer, 404)
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
@pytest.mark.parametrize("address", ["config", "tables", "tables/avbrott/data", "finns-inte"])
def test_a_method_that_is_none_is_refused_with_those_that_are(client, method, address):
    answer = getattr(client, method)(f"{API}/{address}")
    refused(answer, 405, "GET")
    assert "GET" in answer["Allow"] and "HEAD" in answer["Allow"]


def test_who_asks_too_often_is_told_so_in_the_form_of_the_api(client, settings):
    settings.RATE_LIMITS = True
    answers = [client.get(f"{API}/config") for _ in range(62)]
    refused(answers[-1], 429, "sekunder")
    assert int(answers[-1]["Retry-After"]) >= 1
    assert answers[-1]["Access-Control-Allow-Origin"] == "*"
    caches["limits"].clear()
