"""Pages that a process keeps for a generation: cheap to show again, and never behind."""

from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from wagtail.models import PageViewRestriction

from knowledge.models import FactorPage
from pluginnovation.core import generation
from pluginnovation.core.serving import site_at
from pluginnovation.site.models import HomePage
from tests.knowledge.factories import FactorFactory, GuidanceFactory, WorkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outside_a_transaction(monkeypatch):
    """As in a real request: inside a transaction nothing is kept."""
    monkeypatch.setattr(generation, "connection", SimpleNamespace(in_atomic_block=False))
    generation.new()
    yield
    generation.new()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def factor(committed):
    with committed():
        page = FactorFactory(title="Samverkan", why="<p>Därför.</p>")
        GuidanceFactory(page=page).works.add(WorkFactory(title="Ett verk"))
    return page


def test_a_page_shown_again_costs_one_query_and_says_the_same(
    factor, client, django_assert_num_queries
):
    first = client.get(factor.url)
    with django_assert_num_queries(1):  # the locale
        assert client.get(factor.url).content == first.content
    client.get("/")
    with django_assert_num_queries(1):
        assert "Samverkan" in client.get("/").text


def test_a_change_of_the_page_or_of_what_stands_beside_it_is_shown_at_once(
    factor, client, committed
):
    client.get(factor.url), client.get("/")
    with committed():
        page = FactorPage.objects.get(pk=factor.pk)
        page.title = "Samarbete"
        page.guidance.add(page.guidance.model(level="individ", heading="Ett nytt råd", slug="nytt"))
        page.save_revision().publish()
    assert "<h1>Samarbete</h1>" in client.get(factor.url).text
    assert "Ett nytt råd" in client.get(factor.url).text
    assert "Samarbete" in client.get("/").text


def test_a_page_that_is_closed_or_unpublished_is_so_at_once(factor, client, committed):
    client.get(factor.url)
    with committed():
        closed = PageViewRestriction.objects.create(page=factor, restriction_type="login")
    assert client.get(factor.url).status_code == 302
    with committed():
        closed.delete()
    assert client.get(factor.url).status_code == 200
    with committed():
        factor.unpublish()
    assert client.get(factor.url).status_code == 404


def test_a_draft_is_shown_to_its_editor_and_never_kept(factor, client):
    before = client.get(factor.url).content
    draft = FactorPage.objects.get(pk=factor.pk)
    draft.title = "Utkast"
    shown = draft.make_preview_request()
    assert "<h1>Utkast</h1>" in shown.rendered_content
    assert client.get(factor.url).content == before


def test_who_writes_gets_a_page_of_their_own(factor):
    home, way = HomePage.objects.get(), factor.url.strip("/").split("/")
    read = [home.route(RequestFactory().get(factor.url), way).page for _ in range(2)]
    written = home.route(RequestFactory().post(factor.url), way).page
    assert read[0] is read[1]
    assert written == read[0] and written is not read[0]


def test_the_site_is_found_by_host_and_port_as_wagtail_does():
    assert site_at("testserver", "80").root_page.specific == HomePage.objects.get()
    assert site_at("another.example", "8080") == site_at("testserver", "80")
