"""What the CMS's start page and the bar on public pages show to whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Workflow

from pluginnovation.site.editors.schedule import publish_due
from tests.knowledge import factories as make

from .conftest import add_page

pytestmark = pytest.mark.django_db


def start(client) -> str:
    return client.get("/admin/").content.decode()


def test_the_start_page_shows_drafts_reviews_and_what_is_overdue(logged_in, home, draft):
    contributor = logged_in("skribent")
    add_page(contributor, home, title="Mitt utkast")
    waiting = draft("Väntar på läsning", owner=contributor.user)
    Workflow.objects.get().start(waiting, contributor.user)
    old = draft("Sedan länge", review_by=timezone.localdate() - timedelta(days=3))
    old.get_latest_revision().publish()
    own = start(contributor)
    assert "Dina utkast" in own
    assert "Mitt utkast" in own
    assert "Sedan länge" not in own
    editors = start(logged_in("redaktör"))
    assert "Väntar på läsning" in editors
    assert "Sidor att granska igen" in editors
    assert "Sedan länge" in editors
    assert "Mitt utkast" not in editors


def test_it_says_what_could_not_be_published_on_time_until_it_is(logged_in):
    author = logged_in("moderator").user
    past = timezone.now() - timedelta(minutes=1)
    lecture = make.LectureFactory(title="Utan ord", live=False, media=None)
    revision = lecture.save_revision(user=author)
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=past)
    publish_due()
    shown = start(logged_in("moderator"))
    assert "Kunde inte publiceras på utsatt tid" in shown
    assert "Välj en film" in shown


def test_the_start_page_costs_the_same_for_few_and_many(logged_in, draft):
    editor = logged_in("redaktör")

    def cost():
        for number in range(6):
            page = draft(f"Sida {number}", owner=editor.user)
            page.review_by = timezone.localdate() - timedelta(days=1)
            page.save_revision(user=editor.user).publish()
            page.save_revision(user=editor.user)
        start(editor)
        with CaptureQueriesContext(connection) as captured:
            start(editor)
        return len(captured)

    few = cost()
    assert cost() == few


def test_only_editors_get_the_bar_and_readers_no_script_for_it(logged_in, client, draft):
    page = draft("Sida")
    page.get_latest_revision().publish()
    assert "userbar" not in client.get(page.url).content.decode()
    bar = logged_in("redaktör").get(page.url).content.decode()
    assert "wagtail-userbar" in bar
    assert "wcag22aa" in bar
    assert "En bild saknar alternativtext" in bar
    # Readers that come after an editor are not shown the editor's page.
    assert "userbar" not in client.get(page.url).content.decode()
