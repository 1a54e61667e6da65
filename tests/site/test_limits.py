"""How often one address may ask, and who counts as one address."""

import re
from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from django_ratelimit import core

from pluginnovation.core.network import client_network
from pluginnovation.settings.stores import SIZES
from pluginnovation.site.limits import LIMITS, limit_of

ASK = RequestFactory()


@pytest.fixture
def limits(settings, tmp_path, monkeypatch):
    # A minute that begins in the middle of a test would let more through.
    monkeypatch.setattr(core, "time", SimpleNamespace(time=lambda: 1_800_000_000))
    backend = "pluginnovation.core.caches.SharedFileCache"
    settings.CACHES = {
        name: {"BACKEND": backend, "LOCATION": tmp_path / name, "OPTIONS": {"MAX_ENTRIES": 100}}
        for name in SIZES
    }
    settings.RATE_LIMITS = True
    return settings


def refused(client, times, path="/sok/?q=a", **kwargs):
    """Statuses of so many requests, as a set with their number."""
    answers = [client.get(path, **kwargs) for _ in range(times)]
    return [answer for answer in answers if answer.status_code == 429]


def test_the_sixty_first_search_in_a_minute_is_told_when_to_come_back(db, client, limits, valid):
    limits.PAGE_CACHE = True
    (answer,) = refused(client, 61)
    assert 1 <= int(answer["Retry-After"]) <= 60
    text = valid(answer)
    assert "För många frågor på kort tid" in text
    assert re.search(rf"Vänta {answer['Retry-After']}\s+sekund", text)
    assert (
        answer["Cache-Control"] == "no-store" and "default-src" in answer["Content-Security-Policy"]
    )
    for name in ("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy"):
        assert answer[name], "a refusal is told the same as a page"
    assert client.get("/halsa").status_code == 200, "nothing else is shut"


def test_another_address_is_another_visitor(db, client, limits):
    assert len(refused(client, 61, REMOTE_ADDR="192.0.2.1")) == 1
    assert refused(client, 1, REMOTE_ADDR="192.0.2.2") == []


def test_what_a_client_writes_into_the_forwarding_header_changes_nothing(db, client, limits):
    for number in range(61):
        answer = client.get("/sok/?q=a", headers={"x-forwarded-for": f"10.0.0.{number}"})
    assert answer.status_code == 429


def test_login_is_limited_and_says_so_in_swedish(db, client, limits):
    answers = [client.post("/konto/logga-in/", {"login": "a@b.se"}) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    assert client.get("/konto/logga-in/").status_code == 200


def test_limits_can_be_lifted(db, client, limits):
    limits.RATE_LIMITS = False
    assert refused(client, 61) == []


def test_a_store_that_is_away_shuts_nobody_out(db, client, limits, tmp_path):
    (tmp_path / "limits").write_text("no folder")
    assert refused(client, 61) == []


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("GET", "/statistik/api/v2/tables", "api"),
        ("POST", "/statistik/api/v2/tables/avbrott/data", "api"),
        ("GET", "/forskning/?q=mentor", "search"),
        ("GET", "/forskning/?sida=2&%71=mentor", "search"),
        ("GET", "/forskning/?faq=1", None),
        ("GET", "/statistik/data/avbrott.csv", "files"),
        ("GET", "/statistik/tabell/alder.xlsx", "files"),
        ("POST", "/konto/logga-in/", "login"),
        ("POST", "/kontakt/", "forms"),
        ("GET", "/fallstudier/", None),
        ("GET", "/halsa/redo", "ready"),
        ("GET", "/halsa", None),
        ("POST", "/admin/pages/1/edit/", None),
        ("GET", "/admin/pages/search/?q=a", None),
    ],
)
def test_which_limit_holds_for_what(method, path, name):
    limit = limit_of(ASK.generic(method, path))
    assert (limit and limit.name) == name


@pytest.mark.parametrize("limit", [one for one in LIMITS if one.name in ("api", "search")])
def test_search_and_interface_are_open_sixty_times_a_minute(limit):
    assert limit.rate == "60/m"


@pytest.mark.parametrize(
    ("proxies", "peer", "told", "known"),
    [
        (0, "192.0.2.9", "1.1.1.1", "192.0.2.9"),
        (1, "127.0.0.1", "6.6.6.6, 192.0.2.7", "192.0.2.7"),
        (2, "127.0.0.1", "6.6.6.6, 192.0.2.7, 10.0.0.1", "192.0.2.7"),
        (2, "127.0.0.1", "192.0.2.7", "127.0.0.1"),
        (1, "127.0.0.1", "", "unknown"),
        (1, "127.0.0.1", "<script>", "unknown"),
        (1, "127.0.0.1", "2001:db8:1:2:3::4", "2001:db8:1:2::"),
        (0, "::ffff:192.0.2.9", "", "192.0.2.9"),
    ],
)
def test_the_client_is_whom_the_trusted_proxies_tell(settings, proxies, peer, told, known):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = ASK.get("/", REMOTE_ADDR=peer, headers={"x-forwarded-for": told})
    assert client_network(request) == known
