"""The full-page cache: the same for everyone, new at once, never anybody's own."""

import gzip
from io import StringIO
from statistics.models import Publication
from types import SimpleNamespace

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory

from pluginnovation.core import generation
from pluginnovation.core.models import User
from pluginnovation.settings.stores import SIZES
from pluginnovation.site import page_cache
from pluginnovation.site.models import HomePage, PlainPage

from ..statistics.figures_factory import population

GZIP = {"headers": {"accept-encoding": "gzip"}}


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """The caches as on one machine, in a folder of the test."""
    backend = "pluginnovation.core.caches.SharedFileCache"
    settings.CACHES = {
        name: {"BACKEND": backend, "LOCATION": tmp_path / name, "OPTIONS": {"MAX_ENTRIES": 20}}
        for name in SIZES
    }
    settings.PAGE_CACHE = True
    return tmp_path


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def page(publish, committed):
    with committed():
        return publish("Om oss", "Första texten", slug="om")


def publish_title(page, title):
    page.title = title
    page.save_revision().publish()


def test_the_second_answer_costs_no_query_and_is_the_same(page, client, django_assert_num_queries):
    first = client.get("/om/")
    with django_assert_num_queries(0):
        second = client.get("/om/")
    assert first.content == second.content and "Första texten" in second.text
    first, second = dict(first.headers), dict(second.headers)
    # The one thing that is each answer's own.
    assert first.pop("X-Request-ID") != second.pop("X-Request-ID")
    assert first == second


def test_a_page_under_a_prefix_is_not_kept_as_the_one_whose_address_that_makes(page, client):
    assert "Första texten" not in client.get("/", SCRIPT_NAME="/om").text
    assert "Första texten" in client.get("/om/").text


def test_no_answer_that_was_asked_with_a_personal_number_is_kept(db, client, files):
    for query, kept in (("20080115-2398", 0), ("Anna+080115%202398", 0), ("mentor", 1)):
        assert client.get(f"/forskning/atom.xml?q={query}").status_code == 200
        assert len(list((files / "questions").glob("*.djcache"))) == kept


def test_what_may_hold_a_message_for_somebody_stays_with_them(page, client):
    client.cookies["messages"] = "x"
    assert "private" in client.get("/om/")["Cache-Control"]


def test_a_publish_is_shown_by_the_next_request(page, client, committed):
    assert "<h1>Om oss</h1>" in client.get("/om/").text
    with committed():
        publish_title(page, "Om projektet")
    assert "<h1>Om projektet</h1>" in client.get("/om/").text


def test_what_a_process_keeps_is_read_anew_after_a_change_and_not_kept_in_a_transaction(
    monkeypatch,
):
    connection = SimpleNamespace(in_atomic_block=False)
    monkeypatch.setattr(generation, "connection", connection)
    reads = []

    @generation.kept_in_process(2)
    def read(which):
        reads.append(which)
        return len(reads)

    assert read("a") == read("a") == 1
    connection.in_atomic_block = True
    assert (read("a"), read("a")) == (2, 3)
    connection.in_atomic_block = False
    assert read("a") == 1
    generation.new()
    assert read("a") == read("a") == 4


def test_an_unpublished_page_is_gone_at_once(page, client, committed):
    client.get("/om/")
    with committed():
        page.unpublish()
    assert client.get("/om/").status_code == 404


def test_a_draft_changes_nothing_that_is_shown(page, client, committed):
    client.get("/om/")
    with committed():
        page.title = "Utkast"
        page.save_revision()
    assert "Utkast" not in client.get("/om/").text


def test_a_publication_of_figures_is_shown_by_the_next_request(db, client, committed):
    with committed():
        population(60)
        call_command("publish_figures", "--now", stdout=StringIO())
    assert "publicering 1</a>," in client.get("/statistik/").text
    with committed():
        call_command("publish_figures", "--now", stdout=StringIO())
    assert "publicering 2</a>," in client.get("/statistik/").text


@pytest.mark.parametrize(
    "label", ["knowledge.RiskFactor", "wagtailredirects.Redirect", "wagtailcore.Site"]
)
def test_snippets_redirects_and_sites_change_the_generation(db, committed, label):
    from pluginnovation.site.changes import shown_models

    model = next(model for model in shown_models() if model._meta.label == label)
    before = generation.current()
    with committed():
        model.objects.all().delete()
        made = {"old_path": "/a"} if "Redirect" in label else {}
        made |= {"hostname": "b", "root_page": HomePage.objects.get()} if "Site" in label else {}
        model.objects.create(**made)
    assert generation.current() != before


def test_a_login_changes_nothing(db, committed):
    before = generation.current()
    with committed():
        User.objects.create_user("anna@example.se", "ett-langt-losenord-7")
    assert generation.current() == before


def test_what_is_rolled_back_changes_nothing_and_what_is_committed_does(page, committed):
    before = generation.current()
    with committed():
        try:
            with transaction.atomic():
                publish_title(page, "Ångrat")
                raise RuntimeError
        except RuntimeError:
            pass
    assert generation.current() == before
    with committed():
        publish_title(PlainPage.objects.get(pk=page.pk), "Gällande")
        assert generation.current() == before, "not before the commit"
    assert generation.current() != before


def test_an_old_page_never_stands_under_a_new_generation(page, client, committed, monkeypatch):
    """Somebody publishes while the old page is being made: it is kept under the old name."""
    get_context = PlainPage.get_context

    def published_meanwhile(self, request, *args, **kwargs):
        monkeypatch.setattr(PlainPage, "get_context", get_context)
        made = get_context(self, request, *args, **kwargs)
        with committed():
            publish_title(PlainPage.objects.get(pk=self.pk), "Nyare")
        return made

    monkeypatch.setattr(PlainPage, "get_context", published_meanwhile)
    assert "<h1>Om oss</h1>" in client.get("/om/").text
    assert "<h1>Nyare</h1>" in client.get("/om/").text


def test_who_is_logged_in_is_not_answered_from_the_cache_and_fills_it_with_nothing(page, client):
    client.get("/om/")
    client.force_login(User.objects.create_superuser("a@example.se", "ett-langt-losenord-7"))
    response = client.get("/om/")
    assert "private" in response["Cache-Control"] and "ETag" not in response
    assert "wagtail-userbar" in response.text
    client.logout()
    assert "wagtail-userbar" not in client.get("/om/").text


def test_a_session_that_is_not_logged_in_is_kept_apart_too(page, client, settings):
    session = SessionStore()
    session.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    assert "ETag" not in client.get("/om/")


def test_a_cached_page_holds_nothing_personal_and_a_proxy_may_keep_it(page, client):
    response = client.get("/om/")
    assert not response.cookies and "csrf" not in response.text
    assert response["Vary"] == "Accept-Encoding"
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("address", ["/konto/logga-in/", "/personal/", "/halsa", "/halsa/redo"])
def test_staff_login_and_health_are_never_kept(db, client, files, address):
    client.get(address)
    assert "ETag" not in client.get(address)


def response_of(change):
    def view(request):
        response = HttpResponse("text")
        change(request, response)
        return response

    request = RequestFactory().get("/om/")
    return page_cache.PageCacheMiddleware(view)(request)


@pytest.mark.parametrize(
    "change",
    [
        lambda request, response: response.set_cookie("a", "b"),
        lambda request, response: get_token(request),
        lambda request, response: response.__setitem__("Vary", "Accept-Language"),
        lambda request, response: response.__setitem__("Cache-Control", "private"),
        lambda request, response: response.__setitem__("Cache-Control", "no-store"),
        lambda request, response: setattr(response, "status_code", 404),
        lambda request, response: response.write("x" * page_cache.LARGEST_BODY),
    ],
)
def test_what_is_somebodys_own_or_no_page_is_not_kept(change):
    assert "ETag" not in response_of(change)


def test_a_page_that_is_for_everyone_is_kept():
    assert "ETag" in response_of(lambda request, response: None)


def test_the_client_that_has_it_is_told_so_in_few_bytes(page, client):
    tag = client.get("/om/")["ETag"]
    for known in (tag, tag.removeprefix("W/"), f'"a", {tag}', "*"):
        response = client.get("/om/", headers={"if-none-match": known})
        assert (response.status_code, response.content) == (304, b"")
        assert response["ETag"] == tag and "Content-Type" not in response
    assert client.get("/om/", headers={"if-none-match": '"annan"'}).status_code == 200


def test_the_tag_stays_where_a_change_elsewhere_left_the_page_as_it_was(page, client, committed):
    tag = client.get("/om/")["ETag"]
    with committed():
        generation.changed()
    assert client.get("/om/")["ETag"] == tag


def test_bodies_are_sent_as_the_client_takes_them(page, client):
    plain = client.get("/om/")
    packed = client.get("/om/", **GZIP)
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content)


def test_head_is_answered_from_the_same_page(page, client):
    client.get("/om/")
    assert (client.head("/om/").status_code, client.head("/om/").content) == (200, b"")


def test_garbage_in_the_query_cannot_push_out_pages_or_fill_the_disk(page, client, files):
    client.get("/om/")
    for number in range(60):
        client.get(f"/om/?x={number}")
    assert len([*(files / "questions").glob("*.djcache")]) <= 20
    assert len([*(files / "pages").glob("*.djcache")]) == 1


@pytest.mark.parametrize("query", ["x=" + "a" * 300, "&".join(["a=1"] * 30)])
def test_a_query_beyond_the_bounds_is_answered_and_not_kept(page, client, query):
    response = client.get(f"/om/?{query}")
    assert response.status_code == 200 and "ETag" not in response


def test_a_foreign_host_or_port_is_not_kept(page, client):
    assert "ETag" not in client.get("/om/", headers={"host": "testserver:1234"})
    assert client.get("/om/", headers={"host": "evil.example"}).status_code == 400
    assert "evil.example" not in client.get("/om/").text


def test_the_switch_for_measurements_works_only_where_it_is_set(page, client, settings):
    bypass = {"headers": {"x-bypass-page-cache": "1"}}
    assert "ETag" in client.get("/om/", **bypass)
    settings.PAGE_CACHE_BYPASS = True
    assert "ETag" not in client.get("/om/", **bypass)


def test_a_cache_that_is_gone_or_broken_costs_nobody_an_answer(page, client, files):
    client.get("/om/")
    for store in ("pages", "generation"):
        for file in (files / store).glob("*.djcache"):
            file.write_bytes(b"kaputt")
    assert client.get("/om/").status_code == 200
    for store in files.iterdir():
        for file in store.glob("*"):
            file.unlink()
        store.rmdir()
        store.write_text("no folder any more")
    assert client.get("/om/").status_code == 200


def test_a_change_that_the_store_did_not_take_is_made_up_for(page, client, files, committed):
    client.get("/om/")
    store = caches["generation"]
    folder, store._dir = store._dir, "/proc/1/nowhere"
    with committed():
        publish_title(page, "Nyare")
    assert "<h1>Nyare</h1>" in client.get("/om/").text, "made anew while the store is away"
    store._dir = folder
    assert "<h1>Nyare</h1>" in client.get("/om/").text, "and not taken from before"


def test_counting_is_atomic_and_ends_when_it_was_to_end(files):
    from concurrent.futures import ThreadPoolExecutor

    store = caches["limits"]
    assert store.add("a", 0, 100) and not store.add("a", 0, 100)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: caches["limits"].incr("a"), range(40)))
    assert store.get("a") == 40
    with pytest.raises(ValueError):
        store.incr("b")


def test_a_publication_is_what_the_figures_hang_on():
    from pluginnovation.site.changes import shown_models

    assert Publication in shown_models()
