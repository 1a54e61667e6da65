"""The clock jumps, forward and back: nothing fails, is done twice or hangs until it caught up."""

import time
from datetime import timedelta
from statistics.deliveries import jobs, queue, steps
from statistics.models import Delivery, ImportBatch

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry

from knowledge.models import QuestionnaireAnswer
from knowledge.online import guards
from pluginnovation.core.models import User
from pluginnovation.site.editors.schedule import publish_due
from tests.knowledge import factories as make
from tests.knowledge.answering import send, sheet, url
from tests.site.conftest import home, publish  # noqa: F401
from tests.statistics.deliveries.conftest import person, sender, source, upload  # noqa: F401
from tests.statistics.records import interruption

pytestmark = pytest.mark.django_db
HOUR = 60 * 60
real_now, real_time = timezone.now, time.time


@pytest.fixture
def clock(monkeypatch):
    """``clock(-3600)`` puts the clock of the machine back by an hour, from what it truly is."""

    def put(seconds):
        jump = timedelta(seconds=seconds)
        monkeypatch.setattr(timezone, "now", lambda: real_now() + jump)
        monkeypatch.setattr(time, "time", lambda: real_time() + seconds)

    return put


@pytest.fixture
def begun(sender, upload, monkeypatch, settings, tmp_path):  # noqa: F811
    """A delivery that a worker holds."""
    settings.ORIGINALS_DIR = tmp_path
    with monkeypatch.context() as patched:
        patched.setattr(queue, "start", lambda delivery: None)
        delivery = upload(interruption())
    steps.take_up(delivery)
    return delivery


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
def test_a_delivery_of_a_dead_worker_is_taken_up_whichever_way_the_clock_went(begun, clock, jump):
    clock(jump)
    queue.revive(begun)
    begun.refresh_from_db()
    assert begun.status == "reported" and begun.attempts == 2


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
def test_a_worker_that_lives_and_is_taken_for_dead_does_nothing_twice(begun, clock, jump):
    clock(jump)
    queue.revive(Delivery.objects.get(pk=begun.pk))
    with pytest.raises(steps.TooLate):
        steps.fail(begun, "prov")
    assert Delivery.objects.get().status == "reported" and not ImportBatch.objects.exists()


@pytest.mark.parametrize("jump", [10, -10])
def test_a_small_step_takes_no_delivery_away(begun, clock, jump):
    clock(jump)
    queue.revive(begun)
    jobs.work_on.call(begun.pk)
    lease = begun.lease
    begun.refresh_from_db()
    assert (begun.status, begun.lease) == ("reading", lease)


@pytest.mark.parametrize(
    ("jump", "lets_in"),
    [(60, True), (-60, True), (HOUR, False), (-HOUR, False), (-9 * HOUR, False)],
)
def test_a_session_of_staff_is_not_lengthened_by_a_clock_that_is_put_back(
    client, clock, jump, lets_in
):
    client.force_login(User.objects.create_user("anna@example.se", role="regionlasare"))
    assert client.get("/personal/").status_code == 200
    clock(jump)
    assert client.get("/personal/").status_code == (200 if lets_in else 302)
    assert client.get("/konto/logga-in/").status_code in (200, 302)


def test_a_page_is_published_once_though_its_time_comes_twice(publish, clock):  # noqa: F811
    page = publish("Zebraveckan")
    page.go_live_at = real_now() + timedelta(seconds=HOUR)
    page.title = "Zebraveckan nu"
    page.save_revision().publish()
    for jump in (0, 2 * HOUR, -2 * HOUR, 2 * HOUR):
        clock(jump)
        publish_due()
    page.refresh_from_db()
    assert page.title == "Zebraveckan nu" and page.live
    published = PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish")
    assert published.count() == 1


@pytest.fixture
def questionnaire():
    return make.QuestionnaireFactory(is_open=True)


def test_a_form_that_was_opened_before_the_clock_went_back_can_be_sent(
    client, questionnaire, clock
):
    answers = sheet(questionnaire)
    clock(-HOUR)
    first = send(client, questionnaire, answers)
    assert guards.TOO_FAST in first.text and "En bra mentor" in first.text
    # The page that came back has a mark of the new time.
    again = answers | {guards.MARK: mark_in(first)}
    clock(-HOUR + 10)
    assert send(client, questionnaire, again).status_code == 302
    assert QuestionnaireAnswer.objects.count() == 1


def mark_in(response):
    return response.text.split(f'name="{guards.MARK}" value="')[1].split('"')[0]


def test_a_form_from_before_a_leap_forward_keeps_its_answers(client, questionnaire, clock):
    answers = sheet(questionnaire)
    clock(48 * HOUR)
    stale = send(client, questionnaire, answers)
    assert guards.STALE in stale.text and "En bra mentor" in stale.text
    assert client.get(url(questionnaire)).status_code == 200


@pytest.mark.parametrize("jump", [400 * 24 * HOUR, -400 * 24 * HOUR])
def test_public_pages_stand_whatever_the_clock_says(client, clock, jump):
    clock(jump)
    for address in ("/", "/sok/?q=a", "/statistik/", "/sitemap.xml", "/.well-known/security.txt"):
        assert client.get(address).status_code == 200, address
