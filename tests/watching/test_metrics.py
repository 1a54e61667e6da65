"""Figures for Prometheus: for the token alone, bounded, of all processes together."""

import os
import subprocess
import sys

import pytest
from prometheus_client.parser import text_string_to_metric_families

from pluginnovation.embedded_postgres import ROOT

TOKEN = "en-lang-hemlig-token"


@pytest.fixture
def token(settings):
    settings.METRICS_TOKEN = TOKEN
    return {"authorization": f"Bearer {TOKEN}"}


def samples(text):
    return {
        (sample.name, *(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text)
        if family.name.startswith("pluginnovation")
        for sample in family.samples
    }


def test_without_the_setting_there_is_no_such_page(client, db):
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize(
    "given",
    [None, "", TOKEN, f"Basic {TOKEN}", "Bearer ", "Bearer fel", f"Bearer {TOKEN}å", "Bearer"],
)
def test_without_the_token_nothing_is_told(client, token, given):
    headers = {"authorization": given} if given is not None else {}
    response = client.get("/metrics", headers=headers)
    assert response.status_code == 401 and response["WWW-Authenticate"].startswith("Bearer")
    assert "pluginnovation_" not in response.text


def test_a_request_is_counted_by_view_and_status(client, token):
    before = samples(client.get("/metrics", headers=token).text)
    client.get("/robots.txt")
    response = client.get("/metrics", headers=token)
    after = samples(response.text)
    key = ("pluginnovation_requests_total", "200", "robots")
    assert after[key] == before.get(key, 0) + 1
    assert after["pluginnovation_request_seconds_count", "robots"] >= 1
    assert "no-cache" in response["Cache-Control"]


def test_no_label_holds_an_address_an_id_or_what_a_client_wrote(client, token, db):
    before = set(samples(client.get("/metrics", headers=token).text))
    for number in range(20):
        client.get(f"/hemligt-{number}/?q=hemligt", headers={"user-agent": f"hemligt{number}"})
        client.generic(f"HEMLIGT{number}", "/robots.txt")
        client.get(f"/personal/leveranser/{number}/")
    after = samples(client.get("/metrics", headers=token).text)
    labels = {label for name in after for label in name[1:]}
    assert not [label for label in labels if "hemligt" in label.lower() or "/" in label]
    series = {(name[0], name[1]) for name in set(after) - before}
    assert len(series) < 30


def test_a_page_from_the_cache_is_counted_as_such(client, token, db, settings, tmp_path):
    settings.PAGE_CACHE = True
    for _ in range(2):
        client.get("/kontakt-som-saknas/", follow=True)
        client.get("/robots.txt")
    found = samples(client.get("/metrics", headers=token).text)
    assert found["pluginnovation_requests_total", "200", "page cache"] >= 1


PROCESS = """
import sys
from types import SimpleNamespace
config = {}
exec(open("gunicorn.conf.py").read(), config)
config["post_fork"](None, SimpleNamespace(place=int(sys.argv[1])))
from django.conf import settings
settings.configure(METRICS_TOKEN="t", METRICS_DIR=sys.argv[2])
from pluginnovation.watching import metrics
metrics.count("home", 200, 0.01)
from django.test import RequestFactory
request = RequestFactory().get("/metrics", headers={"authorization": "Bearer t"})
print(metrics.page(request).content.decode())
"""


def test_processes_are_added_up_and_one_that_is_replaced_goes_on_in_its_file(tmp_path):
    def count_in_a_process_at(place):
        return subprocess.run(
            [sys.executable, "-c", PROCESS, str(place), str(tmp_path)],
            cwd=ROOT,
            env={
                **os.environ,
                "PROMETHEUS_MULTIPROC_DIR": str(tmp_path),
            },
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    for place in (0, 1, 0):
        said = samples(count_in_a_process_at(place))
    assert said["pluginnovation_requests_total", "200", "home"] == 3
    assert len(list(tmp_path.glob("counter_*.db"))) == 2
