"""Questionnaires that are answered online: no cookie, no name, nothing lost, nobody exposed."""

from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from knowledge.models import QuestionnaireAnswer, QuestionnairePage
from knowledge.models import answers as answers_module
from knowledge.online import guards
from knowledge.online.fields import fields_of
from knowledge.online.forms import blotted

from . import factories as make
from .answering import HERE, give, names, send, sheet, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    made = make.QuestionnaireFactory(is_open=True, thank_you="<p>Resultatet kommer i maj.</p>")
    return QuestionnairePage.objects.get(pk=made.pk)


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Nobody waits three seconds in a test, save in the one about it."""
    cache.clear()
    monkeypatch.setattr(guards, "FASTEST", -1)


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


def test_a_questionnaire_asks_each_group_once(page):
    from django.core.exceptions import ValidationError

    page.respondents = [*page.respondents.raw_data, *page.respondents.raw_data]
    with pytest.raises(ValidationError, match="en gång"):
        page.full_clean()


def test_a_bound_stands_against_being_filled_up():
    assert 1000 <= answers_module.MOST_ANSWERS <= 10_000
