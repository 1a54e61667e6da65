"""The evaluation to print: a tagged PDF with every question and every source."""

import pytest
from django.core.files.base import ContentFile

from casestudies.evaluation import NOT_ANSWERED
from pluginnovation.core.models import SiteDocument
from tests.core.pdf_reading import assert_accessible, names_of, text_of

from . import factories as make

pytestmark = pytest.mark.django_db


def test_the_pdf_holds_every_question_answer_and_source(client):
    case = make.CaseFactory(title="Coacher *i* klassrummet")
    make.ReportFactory(
        case=case,
        participants_total=25,
        participants_girls=10,
        note="Läst i utdrag. [S1]",
        said={"Q1": "Ökat"},
    )
    response = client.get(f"{case.url}utvardering/pdf/")
    assert response["Content-Type"] == "application/pdf"
    assert f'filename="utvardering-{case.slug}.pdf"' in response["Content-Disposition"]
    pdf = assert_accessible(response.content, "Utvärdering: Coacher *i* klassrummet")
    assert names_of(pdf).count("/H3") == 2
    text = " ".join(text_of(response.content).split())
    for part in (
        "Q1. Hur gick närvaron?",
        "Svar: Ökat",
        "Ökat / Oförändrat / Har ej mätt",
        "Q2. Vad hände?",
        NOT_ANSWERED,
        "25, varav 10 flickor",
        "Läst i utdrag. [1]",
        "Källa S1, https://example.org/S1, läst 23 november 2026.",
        f"http://testserver{case.url}utvardering/",
    ):
        assert part in text, part
    assert "[S" not in text


def test_markup_and_hostile_text_are_only_text(client):
    case = make.CaseFactory(title="#import <script> $x$ \\ @a")
    make.ReportFactory(case=case, respondent="#eval(1)", said={"Q2": "<p>a <b>b</b> &amp; #c</p>"})
    response = client.get(f"{case.url}utvardering/pdf/")
    text = text_of(response.content)
    assert response.status_code == 200
    assert "#eval(1)" in text
    assert "a b & #c" in text


def test_without_a_published_report_there_is_no_pdf(client):
    case = make.CaseFactory()
    make.ReportFactory(case=case, live=False)
    assert client.get(f"{case.url}utvardering/pdf/").status_code == 404


def test_the_report_can_be_fetched_as_the_document_it_was(client):
    document = SiteDocument(title="Delrapport i original", file_size=2048)
    document.file.save("delrapport.pdf", ContentFile(b"%PDF-1.4" + b"x" * 2040))
    report = make.ReportFactory(document=document)
    text = client.get(f"{report.case.url}utvardering/").content.decode()
    assert f'href="{document.url}"' in text
    assert "Delrapport i original" in text
    assert "PDF, 2,0" in text
    assert f'href="{report.case.url}utvardering/pdf/"' in text
