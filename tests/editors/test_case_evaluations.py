"""A workshop with its evaluation goes from an editor to the readers, without a developer."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from casestudies.models import CaseStudyPage, EvaluationForm, EvaluationReport
from pluginnovation.core.models import SiteDocument
from tests.casestudies import factories as make
from tests.casestudies.test_editing import case_data

pytestmark = pytest.mark.django_db
REPORTS = "/admin/snippets/casestudies/evaluationreport/"
FORMS = "/admin/snippets/casestudies/evaluationform/"


def report_data(case, form, answers=(), initial=0, **fields):
    empty = dict.fromkeys(("respondent", "enrolled_time", "note", "source_key", "document"), "")
    return nested_form_data(
        {
            **empty,
            "case": case.pk,
            "form": form.pk,
            "reporting_period": "Läsåret 2025/26",
            "answers": inline_formset(answers, initial=initial),
            **fields,
        }
    )


def answered(report, said) -> list[dict]:
    """The rows of a report as its form sends them back, filled in."""
    rows = []
    for answer in report.get_latest_revision_as_object().answers.all():
        value = said.get(answer.question.code, "")
        step = answer.question.scale.steps.filter(label=value).first()
        rows.append(
            {
                "id": answer.pk or "",
                "question": answer.question_id,
                "step": step.pk if step else "",
                "text": rich_text("" if step else f"<p>{value}</p>"),
                "ORDER": len(rows) + 1,
            }
        )
    return rows


def test_an_editor_adds_a_workshop_with_its_report_and_a_moderator_publishes_both(logged_in):
    editor, moderator, reader = logged_in("redaktör"), logged_in("moderator"), Client()
    index, form = make.CaseIndexFactory(), make.FormFactory()
    document = SiteDocument.objects.create(
        title="Slutrapport", file=ContentFile(b"%PDF-1.4", "slut.pdf")
    )
    editor.post(
        f"/admin/pages/add/casestudies/casestudypage/{index.pk}/",
        case_data(text="Fler kom. [S1]", sources=["S1"]) | {"levels": ["individ"]},
    )
    case = CaseStudyPage.objects.get(slug="ny-verkstad")
    assert reader.get(case.url).status_code == 404

    editor.post(f"{REPORTS}add/", report_data(case, form, document=document.pk))
    report = EvaluationReport.objects.get()
    rows = answered(report, {"Q1": "Ökat", "Q2": "Fler kom till första lektionen."})
    assert [row["question"] for row in rows] == list(form.questions.values_list("pk", flat=True))
    data = report_data(
        case, form, rows, initial=len(rows), document=document.pk, participants_total="23"
    )
    response = editor.post(f"{REPORTS}edit/{report.pk}/", data)
    assert response.status_code == 302, response.context["form"].errors
    editor.post(f"{REPORTS}edit/{report.pk}/", data | {"action-publish": "1"})
    assert not EvaluationReport.objects.get().live  # an editor cannot publish

    case.get_latest_revision().publish(user=moderator.user)
    moderator.post(f"{REPORTS}edit/{report.pk}/", data | {"action-publish": "1"})
    assert EvaluationReport.objects.get().live
    text = reader.get(f"{case.url}utvardering/").content.decode()
    for part in ("<strong>Ökat</strong>", "Fler kom till första lektionen.", "23", document.url):
        assert part in text
    assert "Utvärdering" in reader.get(case.url).content.decode()


def test_a_moderator_versions_the_list_and_old_reports_still_read_right(logged_in):
    old = make.ReportFactory(said={"Q1": "Ökat", "Q2": "Det gick bra."})
    address = f"{old.case.url}utvardering/"
    before = Client().get(address).content
    moderator = logged_in("moderator")
    response = moderator.post(f"/admin/utvarderingar/fragelista/{old.form.pk}/ny-version/")
    newer = EvaluationForm.objects.get(version=2)
    assert response["Location"] == f"{FORMS}edit/{newer.pk}/"
    rows = [
        {"id": q.pk, "code": q.code, "text": q.text, "scale": q.scale_id, "note": "", "ORDER": n}
        for n, q in enumerate(newer.questions.all(), 1)
    ]
    rows[0]["text"] = "Hur gick närvaron på måndagar?"
    fields = {"title": newer.title, "code": newer.code, "version": 2, "source": ""}
    new_row = {"code": "Q3", "text": "Vad kostade det?", "scale": rows[1]["scale"], "note": ""}
    data = fields | {"questions": inline_formset([*rows, new_row], initial=len(rows))}
    response = moderator.post(f"{FORMS}edit/{newer.pk}/", nested_form_data(data))
    assert response.status_code == 302, response.context["form"].errors
    assert Client().get(address).content == before

    recent = make.ReportFactory(form=newer, said={"Q1": "Oförändrat"})
    text = Client().get(f"{recent.case.url}utvardering/").content.decode()
    for part in ("på måndagar?", "Vad kostade det?", "version 2", "<strong>Oförändrat</strong>"):
        assert part in text
    results = Client().get("/fallstudier/?visning=resultat").content.decode()
    assert "Hur gick närvaron?" in results
    assert "på måndagar?" in results  # versions are never added together


@pytest.mark.parametrize("role", ["skribent", "redaktör"])
def test_only_moderators_change_question_lists(logged_in, role):
    form, client = make.FormFactory(), logged_in(role)
    client.post(f"/admin/utvarderingar/fragelista/{form.pk}/ny-version/")
    assert EvaluationForm.objects.count() == 1
    assert client.get(f"{FORMS}edit/{form.pk}/").status_code == 302
