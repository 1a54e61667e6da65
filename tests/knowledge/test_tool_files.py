"""Tools to take along: the page as a tagged PDF, and the files that belong to it."""

import pytest
from django.core.files.base import ContentFile

from knowledge.models import MethodStep, ToolAttachment
from pluginnovation.core.models import SiteDocument
from tests.core.pdf_reading import assert_accessible, names_of, text_of

from . import factories as make

pytestmark = pytest.mark.django_db


def fetch(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    assert response["Content-Type"] == "application/pdf"
    return response


def test_a_method_prints_its_steps_in_order_with_what_it_builds_on(client):
    work = make.WorkFactory(title="Studien")
    page = make.MethodFactory(
        title="Samtal på *tio* minuter", time="Tio minuter", works=[work], roles=["mentor"]
    )
    for number, heading in enumerate(["Förbered", "Fråga"]):
        MethodStep.objects.create(
            page=page, sort_order=number, heading=heading, body="<p>Så <b>här</b>.</p>"
        )
    response = fetch(client, page.url + "pdf/")
    assert f'filename="{page.slug}.pdf"' in response["Content-Disposition"]
    pdf = assert_accessible(response.content, "Samtal på *tio* minuter")
    assert names_of(pdf).count("/H3") == 2
    text = text_of(response.content)
    for words in ("1. Förbered", "2. Fråga", "Tid: Tio minuter", "Studien", "För: Mentor"):
        assert words in text
    assert f"http://testserver{page.url}" in text


def test_a_checklist_prints_its_points_as_one_list_a_group(client):
    page = make.ChecklistFactory()
    data = fetch(client, page.url + "pdf/").content
    pdf = assert_accessible(data, page.title)
    assert "/LI" in names_of(pdf)
    assert "Fråga eleven" in text_of(data) and "Tio minuter." in text_of(data)


def test_a_questionnaire_prints_all_groups_or_one(client):
    page = make.QuestionnaireFactory()
    for url in (page.url + "pdf/", page.url + "pdf/elev/"):
        data = fetch(client, url).content
        assert_accessible(data, page.title)
        text = text_of(data)
        assert "1. Hur går det?" in text and "Mycket" in text and "Välj ett steg." in text
    assert client.get(page.url + "pdf/larare/").status_code == 404
    assert client.get(page.url + "pdf/x'y/").status_code == 404


def test_the_page_links_to_the_pdf_with_its_true_size(client):
    page = make.ChecklistFactory(title="Överlämning")
    page.save()  # the first time it was saved it had no address yet to print
    html = client.get(page.url).content.decode()
    assert f'href="{page.url}pdf/"' in html
    size = len(fetch(client, page.url + "pdf/").content)
    page.refresh_from_db()
    assert page.pdf_bytes == size
    assert f"PDF, {round(page.pdf_bytes / 1024, 1):.1f}".replace(".", ",") in html


def test_the_page_links_to_the_questions_of_each_group_with_their_true_size(client):
    page = make.QuestionnaireFactory()
    assert page.group_files == []  # one group alone has the whole
    groups = [block.value for block in page.respondents]
    page.respondents = [("respondent", one) for one in (*groups, dict(groups[0], code="larare"))]
    page.save()
    html = client.get(page.url).content.decode()
    for code in ("elev", "larare"):
        size = len(fetch(client, f"{page.url}pdf/{code}/").content)
        words = f"PDF, {round(size / 1024, 1):.1f}".replace(".", ",")
        link = html.index(f'href="{page.url}pdf/{code}/"')
        assert words in html[link : link + 200]


def test_a_file_is_shown_with_its_type_size_and_what_it_is_for(client):
    page = make.MethodFactory()
    document = SiteDocument(title="Mall för planen", file_size=2048)
    document.file.save("mall.xlsx", ContentFile(b"x" * 2048))
    ToolAttachment.objects.create(page=page, document=document, description="Fyll i tillsammans.")
    html = client.get(page.url).content.decode()
    assert document.url in html and "Mall för planen" in html
    assert "XLSX, 2,0" in html and "Fyll i tillsammans." in html


def test_what_is_not_published_has_no_pdf(client):
    page = make.MethodFactory(live=False)
    assert client.get(page.url + "pdf/").status_code == 404
