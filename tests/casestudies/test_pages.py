"""A case's page and its evaluation as they are read."""

import html5lib
import pytest

from casestudies.evaluation import ANSWER_CUT_OFF, NOT_ANSWERED, QUESTION_CUT_OFF
from pluginnovation.core.models import Municipality
from tests.knowledge.factories import LectureFactory, MethodFactory, SummaryFactory, WorkFactory

from . import factories as make

pytestmark = pytest.mark.django_db


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    text = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    return text


def full_case(**kwargs):
    case = make.CaseFactory(**kwargs)
    case.factors.set([make.FactorFactory()])
    case.municipalities.set(Municipality.objects.in_goteborg_region()[:2])
    case.guidance.set([make.GuidanceFactory()])
    case.tools.set([MethodFactory()])
    case.works.set([make.WorkFactory()])
    case.save()
    make.ReportFactory(case=case, said={"Q1": "Ökat", "Q2": "Det gick bra. [S1]"})
    return case


def test_a_case_shows_its_steps_sources_and_where_to_read_on(client):
    case = full_case()
    text = read(client, case.url)
    for part in ("Plug In · ", "Ring hem", 'id="kalla-S1"', "läst", "23 november 2026"):
        assert part in text
    for page in (case.tools.first(), case.works.first(), case.factors.first()):
        assert page.title in text
    assert case.guidance.first().heading in text
    assert f'href="{case.url}utvardering/"' in text


def test_the_same_source_can_be_named_often_without_an_anchor_standing_twice(client):
    case = make.CaseFactory(advice="<p>A [S1] b [S1]</p>", period="Våren [S1]")
    document = html5lib.parse(read(client, case.url), namespaceHTMLElements=False)
    anchors = [element.get("id") for element in document.iter() if element.get("id")]
    assert len(anchors) == len(set(anchors))
    links = {a.get("href", "")[1:] for a in document.iter("a") if a.get("href", "").startswith("#")}
    assert links <= set(anchors)


def test_an_empty_section_is_left_out_but_a_missing_result_is_said(client):
    text = read(client, make.CaseFactory(result="", background="").url)
    assert "Vi har inte hittat något resultat" in text
    assert "Bakgrund" not in text
    assert "Vad som var svårt" not in text


def test_an_unknown_place_uncertain_sources_and_related_work_are_said(client):
    case = make.CaseFactory(
        programme="narliggande", place_note="Kommunen framgår inte.", status_note="Läst i utdrag."
    )
    text = read(client, case.url)
    for part in ("Närliggande arbete · Okänd kommun", "Kommunen framgår inte.", "Läst i utdrag."):
        assert part in text
    assert "inte en del av Plug In" in text


def test_places_are_written_as_one_says_them():
    case = make.CaseFactory(region="Dalarna")
    assert case.place == "Dalarna"
    del case.places, case.place_names
    case.municipalities.set(Municipality.objects.filter(code__in=["2081", "2082", "2026"]))
    assert case.place == "Borlänge, Gagnef och Säter"


def test_the_evaluation_says_in_words_what_was_not_answered_and_what_is_cut_off(client):
    report = make.ReportFactory(said={"Q1": "Ökat"})
    form = report.form
    free = form.questions.get(code="Q2").scale
    cut = form.questions.create(code="Q3", text="Och hur gick …", scale=free, cut_off=True)
    lost = form.questions.create(code="Q4", text="Varför?", scale=free, sort_order=9)
    form.save()
    report.answers.create(question=lost, cut_off=True)
    report.save()
    text = read(client, f"{report.case.url}utvardering/")
    for part in (NOT_ANSWERED, QUESTION_CUT_OFF, ANSWER_CUT_OFF, cut.text):
        assert text.count(part) == 1
    assert "<strong>Ökat</strong>" in text
    assert "Framgår inte av den kopia vi har" in text


def test_numbers_of_participants_are_shown_by_sex(client):
    report = make.ReportFactory(
        participants_total=25, participants_girls=10, participants_boys=15, enrolled_time="8 mån"
    )
    text = read(client, f"{report.case.url}utvardering/")
    assert "25, varav 10 flickor och 15 pojkar" in " ".join(text.split())
    assert "8 mån" in text


def test_without_a_published_report_there_is_no_evaluation_page(client):
    case = make.CaseFactory()
    make.ReportFactory(case=case, live=False)
    assert client.get(f"{case.url}utvardering/").status_code == 404
    assert "utvardering/" not in read(client, case.url)


def test_search_finds_a_case_by_steps_place_and_target_group():
    case = full_case()
    text = case.search_text()
    for part in ("Ring hem", case.places[0].name, "hög frånvaro", "Många var borta"):
        assert part in text


def test_the_works_summaries_and_lectures_of_a_case_lead_back_to_it(client):
    case = make.CaseFactory(title="Coacher i klassrummet")
    items = [WorkFactory(), SummaryFactory(), LectureFactory()]
    case.works.set(items)
    case.save()
    for item in items:
        assert f'href="{case.url}"' in read(client, item.url), item
    assert all(item.title in read(client, case.url) for item in items)


def test_a_lecture_shows_its_works_and_the_live_cases_each_under_their_heading(client):
    work = WorkFactory(title="Ett verk")
    lecture = LectureFactory(works=[work])
    case, draft = make.CaseFactory(title="Ett fall"), make.CaseFactory(title="Ett utkast")
    for one in (case, draft):
        one.works.set([lecture])
        one.save()
    draft.unpublish()
    _, works, cases = read(client, lecture.url).split('<section class="section-rule"')
    assert 'id="litteratur"' in works and "Ett verk" in works and "Ett fall" not in works
    assert 'id="fallstudier"' in cases and "Ett fall" in cases and case.summary in cases
    assert "Ett utkast" not in cases


def test_a_lecture_that_is_being_written_is_previewed_with_its_works():
    lecture = LectureFactory()
    lecture.works.set([WorkFactory(title="Ur utkastet")])
    lecture.save_revision()
    draft = lecture.get_latest_revision_as_object()
    assert "Ur utkastet" in draft.make_preview_request(preview_mode="").render().content.decode()
