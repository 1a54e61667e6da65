"""Pages that go live and that expire by themselves."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from pluginnovation.core.models import User
from pluginnovation.site.editors.schedule import REFUSED, publish_due
from tests.knowledge import factories as make

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def later(monkeypatch):
    """``later()`` moves the clock on by two hours."""

    def move():
        then = timezone.now() + 2 * HOUR
        monkeypatch.setattr(timezone, "now", lambda: then)

    return move


def test_a_page_goes_live_when_its_time_has_come(draft, client, later):
    page = draft("Zebraveckan", go_live_at=timezone.now() + HOUR)
    page.get_latest_revision().publish()
    assert client.get(page.url).status_code == 404
    assert publish_due()["published"] == 0
    later()
    assert publish_due() == {"published": 1, "expired": 0, "refused": 0}
    assert client.get(page.url).status_code == 200
    assert "Zebraveckan" in client.get("/sok/?q=zebraveckan").content.decode()


def test_a_page_leaves_when_its_time_is_out(draft, client, later):
    page = draft("Gäller till fredag", expire_at=timezone.now() + HOUR)
    page.get_latest_revision().publish()
    assert client.get(page.url).status_code == 200
    later()
    assert publish_due()["expired"] == 1
    assert client.get(page.url).status_code == 404
    assert publish_due()["expired"] == 0


def test_one_page_that_cannot_be_published_stops_no_other(draft, client, later, logged_in):
    author = User.objects.create_user("skriver@demo.example")
    lecture = make.LectureFactory(live=False, go_live_at=timezone.now() + HOUR)
    lecture.save_revision(user=author).publish()
    page = draft("Den andra", go_live_at=timezone.now() + HOUR)
    page.get_latest_revision().publish()
    lecture.media.captions.delete()
    later()
    assert publish_due() == {"published": 1, "expired": 0, "refused": 1}
    lecture.refresh_from_db()
    assert lecture.live is False
    letter = mail.outbox[-1]
    assert letter.to == [author.email]
    assert "Filmen saknar textning" in letter.body
    history = logged_in("moderator").get(reverse("wagtailadmin_pages:history", args=[lecture.pk]))
    assert "Kunde inte publiceras" in history.content.decode()
    assert PageLogEntry.objects.filter(action=REFUSED).count() == 1
    # It is off the schedule: the next minute asks no more.
    assert publish_due() == {"published": 0, "expired": 0, "refused": 0}


def test_the_command_says_what_it_did(draft, later):
    page = draft(go_live_at=timezone.now() + HOUR)
    page.get_latest_revision().publish()
    later()
    said = StringIO()
    call_command("publish_due", stdout=said)
    assert "Publicerade: 1" in said.getvalue()
