"""What an editor meets in the CMS."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from knowledge.models import FactorPage, LecturePage, LiteraturePage, SummaryPage
from pluginnovation.core.models import User

from . import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("chef@demo.example", "x"))
    return client


def lecture_form(media="", **buttons):
    return nested_form_data(
        {
            "title": "Ny film",
            "slug": "ny-film",
            "summary": "Kort.",
            "speaker": "Någon",
            "seconds": "60",
            "media": media,
            "body": rich_text("<p>Text</p>"),
            "language": "sv",
            "qualities": inline_formset([]),
            "chapters": inline_formset([{"at": "0", "title": "Början"}]),
            "comments": inline_formset([]),
        }
        | buttons
    )


def add(editor, parent, kind, data):
    return editor.post(reverse("wagtailadmin_pages:add", args=["knowledge", kind, parent.pk]), data)


@pytest.mark.parametrize("button", ["action-publish", "action-submit"])
def test_a_lecture_without_captions_is_neither_published_nor_sent_to_review(editor, button):
    film = make.MediaFactory(captions="")
    data = lecture_form(film.pk, **{button: "1"})
    answer = add(editor, make.LectureIndexFactory(), "lecturepage", data)
    assert not LecturePage.objects.exists()
    assert "Filmen saknar textning" in answer.content.decode()


def test_the_same_lecture_is_kept_as_a_draft(editor):
    add(editor, make.LectureIndexFactory(), "lecturepage", lecture_form())
    assert LecturePage.objects.get().live is False


def test_a_lecture_with_captions_is_published_with_its_transcript(editor):
    data = lecture_form(make.MediaFactory().pk, **{"action-publish": "1"})
    add(editor, make.LectureIndexFactory(), "lecturepage", data)
    lecture = LecturePage.objects.get()
    assert lecture.live
    assert lecture.chapters.get().title == "Början"
    assert "grannskapet" in lecture.words


def test_a_revision_without_captions_never_goes_live_by_another_way():
    lecture = make.LectureFactory(live=False, media=None)
    revision = lecture.save_revision()
    with pytest.raises(ValidationError):
        revision.publish()
    assert LecturePage.objects.get().live is False


@pytest.mark.parametrize(
    ("parent", "kind"),
    [
        (make.FactorIndexFactory, "factorpage"),
        (make.ToolIndexFactory, "methodpage"),
        (make.ToolIndexFactory, "guidelinepage"),
        (make.ToolIndexFactory, "checklistpage"),
        (make.ToolIndexFactory, "questionnairepage"),
        (make.LectureIndexFactory, "lecturepage"),
        (make.LiteratureIndexFactory, "literaturepage"),
        (make.SummaryIndexFactory, "summarypage"),
    ],
)
def test_every_form_opens(editor, parent, kind):
    address = reverse("wagtailadmin_pages:add", args=["knowledge", kind, parent().pk])
    assert editor.get(address).status_code == 200


@pytest.mark.parametrize("kind", ["riskfactor", "subject"])
def test_the_vocabularies_are_edited_as_snippets(editor, kind):
    assert editor.get(reverse(f"wagtailsnippets_knowledge_{kind}:add")).status_code == 200


def test_a_draft_of_a_live_page_changes_nothing_for_readers(client):
    factor = make.FactorFactory()
    make.GuidanceFactory(page=factor, heading="Det gamla")
    draft = FactorPage.objects.get(pk=factor.pk)
    advice = draft.guidance.get()
    advice.heading = "Det nya"
    draft.guidance = [advice]
    revision = draft.save_revision()
    assert "Det gamla" in client.get(factor.url).content.decode()
    revision.publish()
    assert "Det nya" in client.get(factor.url).content.decode()


@pytest.mark.parametrize(
    "build",
    [
        make.FactorFactory,
        make.MethodFactory,
        make.ChecklistFactory,
        make.QuestionnaireFactory,
        make.LectureFactory,
        make.WorkFactory,
        make.SummaryFactory,
    ],
)
def test_every_page_has_a_preview(build):
    page = type(built := build()).objects.get(pk=built.pk)
    assert page.make_preview_request().status_code == 200
    assert isinstance(page.search_text(), str)


def test_a_summary_needs_its_study_before_review(editor):
    data = {name: rich_text("") for name in ("question", "did", "result", "limits", "meaning")}
    data |= {"title": "Ny", "slug": "ny", "method_kind": "annan", "action-submit": "1"}
    data["comments"] = inline_formset([])
    answer = add(editor, make.SummaryIndexFactory(), "summarypage", nested_form_data(data))
    assert "Välj den studie" in answer.content.decode()
    assert not SummaryPage.objects.exists()


def work_form(**fields):
    data = {"title": "Ny rapport", "slug": "ny", "summary": "Kort.", "work_kind": "rapport"}
    data |= {"abstract": rich_text("<p>Vad den visar.</p>"), "form": "report", "issued": "2017"}
    data |= {"language": "sv", "comments": inline_formset([]), "action-publish": "1"}
    names = [
        {"organisation": "Skolverket", "role": "author"},
        {"given": "Åsa", "family": "Öberg", "role": "author"},
    ]
    return nested_form_data(data | {"people": inline_formset(names)} | fields)


def test_an_editor_writes_a_reference_without_knowing_csl(editor, client):
    parent = make.LiteratureIndexFactory()
    add(editor, parent, "literaturepage", work_form(publisher="Fritzes", isbn="978-91-7929-784-8"))
    work = LiteraturePage.objects.get()
    assert work.live and (work.who, work.year) == ("Skolverket och Öberg", 2017)
    text = client.get(work.url).content.decode()
    assert "Skolverket, &amp; Öberg, Å. (2017). <i>Ny rapport</i>. Fritzes." in text


def test_a_number_that_is_wrong_is_said_and_what_was_written_is_kept(editor):
    data = work_form(doi="fel", isbn="123", place="Malmö")
    answer = add(editor, make.LiteratureIndexFactory(), "literaturepage", data)
    text = answer.content.decode()
    assert "Ett DOI börjar med 10." in text and "kontrollsiffran" in text
    assert 'value="Malmö"' in text and 'value="Öberg"' in text
    assert not LiteraturePage.objects.exists()


def test_the_preview_of_a_work_shows_the_reference_as_it_will_be():
    work = make.WorkFactory()
    work.publisher, work.form = "Ett nytt förlag", "report"
    assert "Ett nytt förlag" in work.make_preview_request().content.decode()
