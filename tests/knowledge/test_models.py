"""What the models hold: derived fields, rules for publishing, the tree."""

import pytest
from django.core.exceptions import ValidationError

from knowledge import models

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


def test_a_work_without_title_in_its_reference_is_refused_at_that_field():
    with pytest.raises(ValidationError) as caught:
        make.WorkFactory(csl={"type": "book"})
    assert list(caught.value.message_dict) == ["csl"]


@pytest.mark.parametrize("csl", [[], "text", 3])
def test_a_reference_that_is_no_object_is_refused(csl):
    with pytest.raises(ValidationError):
        make.WorkFactory(csl=csl)


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
    assert make.GuidelineFactory(is_information=True).kind == "Information"
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
