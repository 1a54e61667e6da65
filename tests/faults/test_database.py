"""The database goes away, in the midst of a request or for longer, and comes back."""

import time
from statistics import database_role

import html5lib
import pytest
from django.conf import settings
from django.db import connection
from django.test import RequestFactory

from pluginnovation.settings.stores import SIZES
from pluginnovation.site import alive
from pluginnovation.site.models import Heartbeat
from pluginnovation.site.search import questions

PAGES = (
    "/sok/?q=frånvaro",
    "/",
    "/statistik/",
    "/fallstudier/",
    "/sitemap.xml",
)


@pytest.fixture
def no_limits(monkeypatch):
    monkeypatch.setattr(settings, "RATE_LIMITS", False)


def is_the_page_that_says_what_to_do(answer):
    html5lib.HTMLParser(strict=True).parse(answer.text)
    return (
        answer.status == 503
        and 1 <= int(answer.headers["Retry-After"]) <= 60
        and answer.headers["Cache-Control"] == "no-store"
        and "ladda sedan om sidan" in answer.text
        and "default-src" in answer.headers["Content-Security-Policy"]
    )


def test_killed_in_the_midst_of_a_request_it_is_told_and_the_next_one_is_answered(
    ask, server, monkeypatch
):
    assert ask("/sok/?q=frånvaro").status == 200
    parse = questions.parse

    def in_the_midst(*args, **kwargs):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        server.kill()
        return parse(*args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(questions, "parse", in_the_midst)
        assert is_the_page_that_says_what_to_do(ask("/sok/?q=frånvaro"))
    assert ask("/sok/?q=frånvaro").status == 200


def test_killed_between_two_requests_nobody_notices(ask, server):
    for address in PAGES:
        before = ask(address).status
        server.kill()
        assert ask(address).status == before, address


def test_the_role_of_the_public_is_taken_on_the_new_connection(ask, server, monkeypatch):
    ask("/sok/?q=a")
    server.kill()
    roles, parse = [], questions.parse

    def look(*args, **kwargs):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            roles.extend(cursor.fetchone())
        return parse(*args, **kwargs)

    monkeypatch.setattr(questions, "parse", look)
    assert ask("/sok/?q=a").status == 200
    assert roles == [settings.PUBLIC_DATABASE_ROLE]


def test_rights_are_given_back_on_a_connection_that_was_lost(ask, server):
    database_role.PublicRole(lambda request: connection.ensure_connection())(
        RequestFactory().get("/")
    )
    server.kill()
    with database_role.records_open(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user = session_user")
        assert cursor.fetchone() == (True,)


def test_while_it_is_away_every_page_says_so_and_afterwards_none_does(ask, server):
    with server.gone():
        for address in PAGES:
            assert is_the_page_that_says_what_to_do(ask(address)), address
        assert ask("/halsa").status == 200
        ready = ask("/halsa/redo")
        assert ready.status == 503 and '"databas": "fel: OperationalError"' in ready.text
        assert server.name not in ready.text
    for address in PAGES:
        assert ask(address).status in (200, 404), address


def test_pages_that_were_read_before_are_shown_while_it_is_away(ask, server, settings, tmp_path):
    settings.PAGE_CACHE = True
    backend = "pluginnovation.core.caches.SharedFileCache"
    settings.CACHES = {name: {"BACKEND": backend, "LOCATION": tmp_path / name} for name in SIZES}
    before = ask("/sok/")
    assert before.status == 200
    with server.gone():
        assert ask("/sok/").text == before.text
        # What went wrong is not kept.
        assert ask("/sok/?q=annat").status == 503
    assert ask("/sok/?q=annat").status == 200


def test_a_form_that_is_sent_meanwhile_is_told_that_it_may_not_have_come(ask, server, monkeypatch):
    with server.gone():
        answer = ask("/en/sida/svara/elever/", "POST", b"a=1")
    assert is_the_page_that_says_what_to_do(answer)
    assert "skicka annars en gång till" in answer.text


def test_a_worker_waits_and_goes_on_by_itself(ask, server, monkeypatch):
    monkeypatch.setattr(alive, "WAIT_SECONDS", 0.01)
    tries = []

    def work():
        tries.append(1)
        if len(tries) == 2:
            server._allow(True)
        Heartbeat.objects.is_heard("worker")

    with server.gone():
        alive.in_spite_of_outages(work)
    assert len(tries) == 2


def test_another_fault_of_a_worker_is_not_hidden():
    def broken():
        raise ValueError("prov")

    with pytest.raises(ValueError):
        alive.in_spite_of_outages(broken)


def test_the_sign_of_life_outlives_the_outage(ask, server, monkeypatch):
    monkeypatch.setattr(alive, "BEAT_SECONDS", 0.05)

    def heard():
        until = time.monotonic() + 10
        while not (told := Heartbeat.objects.is_heard("prov")) and time.monotonic() < until:
            time.sleep(0.02)
        return told

    try:
        with alive.beating("prov"):
            assert heard()
            with server.gone():
                time.sleep(0.2)
            connection.close()
            Heartbeat.objects.filter(name="prov").delete()
            assert heard()
    finally:
        Heartbeat.objects.filter(name="prov").delete()
