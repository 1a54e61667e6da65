"""What the models hold: derived fields, rules for publishing, the tree."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from knowledge import models
from knowledge.models import LiteraturePage, WorkPerson
from pluginnovation.core.fixtures import read_folder

from . import factories as make

pytestmark = pytest.mark.django_db


def test_a_lecture_without_captions_cannot_be_live_and_the_message_says_why():
    with pytest.raises(ValidationError) as caught:
        make.LectureFactory(media__captions="")
    assert "textning" in caught.value.message_dict["media"][0]


def test_a_lecture_without_captions_may_be_a_draft():
    assert make.LectureFactory(media=None, live=False).cues == []


def test_a_lecture_takes_its_transcript_from_the_captions():
    lecture = make.LectureFactory()
    assert lecture.cues[1] == [83.0, 87.0, "Frånvaron syns först i grannskapet."]
    assert "grannskapet" in lecture.search_text()


def test_a_work_that_has_its_reference_alone_takes_its_fields_from_it():
    work = make.WorkFactory()
    assert (work.form, work.issued, work.pages) == ("article-journal", "2009", "1-20")
    assert [str(person).strip() for person in work.people.all()] == ["Caroline  Hall"]


@pytest.mark.parametrize("csl", [[], "text", 3, {"title": "Utan typ"}])
def test_a_reference_that_says_nothing_is_refused_at_the_field_that_is_missing(csl):
    with pytest.raises(ValidationError) as caught:
        make.WorkFactory(csl=csl)
    assert "form" in caught.value.message_dict


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("issued", "förra året"),
        ("issued", "2017-3"),
        ("doi", "10/xyz"),
        ("doi", "https://exempel.se/10.1000/xyz"),
        ("isbn", "978-91-7929-784-9"),
        ("urn", "diva-169935"),
    ],
)
def test_a_number_that_cannot_be_right_is_refused_at_its_field(field, value):
    work = make.WorkFactory()
    setattr(work, field, value)
    with pytest.raises(ValidationError) as caught:
        work.save()
    assert list(caught.value.message_dict) == [field]


def test_a_doi_may_be_pasted_as_a_link():
    work = make.WorkFactory()
    work.doi = " https://doi.org/10.1000/abc "
    work.save()
    assert work.doi == "10.1000/abc" == work.csl["DOI"]


def test_the_reference_follows_the_fields_and_keeps_the_order_of_the_names():
    work = make.WorkFactory()
    work.people = [
        WorkPerson(organisation="Skolverket", sort_order=0),
        WorkPerson(given="Marc", particle="van der", family="Steeg", sort_order=1),
        WorkPerson(family="Red", role="editor", sort_order=2),
    ]
    work.form, work.issued, work.publisher = "report", "2017-03", "Förlag"
    work.container = work.doi = ""
    work.link = "https://exempel.se/rapport"
    work.save()
    work.refresh_from_db()
    assert work.csl["author"] == [
        {"literal": "Skolverket"},
        {"given": "Marc", "non-dropping-particle": "van der", "family": "Steeg"},
    ]
    assert work.csl["editor"] == [{"family": "Red"}]
    assert work.csl["issued"] == {"date-parts": [[2017, 3]]}
    assert work.csl["URL"] == "https://exempel.se/rapport" and "DOI" not in work.csl
    assert (work.who, work.year) == ("Skolverket och van der Steeg", 2017)


def test_a_name_is_a_person_or_an_organisation():
    for person in (WorkPerson(), WorkPerson(family="A", organisation="B")):
        with pytest.raises(ValidationError):
            person.clean()


def test_every_verified_work_keeps_its_reference_through_the_fields():
    for item in read_folder("works"):
        csl = item["csl"]
        work = LiteraturePage(
            title=csl["title"], slug=csl["id"], language=item["language"], csl=csl
        )
        work.renew_reference()
        kept = {key: value for key, value in work.csl.items() if key != "URL"}
        assert kept == {key: value for key, value in csl.items() if key != "URL"}
        assert work.csl.get("URL", "") in ("", item["link"])


def test_the_fields_of_works_from_before_are_filled_by_the_migration():
    work = make.WorkFactory()
    WorkPerson.objects.all().delete()
    LiteraturePage.objects.update(form="", issued="", container="", doi="")
    import_module("knowledge.migrations.0004_references_from_csl").fill(apps, None)
    work.refresh_from_db()
    assert (work.form, work.doi) == ("article-journal", "10.1000/xyz")
    assert WorkPerson.objects.get().family == "Hall"


def test_a_work_knows_its_year_and_its_short_author():
    work = make.WorkFactory()
    assert (work.year, work.who, work.item_kind) == (2009, "Hall", "litteratur")


def test_a_summary_takes_year_and_author_from_its_study():
    assert make.SummaryFactory().who == "Hall"


def test_a_grade_needs_its_reason():
    with pytest.raises(ValidationError) as caught:
        make.SummaryFactory(grade_reason="")
    assert list(caught.value.message_dict) == ["grade_reason"]


def test_a_summary_without_its_study_cannot_be_live():
    with pytest.raises(ValidationError) as caught:
        make.SummaryFactory(work=None)
    assert list(caught.value.message_dict) == ["work"]


def test_a_question_on_an_unknown_scale_is_refused():
    with pytest.raises(ValidationError) as caught:
        make.QuestionnaireFactory(scales=[])
    assert "Hur går det?" not in caught.value.message_dict["respondents"][0]
    assert "grad" in caught.value.message_dict["respondents"][0]


def test_a_page_of_information_is_not_called_a_guideline():
    information = make.GuidelineFactory(is_information=True)
    assert (information.kind, information.steps_heading) == ("Information", "Punkt för punkt")
    assert make.GuidelineFactory().kind == "Riktlinje"


def test_codes_are_kept_in_the_order_of_their_list():
    tool = make.MethodFactory(roles=["kaa", "mentor"], levels=["kommun", "individ"])
    assert tool.roles == ["mentor", "kaa"]
    assert tool.level_labels == ["Individ", "Kommun"]


def test_an_unknown_code_is_refused():
    with pytest.raises(ValidationError):
        make.MethodFactory(roles=["vaktmästare"])


@pytest.mark.parametrize(
    ("parent", "child", "allowed"),
    [
        (models.FactorPage, models.MethodPage, True),
        (models.ToolIndexPage, models.ChecklistPage, True),
        (models.FactorPage, models.FactorPage, False),
        (models.LibraryIndexPage, models.LecturePage, False),
        (models.LectureIndexPage, models.LecturePage, True),
        (models.MethodPage, models.MethodPage, False),
    ],
)
def test_the_tree_keeps_each_page_below_its_parent(parent, child, allowed):
    assert child.can_exist_under(parent()) is allowed


def test_the_shared_tables_are_no_page_types_of_their_own():
    assert not models.ToolPage.is_creatable
    assert not models.LibraryItem.is_creatable
