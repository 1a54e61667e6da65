"""Sitemap, robots, health, security.txt and the error pages."""

from datetime import datetime, timedelta
from unittest.mock import Mock
from xml.etree import ElementTree

import django_tasks_db.management.commands.db_worker
import pytest
from django.core.files.storage import default_storage
from django.core.management import get_commands, load_command_class
from django.test import Client, TestCase, override_settings
from django.utils import timezone
from wagtail.models import PageViewRestriction

from pluginnovation.core import generation
from pluginnovation.core.models import Municipality
from pluginnovation.site import alive, errors, machines
from pluginnovation.site.models import Heartbeat
from pluginnovation.site.search import indexing

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(client):
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return {url.find(f"{SITEMAP}loc").text: url.find(f"{SITEMAP}lastmod") for url in tree}


def test_the_sitemap_lists_the_public_pages_by_full_address_and_date(publish, client):
    page = publish("Om oss", slug="om")
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    listed = addresses(client)
    assert "http://testserver/" in listed
    changed = datetime.fromisoformat(listed["http://testserver/om/"].text)
    assert abs((changed - page.last_published_at).total_seconds()) < 1


def test_the_sitemap_leaves_out_drafts_and_what_is_behind_a_password(publish, client):
    publish("Om oss", slug="om").unpublish()
    private = publish("Internt", slug="internt")
    publish("Under", slug="under", parent=private)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    hidden = {f"http://testserver/{path}/" for path in ("om", "internt", "internt/under")}
    assert not hidden & set(addresses(client))


def test_the_sitemap_lists_addresses_that_are_no_pages_where_they_exist(db, client, monkeypatch):
    monkeypatch.setattr(machines, "FIXED_ADDRESSES", ("/sok/", "/finns-inte/"))
    assert set(addresses(client)) == {"http://testserver/", "http://testserver/sok/"}


def test_the_sitemap_lists_snippets_that_have_an_address(db, client, monkeypatch):
    """A municipality stands in for the risk factors."""
    monkeypatch.setattr(indexing, "SNIPPETS", ("core.Municipality",))
    monkeypatch.setattr(Municipality, "get_absolute_url", lambda self: "/sok/", raising=False)
    monkeypatch.setattr(machines, "FIXED_ADDRESSES", ())
    assert set(addresses(client)) == {"http://testserver/", "http://testserver/sok/"}


@override_settings(SITE_URL="https://plug.example")
def test_the_sitemap_uses_the_public_address_whatever_host_is_asked(db, client):
    listed = addresses(client)
    assert "https://plug.example/" in listed
    assert all(address.startswith("https://plug.example/") for address in listed)


@pytest.mark.parametrize("count", [3, 30])
def test_the_sitemap_costs_the_same_for_few_and_many(
    publish, client, count, django_assert_num_queries
):
    for number in range(count):
        publish(f"Sida {number}")
    client.get("/sitemap.xml")
    # 1 restrictions, 2 the pages, 3 the site that is asked, 4 the risk factors, 5 the subjects
    with django_assert_num_queries(5):
        client.get("/sitemap.xml")


def test_robots_may_read_all_but_what_is_for_staff_and_find_the_sitemap(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    text = response.content.decode()
    # The search page says noindex itself, which only who may read it can see.
    assert "Disallow: /sok/" not in text
    assert "Disallow: /admin/" in text and "Sitemap: http://testserver/sitemap.xml" in text


def test_security_txt_says_whom_to_tell_and_holds_for_less_than_a_year_and_a_day(client):
    lines = client.get("/.well-known/security.txt").content.decode().splitlines()
    fields = dict(line.split(": ", 1) for line in lines)
    assert fields["Contact"] == "http://testserver/kontakt/"
    left = datetime.fromisoformat(fields["Expires"]) - datetime.now().astimezone()
    assert 300 < left.days <= 366


def test_alive_answers_without_the_database(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get("/halsa")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-cache" in response["Cache-Control"]


@pytest.fixture
def worker(db):
    """A task worker that was heard just now."""
    Heartbeat.objects.beat(Heartbeat.WORKER)


def test_ready_says_that_every_part_is_there(client, worker):
    response = client.get("/halsa/redo")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "delar": dict.fromkeys(machines.READINESS, "ok")}


@pytest.mark.parametrize("part", machines.READINESS)
def test_ready_names_the_part_that_is_missing_and_tells_no_secret(
    client, worker, monkeypatch, part
):
    def broken():
        raise OSError("could not connect to postgresql://user:hemligt@host")

    monkeypatch.setitem(machines.READINESS, part, broken)
    response = client.get("/halsa/redo")
    assert response.status_code == 503
    parts = response.json()["delar"]
    assert parts.pop(part) == "fel: OSError"
    assert set(parts.values()) == {"ok"}
    assert "hemligt" not in response.content.decode()


def test_ready_waits_for_migrations(client, worker, monkeypatch):
    monkeypatch.setattr(machines.MigrationExecutor, "migration_plan", lambda *args: [1, 2])
    assert client.get("/halsa/redo").json()["delar"]["migreringar"] == "2 migreringar återstår"


def test_ready_leaves_no_file_behind(client, db):
    before = default_storage.listdir("")
    client.get("/halsa/redo")
    assert default_storage.listdir("") == before


def faulty(client):
    """The parts that are not ready."""
    response = client.get("/halsa/redo")
    parts = {name: said for name, said in response.json()["delar"].items() if said != "ok"}
    assert response.status_code == (503 if parts else 200)
    return parts


def test_a_cache_that_forgets_is_not_ready(client, worker):
    dummy = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    with override_settings(CACHES=dummy):
        assert faulty(client) == {"cache": "minns inte"}


def test_a_folder_for_media_that_takes_nothing_is_not_ready(client, worker, tmp_path, settings):
    (tmp_path / "file").write_text("no folder")
    settings.MEDIA_ROOT = tmp_path / "file"
    assert faulty(client) == {"mediemapp": "fel: FileExistsError"}
    assert str(tmp_path) not in client.get("/halsa/redo").text


@pytest.mark.parametrize(
    ("ago", "heard"),
    [(0, True), (50, True), (70, False), (86_400, False), (-50, True), (-3_600, False)],
)
def test_a_worker_that_is_silent_for_a_minute_is_not_ready(client, worker, ago, heard):
    """Nor is one whose last word is from a time to come: the clock was put back since."""
    Heartbeat.objects.update(at=timezone.now() - timedelta(seconds=ago))
    assert faulty(client) == ({} if heard else {"arbetare": "hörs inte"})


def test_a_worker_that_was_never_there_is_not_ready(client, db):
    assert faulty(client) == {"arbetare": "hörs inte"}


def test_a_sign_of_life_is_one_row_and_changes_nothing_that_is_shown(db, monkeypatch):
    changes = []
    monkeypatch.setattr(generation, "new", lambda: changes.append(1))
    with TestCase.captureOnCommitCallbacks(execute=True):
        for _ in range(3):
            Heartbeat.objects.beat(Heartbeat.WORKER)
    assert Heartbeat.objects.count() == 1 and changes == []


def test_the_command_of_the_worker_tells_that_it_lives_and_lets_visitors_go_first(db, monkeypatch):
    told, work, nice = [], Mock(), Mock(return_value=4)
    monkeypatch.setattr("os.nice", nice)
    monkeypatch.setattr(alive, "_beat", lambda name, over: told.append(name))
    monkeypatch.setattr(django_tasks_db.management.commands.db_worker.Command, "handle", work)
    command = load_command_class(get_commands()["db_worker"], "db_worker")
    command.handle(queue_name="*")
    assert told == ["worker"] and work.call_args.kwargs == {"queue_name": "*"}
    assert nice.call_args.args == (6,)  # to 10, from wherever it was started


@pytest.mark.parametrize(
    ("path", "guess"),
    [
        ("/fallstudier/Koll-pa_franvaron.html", "fallstudier koll franvaron"),
        ("/wp-login.php", "login"),
        ("/%C3%A5tg%C3%A4rd/", "åtgärd"),
        ("/" + "x" * 500 + "/", "x" * errors.LONGEST_GUESS),
        ("/../<script>", "script"),
    ],
)
def test_an_address_that_is_not_there_is_searched_by_its_words(db, client, valid, path, guess):
    response = client.get(path)
    assert response.status_code == 404
    text = valid(response)
    assert "Den här sidan finns inte" in text
    assert f'value="{guess}"' in text
    assert 'href="/framgangsfaktorer/"' in text


def test_the_error_page_stands_alone(db, monkeypatch, valid):
    def broken(*args, **kwargs):
        raise RuntimeError("hemlig uppgift")

    monkeypatch.setattr("pluginnovation.site.search.questions.parse", broken)
    response = Client(raise_request_exception=False).get("/sok/?q=x")
    assert response.status_code == 500
    text = valid(response)
    assert "Något gick fel hos oss" in text and "hemlig" not in text


@pytest.mark.parametrize("address", ["/robots.txt", "/sitemap.xml", "/halsa", "/halsa/redo"])
def test_machines_only_read(db, client, address):
    assert client.post(address).status_code == 405
