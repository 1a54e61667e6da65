"""From draft to readers, step by step, as each role, and what is said where it stops."""

import json

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.models import TaskState, Workflow

from pluginnovation.site.editors import workflow
from pluginnovation.site.models.review import CheckedForm
from tests.knowledge import factories as make

from .conftest import add_page, edit, messages_of

pytestmark = pytest.mark.django_db

TICKED = dict.fromkeys(CheckedForm.POINTS, "on")


def submit(client, home):
    return add_page(client, home, **{"action-submit": "1"})


def act(client, page, action="approve", **data):
    state = page.current_workflow_task_state
    names = [page.pk, action, state.pk]
    return client.post(
        reverse("wagtailadmin_pages:workflow_action", args=names),
        data,
        headers={"referer": "http://testserver/admin/"},
        follow=True,
    )


def test_content_first_then_language_and_then_it_is_live(logged_in, home):
    page = submit(logged_in("skribent"), home)
    assert page.current_workflow_task.name == workflow.CONTENT
    act(logged_in("redaktör"), page)
    page = type(page).objects.get(pk=page.pk)
    assert page.current_workflow_task.name == workflow.CHECK
    assert page.live is False
    act(logged_in("moderator"), page, **TICKED)
    page.refresh_from_db()
    assert page.live


def test_an_editor_does_not_take_the_second_step(logged_in, home):
    page = submit(logged_in("skribent"), home)
    act(logged_in("redaktör"), page)
    page = type(page).objects.get(pk=page.pk)
    act(logged_in("redaktör"), page, **TICKED)
    page.refresh_from_db()
    assert page.live is False


def test_a_contributor_takes_none(logged_in, home):
    client = logged_in("skribent")
    page = submit(client, home)
    act(client, page)
    assert page.current_workflow_task.name == workflow.CONTENT


def test_changes_are_asked_for_with_a_comment(logged_in, home):
    page = submit(logged_in("skribent"), home)
    act(logged_in("redaktör"), page, "reject", comment="Lägg till en källa.")
    assert TaskState.objects.get().comment == "Lägg till en källa."
    assert page.live is False


@pytest.fixture
def at_the_check(logged_in, home):
    """A page that waits for the check of language and access."""
    page = submit(logged_in("skribent"), home)
    act(logged_in("redaktör"), page)
    return type(page).objects.get(pk=page.pk)


def test_every_point_of_the_list_must_be_ticked(logged_in, at_the_check):
    client = logged_in("moderator")
    answer = act(client, at_the_check, language="on")
    at_the_check.refresh_from_db()
    assert at_the_check.live is False
    assert answer.status_code == 200
    # The same through the editing form, which gets the ticks as JSON.
    extra = {"workflow-action-extra-data": json.dumps({"language": True})}
    buttons = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    answer = edit(client, at_the_check, **buttons, **extra)
    at_the_check.refresh_from_db()
    assert at_the_check.live is False
    assert "alla punkterna i listan" in messages_of(answer)


def test_the_list_is_shown_with_what_the_check_found(logged_in, at_the_check):
    draft = at_the_check.get_latest_revision_as_object()
    draft.summary = ""
    draft.body = [("text", "<h2>Ett</h2><h4>Två</h4>")]
    revision = draft.save_revision()
    TaskState.objects.filter(status="in_progress").update(revision=revision)
    names = [at_the_check.pk, "approve", at_the_check.current_workflow_task_state.pk]
    shown = logged_in("moderator").get(reverse("wagtailadmin_pages:workflow_action", args=names))
    html = json.loads(shown.content)["html"]
    assert "Sidan saknar sammanfattning." in html
    assert "hoppar från nivå 2 till nivå 4" in html
    assert "Måste åtgärdas" in html
    answer = act(logged_in("moderator"), at_the_check, **TICKED)
    at_the_check.refresh_from_db()
    assert at_the_check.live is False
    assert "Sidan saknar sammanfattning." in messages_of(answer)


def test_a_lecture_that_lost_its_captions_is_refused_with_the_reason(logged_in):
    lecture = make.LectureFactory(live=False)
    moderator = logged_in("moderator")
    lecture.save_revision()
    Workflow.objects.get().start(lecture, moderator.user)
    act(moderator, lecture)
    lecture = type(lecture).objects.get(pk=lecture.pk)
    lecture.media.captions.delete()
    answer = act(moderator, lecture, **TICKED)
    assert answer.status_code == 200
    assert "Filmen saknar textning" in messages_of(answer)
    lecture.refresh_from_db()
    assert lecture.live is False


def test_several_pages_published_at_once_are_refused_with_the_reason(logged_in):
    lecture = make.LectureFactory(live=False)
    lecture.save_revision()
    lecture.media.captions.delete()
    answer = logged_in("moderator").post(
        f"/admin/bulk/wagtailcore/page/publish/?id={lecture.pk}&next=/admin/",
        headers={"referer": "http://testserver/admin/"},
        follow=True,
    )
    assert answer.status_code == 200
    assert "Filmen saknar textning" in messages_of(answer)
    lecture.refresh_from_db()
    assert lecture.live is False


def test_a_refusal_in_a_dialog_leads_on_without_leaving_the_site(logged_in):
    lecture = make.LectureFactory(live=False, media=None)
    lecture.save_revision()
    answer = logged_in("moderator").post(
        f"/admin/bulk/wagtailcore/page/publish/?id={lecture.pk}&next=/admin/",
        headers={"referer": "https://elak.example/", "x-requested-with": "XMLHttpRequest"},
    )
    assert json.loads(answer.content) == {"step": "success", "redirect": "/admin/"}


def test_the_workflow_is_arranged_once():
    def steps():
        found = Workflow.objects.get().workflow_tasks.order_by("sort_order")
        return [(step.pk, step.task.name) for step in found]

    before = steps()
    assert [name for _, name in before] == [workflow.CONTENT, workflow.CHECK]
    workflow.arrange(apps)
    assert steps() == before


def test_evaluation_reports_take_the_same_way():
    from casestudies.models import EvaluationReport

    assert EvaluationReport.get_default_workflow().name == workflow.WORKFLOW
