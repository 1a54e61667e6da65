"""What becomes of a questionnaire's answers: lists and files for editors, shares for everybody."""

import csv
import io

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from knowledge.models import QuestionnaireAnswer, QuestionnairePage
from knowledge.online.listing import safe
from knowledge.online.summary import summary_of
from pluginnovation.core.models import User

from . import factories as make
from .answering import give, names, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    cache.clear()
    return QuestionnairePage.objects.get(pk=make.QuestionnaireFactory(is_open=True).pk)


# What editors see


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("chef@demo.example", "x"))
    return client


def test_the_answers_are_listed_and_fetched_as_csv_that_calculates_nothing(editor, page):
    text = names(page)[1]
    give(page, 1, **{text: "=HYPERLINK(1)"})
    address = reverse("wagtailforms:list_submissions", args=[page.pk])
    assert "Mycket" in editor.get(address).content.decode()
    response = editor.get(address, {"export": "csv"})
    rows = list(csv.reader(io.StringIO(response.getvalue().decode())))
    assert rows[0][:3] == ["Dag", "Svarande", "Elever: Hur går det?"]
    assert rows[1][:4] == [timezone.localdate().isoformat(), "Elev", "Mycket", "'=HYPERLINK(1)"]


@pytest.mark.parametrize("value", ["=1", "+1", "-1", "@x", "\tx", " =1", "＝1", ["=a", "b"]])
def test_no_cell_begins_as_a_formula(value):
    assert safe(value)[0] == "'"


def test_the_column_of_a_question_that_is_gone_stays_with_its_words(page):
    QuestionnaireAnswer.objects.create(
        page=page, respondent="elev", form_data={"qgone": "Ja"}, asked={"qgone": "Trivs du?"}
    )
    assert page.get_data_fields()[-1] == ("qgone", "Borttagen fråga: Trivs du?")


def test_the_summary_of_the_editor_has_a_chart_and_its_table(editor, page):
    text = names(page)[1]
    give(page, 3, **{text: "<script>x</script>"})
    give(page, 1, "Lite")
    html = editor.get(reverse("knowledge_answer_summary", args=[page.pk])).content.decode()
    assert "<svg" in html and "3 (75 %)" in html.replace("\N{NO-BREAK SPACE}", " ")
    assert '<th scope="row">Mycket</th>' in html
    assert "&lt;script&gt;x" in html and "<script>x" not in html


def test_the_summary_is_for_those_who_may_edit_the_page(client, page):
    address = reverse("knowledge_answer_summary", args=[page.pk])
    assert client.get(address).status_code == 302
    client.force_login(User.objects.create_user("ingen@demo.example", "x"))
    assert client.get(address).status_code in (302, 403)


# What everybody may see


def results(client, page):
    return client.get(page.url + "resultat/")


def closed(page):
    page.publish_summary, page.is_open = True, False
    page.save()


def test_the_public_sees_no_summary_before_the_form_has_closed_or_unless_asked_for(client, page):
    give(page, 30)
    assert results(client, page).status_code == 404
    page.publish_summary = True
    page.save()
    assert results(client, page).status_code == 404
    page.is_open = False
    page.save()
    assert results(client, page).status_code == 200
    assert f"{page.url}resultat/" in client.get(page.url).content.decode()


def test_fewer_than_ten_answers_are_not_shown_in_any_form(client, page):
    give(page, 9)
    closed(page)
    html = results(client, page).content.decode()
    assert "Färre än 10 svar. De visas inte." in html and "Mycket" not in html
    assert client.get(page.url + "resultat/elev/1/").status_code == 404


def test_the_public_sees_shares_in_tens_no_counts_and_no_free_text(client, page):
    text = names(page)[1]
    give(page, 12, **{text: "Bara jag vet"})
    give(page, 1, "Lite")
    closed(page)
    html = results(client, page).content.decode()
    assert "Minst 10 svar" in html and "Bara jag vet" not in html
    rows = summary_of(page)[0].questions[0].rows
    assert [(row.label, row.rounded) for row in rows] == [("Lite", 10), ("Mycket", 90)]
    assert "12" not in html.partition("<tbody>")[2].partition("</tbody>")[0]
    chart = client.get(page.url + "resultat/elev/1/")
    assert chart["Content-Type"] == "image/svg+xml"
    assert "90 %" in chart.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert client.get(page.url + "resultat/elev/2/").status_code == 404


def test_the_form_and_the_results_cost_the_same_for_few_and_many(
    client, page, django_assert_num_queries
):
    give(page, 3)
    client.get(url(page))
    # The site, the locale, home, the way down, the page, restrictions, how many answers.
    with django_assert_num_queries(7):
        client.get(url(page))
    give(page, 30)
    with django_assert_num_queries(7):
        client.get(url(page))
    closed(page)
    results(client, page)
    # Wagtail's way to a page (test_queries.WAY) and the answers.
    with django_assert_num_queries(7):
        results(client, page)
