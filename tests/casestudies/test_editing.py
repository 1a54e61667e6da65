"""Editors write cases and reports; a moderator makes a new version of a question list."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from casestudies.models import CaseStudyPage, EvaluationForm, EvaluationReport
from pluginnovation.core.models import User

from . import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = User.objects.create_superuser(email="red@demo.example", password="x")
    client.force_login(user)
    return client


def case_data(text="", sources=(), **fields):
    rows = [{"key": key, "title": f"Källa {key}", "url": "", "read": ""} for key in sources]
    empty = dict.fromkeys(("summary", "status_note", "place_note", "region", "unit"), "")
    empty |= dict.fromkeys(("target_group", "period", "still_running_note", "seo_title"), "")
    texts = ("goal", "participants", "cost_time", "cost_money", "result", "challenges", "advice")
    return nested_form_data(
        {
            **empty,
            "title": "Ny verkstad",
            "slug": "ny-verkstad",
            "programme": "plug-in",
            "still_running": "okant",
            "background": rich_text(f"<p>{text}</p>"),
            **{name: rich_text("") for name in texts},
            "steps": streamfield([("step", {"heading": "Börja", "body": rich_text("<p>Nu.</p>")})]),
            "sources": inline_formset(rows),
            "comments": inline_formset([]),
            **fields,
        }
    )


def add_case(editor, levels=(), **data):
    index = make.CaseIndexFactory()
    address = f"/admin/pages/add/casestudies/casestudypage/{index.pk}/"
    return editor.post(address, case_data(**data) | {"levels": levels, "action-publish": "1"})


def test_an_editor_adds_a_case_with_its_sources(editor):
    add_case(editor, text="Så var det. [S1]", sources=["S1"], levels=["individ", "kommun"])
    case = CaseStudyPage.objects.get(slug="ny-verkstad")
    assert case.live
    assert case.levels == ["individ", "kommun"]
    assert 'href="#kalla-S1"' in editor.get(case.url).content.decode()


def test_a_key_without_a_source_is_reported_at_its_field(editor):
    response = add_case(editor, text="Så var det. [S2]", sources=["S1"])
    assert not CaseStudyPage.objects.filter(slug="ny-verkstad").exists()
    assert "S2" in str(response.context["form"].errors["background"])


def test_a_draft_is_shown_as_it_was_written(editor):
    case = make.CaseFactory()
    factor = make.FactorFactory(title="En ny faktor")
    case.factors.set([factor])
    case.background = "<p>Ur utkastet.</p>"
    case.save_revision()
    draft = case.get_latest_revision_as_object()
    response = draft.make_preview_request(preview_mode="")
    text = response.render().content.decode()
    assert "Ur utkastet." in text
    assert "En ny faktor" in text


def test_a_case_cannot_end_before_it_starts():
    case = make.CaseFactory()
    case.started, case.ended = 2015, 2013
    with pytest.raises(ValidationError) as error:
        case.full_clean()
    assert "ended" in error.value.message_dict


def test_a_new_report_gets_a_row_for_every_question(editor):
    case, form = make.CaseFactory(), make.FormFactory()
    editor.post(
        "/admin/snippets/casestudies/evaluationreport/add/",
        nested_form_data(
            {
                "case": case.pk,
                "form": form.pk,
                "reporting_period": "2026",
                "answers": inline_formset([]),
                "document": "",
            }
        ),
    )
    report = EvaluationReport.objects.get()
    drafted = report.get_latest_revision_as_object()
    assert [row.question.code for row in drafted.answers.all()] == ["Q1", "Q2"]
    page = editor.get(f"/admin/snippets/casestudies/evaluationreport/edit/{report.pk}/")
    assert page.status_code == 200
    assert "Oförändrat" in page.content.decode()


def test_an_answer_must_be_a_step_of_the_scale_of_its_question():
    report, other = make.ReportFactory(said={"Q1": "Ökat"}), make.FormFactory()
    answer = report.answers.get()
    answer.step = other.questions.get(code="Q1").scale.steps.first()
    with pytest.raises(ValidationError) as error:
        answer.full_clean()
    assert "step" in error.value.message_dict


def test_parts_of_the_participants_cannot_be_more_than_all():
    report = make.ReportFactory.build(case=make.CaseFactory(), form=make.FormFactory())
    report.participants_total, report.participants_girls, report.participants_boys = 9, 5, 5
    with pytest.raises(ValidationError) as error:
        report.full_clean()
    assert "participants_total" in error.value.message_dict


def test_a_new_version_can_be_changed_and_old_reports_still_read_as_before(editor):
    report = make.ReportFactory(said={"Q1": "Ökat", "Q2": "Bra."})
    address = f"{report.case.url}utvardering/"
    before = Client().get(address).content
    new_version = f"/admin/utvarderingar/fragelista/{report.form.pk}/ny-version/"
    assert editor.get(new_version).status_code == 200
    assert EvaluationForm.objects.count() == 1
    editor.post(new_version)
    copy = EvaluationForm.objects.get(version=2)
    assert [q.code for q in copy.questions.all()] == ["Q1", "Q2"]
    copy.questions.filter(code="Q1").get().delete()
    copy.questions.update(text="Helt annan fråga")
    assert Client().get(address).content == before


def test_versions_are_numbered_on_from_the_newest():
    first = make.FormFactory()
    assert [first.new_version().version, first.new_version().version] == [2, 3]


def test_a_question_that_has_been_answered_cannot_be_deleted():
    report = make.ReportFactory(said={"Q1": "Ökat"})
    with pytest.raises(ProtectedError):
        report.form.questions.get(code="Q1").delete()
    with pytest.raises(ProtectedError):
        report.answers.get().step.delete()


def test_an_answered_question_list_refuses_changes_and_says_what_to_do(editor):
    form = make.ReportFactory(said={"Q1": "Ökat"}).form
    rows = [
        {"id": q.pk, "code": q.code, "text": f"{q.text} Ändrad", "scale": q.scale_id, "note": ""}
        for q in form.questions.all()
    ]
    response = editor.post(
        f"/admin/snippets/casestudies/evaluationform/edit/{form.pk}/",
        nested_form_data(
            {
                "title": form.title,
                "code": form.code,
                "version": form.version,
                "source": "",
                "questions": inline_formset(rows, initial=len(rows)),
            }
        ),
    )
    assert response.status_code == 200
    assert "Skapa en ny version" in str(response.context["form"].non_field_errors())
    assert not form.questions.filter(text__contains="Ändrad").exists()


def test_the_list_of_question_lists_offers_a_new_version(editor):
    form = make.FormFactory()
    page = editor.get("/admin/snippets/casestudies/evaluationform/").content.decode()
    assert f"/admin/utvarderingar/fragelista/{form.pk}/ny-version/" in page


def test_nobody_but_an_editor_makes_a_new_version(client):
    form = make.FormFactory()
    client.post(f"/admin/utvarderingar/fragelista/{form.pk}/ny-version/")
    assert EvaluationForm.objects.count() == 1
