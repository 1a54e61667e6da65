"""The front page and the plain text pages."""

import html5lib
import pytest
from django.test import Client

from pluginnovation.core.markdown import to_rich_text
from pluginnovation.site.models import HomePage, PlainPage
from tests.casestudies.factories import CaseFactory
from tests.knowledge.factories import FactorFactory, LectureFactory, SummaryFactory, WorkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return HomePage.objects.get()


def fill(number: int):
    for _ in range(number):
        FactorFactory()
        SummaryFactory()
        WorkFactory()
        LectureFactory()
        CaseFactory()


def test_an_empty_site_already_answers(client):
    response = client.get("/")
    assert response.status_code == 200
    html5lib.HTMLParser(strict=True).parse(response.content.decode())
    assert "living-figure" not in response.content.decode()


def test_it_shows_the_factors_a_lecture_a_case_and_the_newest_works(client, home):
    fill(1)
    context = client.get("/").context
    assert len(context["factors"]) == 1
    assert context["lecture"].title
    assert context["case"].title
    assert {item.kind for item in context["newest"]} == {"Sammanfattning", "Litteratur"}


def test_drafts_are_not_shown(client, home):
    fill(1)
    context = client.get("/").context
    for page in (context["lecture"], context["case"], *context["factors"], *context["newest"]):
        page.unpublish()
    context = client.get("/").context
    assert context["lecture"] is None
    assert context["case"] is None
    assert list(context["factors"]) == []
    assert context["newest"] == []


@pytest.mark.parametrize("number", [3, 30])
def test_it_costs_the_same_few_queries_whatever_there_is(number, django_assert_num_queries):
    fill(number)
    client = Client()
    client.get("/")  # what a process remembers for good: content types, the site
    # 1 the site, 2 the locale, 3 the page, 4 its restrictions, 5 the lecture with its film,
    # 6 the case, 7 summaries, 8 literature, 9 the newest publication, 10 factors,
    # 11 the case's municipalities
    with django_assert_num_queries(11):
        client.get("/")


def test_a_text_page_costs_few_queries(client, home, django_assert_num_queries):
    body = [("text", to_rich_text("### Rubrik\n\nText.", top_heading=2))]
    home.add_child(instance=PlainPage(title="Om", slug="om", body=body))
    client.get("/om/")
    # 1 the site, 2 the locale, 3 the home page, 4 the pages on the way (breadcrumbs too),
    # 5 the page, 6 restrictions
    with django_assert_num_queries(6):
        response = client.get("/om/")
    html5lib.HTMLParser(strict=True).parse(response.content.decode())
    assert "<h2>Rubrik</h2>" in response.content.decode()


def test_a_table_of_needs_says_in_words_what_is_met(client, home):
    need = {"need": "Veta i dag", "who": "", "met": "delvis", "how": "Nästan.", "link": "/om/"}
    table = ("needs_table", {"caption": "Behoven", "needs": [need]})
    home.add_child(instance=PlainPage(title="Behov", slug="behov", body=[table]))
    page = client.get("/behov/").content.decode()
    assert "Delvis." in page
    assert "Framgår inte" in page
    assert "<caption>Behoven</caption>" in page
