"""Log lines: JSON, with what happened and where, and nothing of anybody."""

import json
import logging

import pytest
from django.db import IntegrityError
from django.test import Client

from pluginnovation.watching import logs
from pluginnovation.watching.scrub import LONGEST, scrubbed

# Numbers that no person has: the 34th of the 13th month.
PERSONAL = ("19121334-1234", "191213341234", "121334-1234", "121334+1234", "1912 13 34 1234")


@pytest.fixture
def lines(settings):
    """The lines that are written as objects: ``lines()``."""
    settings.REQUEST_LOG = True
    written = []
    handler = logging.Handler()
    handler.setFormatter(logs.JsonLines())
    handler.emit = lambda record: written.append(handler.format(record))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel("INFO")
    yield lambda: [json.loads(line) for line in written]
    root.removeHandler(handler)
    root.setLevel(level)


def of_requests(lines):
    return [line for line in lines() if line["logger"] == "pluginnovation.requests"]


def test_a_request_is_one_line_with_its_id_and_no_query(db, client, lines):
    response = client.get("/sok/?q=hemligt", REMOTE_ADDR="192.0.2.77")
    (line,) = of_requests(lines)
    assert line.pop("ms") >= 0 and line.pop("time").endswith("+00:00")
    assert line == {
        "level": "INFO",
        "logger": "pluginnovation.requests",
        "message": "request",
        "request": response["X-Request-ID"],
        "method": "GET",
        "path": "/sok/",
        "view": "search",
        "status": 200,
    }


def test_each_request_has_an_id_of_its_own_whatever_the_client_says(client, lines):
    ids = {client.get("/robots.txt", headers={"x-request-id": "19121334-1234"})["X-Request-ID"]
           for _ in range(3)}  # fmt: skip
    assert len(ids) == 3 and not any("1213" in one for one in ids)


def test_nothing_of_a_person_is_in_any_line(db, lines):
    """Whatever an outsider writes into addresses, forms and headers, one grep over all lines."""
    client = Client(raise_request_exception=False)
    secrets = [*PERSONAL, "anna.andersson@example.se", "192.0.2.77", "min-hemliga-sokning"]
    headers = {"referer": "/?q=min-hemliga-sokning", "user-agent": "anna.andersson@example.se"}
    for one in PERSONAL:
        for address in (f"/{one}/", f"/sok/?q={one}", f"/media/{one}", f"/fallstudier/{one}/"):
            client.get(address, headers=headers, REMOTE_ADDR="192.0.2.77")
    client.get("/sok/?q=min-hemliga-sokning", headers=headers)
    client.post("/konto/logga-in/", {"login": "anna.andersson@example.se", "password": PERSONAL[0]})
    client.get("/konto/losenord/nyckel/1-abcdef-0123456789/")
    client.get("/", headers={"host": "anna.andersson@example.se"})
    text = json.dumps(lines(), ensure_ascii=False)
    assert len(of_requests(lines)) == 4 * len(PERSONAL) + 4
    assert [one for one in (*secrets, "abcdef-0123456789") if one in text] == []


def test_the_line_of_a_fault_tells_its_classes_and_places_and_nothing_of_its_text(lines):
    try:
        try:
            raise ValueError("raden 19121334-1234 Anna")
        except ValueError as first:
            raise IntegrityError("Key (email)=(anna@example.se) already exists") from first
    except IntegrityError:
        logging.getLogger("prov").exception("Det gick inte")
    (line,) = lines()
    assert line["fault"] == "IntegrityError < ValueError"
    assert any("test_logs.py" in place for place in line["places"])
    assert "Anna" not in str(line) and "example.se" not in str(line)


def test_health_and_metrics_write_no_line(db, client, lines):
    client.get("/halsa")
    client.get("/metrics")
    assert of_requests(lines) == []


@pytest.mark.parametrize("number", PERSONAL)
def test_a_personal_number_is_struck_however_it_is_written(number):
    assert scrubbed(f"rad {number} slut") == "rad [nummer] slut"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("postgresql://user:hemligt@db/x", "postgresql://[e-post]/x"),
        ("skolenhet 12345678, år 2025", "skolenhet 12345678, år 2025"),
        ("GET /sok/?q=a&b=c HTTP/1.1", "GET /sok/ HTTP/1.1"),
        ("Invalid request from ip=2001:db8::1: oj", "Invalid request from ip=[adress] oj"),
        ("från 192.0.2.7", "från [adress]"),
        ("a" * 1000, "a" * LONGEST + "…"),
    ],
)
def test_what_else_is_struck_and_what_is_left(text, kept):
    assert scrubbed(text) == kept
