"""Questionnaires that are answered online: no cookie, no name, nothing lost, nobody exposed."""

import csv
import io
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from knowledge.models import QuestionnaireAnswer, QuestionnairePage
from knowledge.models import answers as answers_module
from knowledge.online import guards
from knowledge.online.fields import fields_of
from knowledge.online.forms import blotted
from knowledge.online.listing import safe
from knowledge.online.summary import summary_of
from pluginnovation.core.models import User

from . import factories as make

pytestmark = pytest.mark.django_db
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def page():
    made = make.QuestionnaireFactory(is_open=True, thank_you="<p>Resultatet kommer i maj.</p>")
    return QuestionnairePage.objects.get(pk=made.pk)


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Nobody waits three seconds in a test, save in the one about it."""
    cache.clear()
    monkeypatch.setattr(guards, "FASTEST", -1)


def url(page, end=""):
    return f"{page.url}svara/elev/{end}"


def names(page):
    return [one.clean_name for one in fields_of(page, "elev")]


def sheet(page, **values):
    scale, text, choice = names(page)
    given = {scale: "Mycket", text: "En bra mentor", choice: "Två"} | values
    return given | {guards.MARK: guards.mark_for(page, "elev")}


def send(client, page, data=None, **headers):
    return client.post(url(page), data or sheet(page), **(headers or HERE))


def give(page, count, choice="Mycket", **more):
    scale = names(page)[0]
    for _ in range(count):
        QuestionnaireAnswer.objects.create(
            page=page, respondent="elev", form_data={scale: choice} | more, asked={scale: "Hur?"}
        )


def test_the_page_leads_to_the_form_only_where_it_is_open(client, page):
    assert f'href="{url(page)}"' in client.get(page.url).content.decode()
    page.is_open = False
    page.save()
    assert url(page) not in client.get(page.url).content.decode()


def test_an_answer_is_kept_with_the_day_and_the_group_alone_and_sets_no_cookie(client, page):
    shown = client.get(url(page))
    assert shown.status_code == 200 and not shown.cookies
    assert "no-store" in shown["Cache-Control"]
    sent = send(client, page)
    assert sent.status_code == 302 and sent.url == url(page, "tack/")
    thanked = client.get(sent.url)
    assert "Resultatet kommer i maj." in thanked.content.decode()
    assert not sent.cookies and not thanked.cookies
    answer = QuestionnaireAnswer.objects.get()
    assert set(answer.form_data.values()) == {"Mycket", "En bra mentor", "Två"}
    assert answer.respondent == "elev"
    assert timezone.localtime(answer.submit_time).strftime("%H:%M:%S") == "00:00:00"
    stored = {field.name for field in QuestionnaireAnswer._meta.fields}
    assert stored == {"id", "form_data", "page", "submit_time", "respondent", "asked"}


def test_every_question_may_be_left_out_but_not_all(client, page):
    scale, text, choice = names(page)
    assert (
        send(client, page, sheet(page, **{scale: "", text: "", choice: "Ett"})).status_code == 302
    )
    empty = send(client, page, sheet(page, **{scale: "", text: " ", choice: ""}))
    assert "Du har inte svarat på någon fråga" in empty.content.decode()
    assert QuestionnaireAnswer.objects.count() == 1


def test_an_error_stands_by_its_question_and_the_other_answers_stay(client, page):
    _, text, choice = names(page)
    html = send(
        client, page, sheet(page, **{choice: "Tre", text: "Lång <b>text</b>"})
    ).content.decode()
    assert f'href="#fraga-{choice}"' in html and "Välj ett av svaren i listan." in html
    assert "Lång &lt;b&gt;text&lt;/b&gt;" in html
    assert 'value="Mycket"' in html and "checked" in html
    assert not QuestionnaireAnswer.objects.exists()


def test_a_text_that_is_too_long_is_said_and_kept(client, page):
    text = names(page)[1]
    html = send(client, page, sheet(page, **{text: "å" * 2001})).content.decode()
    assert "Svaret har 2001 tecken. Korta det till högst 2000." in html and "å" * 2001 in html


@pytest.mark.parametrize(
    "number",
    ["19121212-1212", "121212 1212", "070-123 45 67 8", "anna@skolan.se", "１９121212-1212"],
)
def test_what_may_be_a_personal_number_is_neither_kept_nor_shown_again(client, page, number):
    text = names(page)[1]
    html = send(client, page, sheet(page, **{text: f"Ring {number} i kväll"})).content.decode()
    assert "kan peka ut någon" in html and "Ring [borttaget] i kväll" in html
    assert number not in html
    assert not QuestionnaireAnswer.objects.exists()


def test_years_and_grades_are_no_personal_numbers():
    text = "Läsåret 2024/25 och 2025/26 fick 12 av 30 elever 1 250 kronor."
    assert blotted(text) == text


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_ORIGIN": "https://ond.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_REFERER": "https://ond.example/testserver"},
    ],
)
def test_another_site_cannot_answer_in_a_visitors_browser(client, page, headers):
    answer = client.post(url(page), sheet(page), **headers)
    assert guards.ELSEWHERE in answer.content.decode()
    assert not QuestionnaireAnswer.objects.exists()


def test_a_browser_without_fetch_metadata_is_known_by_its_origin(client, page):
    assert send(client, page, HTTP_ORIGIN="http://testserver").status_code == 302


def test_the_form_works_where_django_checks_for_forged_requests(page):
    from django.test import Client

    assert send(Client(enforce_csrf_checks=True), page).status_code == 302


@pytest.mark.parametrize("mark", ["", "x", "1.elev:1:y"])
def test_without_the_mark_of_the_page_nothing_is_taken_and_nothing_lost(client, page, mark):
    html = send(client, page, sheet(page) | {guards.MARK: mark}).content.decode()
    assert guards.ELSEWHERE in html and "En bra mentor" in html
    assert not QuestionnaireAnswer.objects.exists()


def test_the_mark_of_one_form_does_not_open_another(client, page):
    other = make.QuestionnaireFactory(is_open=True)
    data = sheet(page) | {guards.MARK: guards.mark_for(other, "elev")}
    assert guards.ELSEWHERE in send(client, page, data).content.decode()


def test_a_page_that_stood_open_too_long_keeps_the_answers(client, page, monkeypatch):
    monkeypatch.setattr(guards, "LONGEST", -1)
    html = send(client, page).content.decode()
    assert guards.STALE in html and "En bra mentor" in html


def test_an_answer_in_no_time_and_a_filled_trap_are_machines(client, page, monkeypatch):
    assert guards.TRAPPED in send(client, page, sheet(page, webbplats="x")).content.decode()
    monkeypatch.setattr(guards, "FASTEST", 3)
    assert guards.TOO_FAST in send(client, page).content.decode()
    assert not QuestionnaireAnswer.objects.exists()


def test_a_corrected_answer_may_follow_at_once_on_the_mark_of_the_first_page(client, page):
    wrong = sheet(page, **{names(page)[2]: "Tre"})
    html = send(client, page, wrong).content.decode()
    assert f'value="{wrong[guards.MARK]}"' in html
    forged = send(client, page, wrong | {guards.MARK: "x"}).content.decode()
    assert 'value="x"' not in forged


def test_a_second_click_gives_one_answer(client, page):
    data = sheet(page)
    assert [send(client, page, data).status_code for _ in range(2)] == [302, 302]
    assert QuestionnaireAnswer.objects.count() == 1


def test_an_answer_that_could_not_be_kept_can_be_sent_once_more(client, page, monkeypatch):
    data = sheet(page)
    with monkeypatch.context() as away:
        away.setattr(QuestionnaireAnswer.objects, "take", Mock(side_effect=OperationalError))
        with pytest.raises(OperationalError):
            send(client, page, data)
    assert send(client, page, data).status_code == 302
    assert QuestionnaireAnswer.objects.count() == 1


def test_a_flood_from_one_network_is_stopped_with_the_answers_kept(
    client, page, settings, monkeypatch
):
    """One subscriber has a whole /64 of IPv6: another address of it is the same network."""
    settings.RATE_LIMITS = True
    monkeypatch.setattr(guards, "RATE", "2/10m")
    answers = [send(client, page, **HERE, REMOTE_ADDR=f"2001:db8:7:7::{n}") for n in range(1, 4)]
    assert [one.status_code for one in answers][2] == 429
    assert 0 < int(answers[2]["Retry-After"]) <= 600
    assert "En bra mentor" in answers[2].content.decode()


def test_a_closed_form_says_so_and_keeps_what_was_written(client, page):
    page.closes_on = timezone.localdate() - timedelta(days=1)
    page.save()
    assert "tar inte emot fler svar" in client.get(url(page)).content.decode()
    assert "Enkäten stängde" in client.get(page.url).content.decode()
    html = send(client, page).content.decode()
    assert "stängde medan du svarade" in html and "En bra mentor" in html
    assert not QuestionnaireAnswer.objects.exists()


def test_a_full_questionnaire_takes_no_more(client, page, monkeypatch):
    give(page, 1)
    monkeypatch.setattr("knowledge.models.questionnaires.MOST_ANSWERS", 1)
    assert "tar inte emot fler svar" in client.get(url(page)).content.decode()


@pytest.mark.parametrize(
    "end", ["svara/larare/", "svara/elev/x/", "svara/%00/", "x/svara/elev/", "pdf/svara/elev/"]
)
def test_an_address_that_is_none_is_not_found(client, page, end):
    assert client.get(page.url + end).status_code == 404
    assert client.get(f"/verktyg/svara/{end}").status_code == 404


def test_a_draft_and_a_private_page_have_no_form(client, page):
    from wagtail.models import PageViewRestriction

    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(url(page)).status_code == 404
    PageViewRestriction.objects.all().delete()
    page.unpublish()
    assert client.get(url(page)).status_code == 404


def test_reworded_and_moved_questions_keep_their_answers(page):
    before = names(page)
    part = page.respondents[0].value
    part["sections"][0]["questions"].bound_blocks[0].value["text"] = "Hur går det nu?"
    page.save()
    after = QuestionnairePage.objects.get(pk=page.pk)
    assert names(after) == before
    assert fields_of(after)[0].label == "Hur går det nu?"


def test_answers_are_deleted_after_the_months_of_their_questionnaire(page, capsys):
    other = make.QuestionnaireFactory(is_open=True, keep_months=1)
    other = QuestionnairePage.objects.get(pk=other.pk)
    for each, days in ((page, 179), (page, 182), (other, 29), (other, 32)):
        give(each, 1)
        newest = QuestionnaireAnswer.objects.latest("pk")
        newest.submit_time -= timedelta(days=days)
        newest.save()
    call_command("delete_old_answers")
    assert "2 enkätsvar borttagna" in capsys.readouterr().out
    assert {(one.page_id) for one in QuestionnaireAnswer.objects.all()} == {page.pk, other.pk}
    assert QuestionnaireAnswer.objects.count() == 2


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


def test_a_questionnaire_asks_each_group_once(page):
    from django.core.exceptions import ValidationError

    page.respondents = [*page.respondents.raw_data, *page.respondents.raw_data]
    with pytest.raises(ValidationError, match="en gång"):
        page.full_clean()


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


def test_a_bound_stands_against_being_filled_up():
    assert 1000 <= answers_module.MOST_ANSWERS <= 10_000
