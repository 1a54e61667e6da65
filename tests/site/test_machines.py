"""Sitemap, robots, health, security.txt and the error pages."""

from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.core.files.storage import default_storage
from django.test import Client, override_settings
from wagtail.models import PageViewRestriction

from pluginnovation.core.models import Municipality
from pluginnovation.site import machines
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


def test_ready_says_that_every_part_is_there(client, db):
    response = client.get("/halsa/redo")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "delar": dict.fromkeys(machines.READINESS, "ok")}


@pytest.mark.parametrize("part", machines.READINESS)
def test_ready_names_the_part_that_is_missing_and_tells_no_secret(client, db, monkeypatch, part):
    def broken():
        raise OSError("could not connect to postgresql://user:hemligt@host")

    monkeypatch.setitem(machines.READINESS, part, broken)
    response = client.get("/halsa/redo")
    assert response.status_code == 503
    parts = response.json()["delar"]
    assert parts.pop(part) == "fel: OSError"
    assert set(parts.values()) == {"ok"}
    assert "hemligt" not in response.content.decode()


def test_ready_waits_for_migrations(client, db, monkeypatch):
    monkeypatch.setattr(machines.MigrationExecutor, "migration_plan", lambda *args: [1, 2])
    assert client.get("/halsa/redo").json()["delar"]["migreringar"] == "2 migreringar återstår"


def test_ready_leaves_no_file_behind(client, db):
    before = default_storage.listdir("")
    client.get("/halsa/redo")
    assert default_storage.listdir("") == before


def test_a_cache_that_forgets_is_not_ready(client, db):
    dummy = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    with override_settings(CACHES=dummy):
        assert client.get("/halsa/redo").status_code == 503


@pytest.mark.parametrize(
    ("path", "guess"),
    [
        ("/fallstudier/Koll-pa_franvaron.html", "fallstudier koll franvaron"),
        ("/wp-login.php", "login"),
        ("/%C3%A5tg%C3%A4rd/", "åtgärd"),
        ("/" + "x" * 500 + "/", "x" * machines.LONGEST_GUESS),
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
