"""What goes wrong before a view of the API is reached is told in the API's own form, too."""

from statistics.api import views

import pytest
from django.core.cache import caches
from django.db import OperationalError
from django.test import Client

from .asking import API, BY_SEX, refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fault", "status"),
    [(OperationalError("away"), 503), (OSError(28, "full"), 507), (ZeroDivisionError(), 500)],
)
def test_a_fault_is_a_problem_and_tells_nothing_of_its_cause(monkeypatch, fault, status):
    def fail():
        raise fault

    monkeypatch.setattr(views, "newest", fail)
    client = Client(raise_request_exception=False)
    answer = client.get(BY_SEX)
    refused(answer, status)
    assert answer["Access-Control-Allow-Origin"] == "*" and answer["Cache-Control"] == "no-store"
    assert (answer.get("Retry-After") == "30") == (status == 503)
    assert "away" not in answer.content.decode()


@pytest.mark.parametrize(
    "address", ["/statistik/api/", "/statistik/api/v1/tables", "/statistik/api/v3/"]
)
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_an_address_beside_the_api_is_a_problem(client, address, method):
    answer = getattr(client, method)(f"/statistik/api/{address}")
    refused(answer, 405 if method == "delete" else 404, "GET" if method == "delete" else "v2/")
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_who_asks_too_often_is_told_when_to_ask_again(client, settings):
    settings.RATE_LIMITS = True
    caches["limits"].clear()
    answers = [client.get(f"{API}/config") for _ in range(61)]
    caches["limits"].clear()
    assert [answer.status_code for answer in answers[:60]] == [200] * 60
    refused(answers[-1], 429, answers[-1]["Retry-After"])
    assert answers[-1]["Access-Control-Allow-Origin"] == "*"


def test_whatever_a_client_says_it_accepts_the_format_is_the_one_of_the_address(ask):
    for accepted in ("text/html", "application/xml", "image/png;q=0.1", "*/*", "garbage"):
        answer = ask(f"{API}/config", accept=accepted)
        assert answer.status_code == 200 and answer["Content-Type"] == "application/json"
