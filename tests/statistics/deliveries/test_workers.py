"""A worker is killed in every phase: the delivery is taken up, or fails and says why."""

from datetime import timedelta
from statistics.deliveries import jobs, queue, reading, steps
from statistics.models import CurrentInterruption, Delivery, ImportBatch

import pytest
from django.utils import timezone

from ..records import interruption

pytestmark = pytest.mark.django_db


@pytest.fixture
def long_ago():
    """The worker that holds the delivery has been silent for longer than is waited."""

    def silence(delivery):
        past = timezone.now() - 2 * queue.SILENCE
        Delivery.objects.filter(pk=delivery.pk).update(heartbeat_at=past)
        delivery.refresh_from_db()
        return delivery

    return silence


def begun(upload, monkeypatch):
    """A delivery whose worker has not begun."""
    with monkeypatch.context() as patched:
        patched.setattr(queue, "start", lambda delivery: None)
        return upload(interruption())


def die_in_the_midst(delivery, status, long_ago):
    """As the database is left by a killed worker: leased, and silent since."""
    steps.take_up(delivery)
    assert delivery.status == status and delivery.lease
    return long_ago(delivery)


def test_killed_before_it_began(sender, upload, monkeypatch, long_ago, client):
    delivery = long_ago(begun(upload, monkeypatch))
    client.get(f"/personal/leveranser/{delivery.pk}/")
    delivery.refresh_from_db()
    assert delivery.status == "reported"


def test_killed_while_it_read(sender, upload, monkeypatch, long_ago):
    delivery = die_in_the_midst(begun(upload, monkeypatch), "reading", long_ago)
    jobs.queue.revive(delivery)
    delivery.refresh_from_db()
    assert delivery.status == "reported" and delivery.attempts == 2


def test_killed_while_it_took_in(sender, upload, monkeypatch, long_ago, decide):
    delivery = upload(interruption())
    with monkeypatch.context() as patched:
        patched.setattr(queue, "start", lambda delivery: None)
        decide(delivery, "all")
    delivery = die_in_the_midst(delivery, "deciding", long_ago)
    queue.revive(delivery)
    delivery.refresh_from_db()
    assert delivery.status == "taken_in" and ImportBatch.objects.count() == 1


def test_a_worker_that_was_given_up_and_comes_back_takes_nothing_in(
    sender, upload, monkeypatch, long_ago, decide
):
    delivery = upload(interruption())
    with monkeypatch.context() as patched:
        patched.setattr(queue, "start", lambda delivery: None)
        decide(delivery, "all")
    zombie = die_in_the_midst(delivery, "deciding", long_ago)
    queue.revive(Delivery.objects.get(pk=delivery.pk))
    with pytest.raises(steps.TooLate):
        reading.take_in(zombie, lambda *told: None)
    assert ImportBatch.objects.count() == 1 and CurrentInterruption.objects.count() == 1


def test_one_that_dies_every_time_fails_and_says_why(sender, upload, monkeypatch, long_ago, page):
    delivery = begun(upload, monkeypatch)
    Delivery.objects.filter(pk=delivery.pk).update(attempts=queue.MOST_ATTEMPTS - 1)
    delivery.refresh_from_db()
    delivery = die_in_the_midst(delivery, "reading", long_ago)
    queue.revive(delivery)
    assert delivery.status == "failed"
    assert "avbröts flera gånger" in page(delivery)


def test_a_worker_that_lives_keeps_its_delivery(sender, upload, monkeypatch):
    delivery = begun(upload, monkeypatch)
    steps.take_up(delivery)
    lease = delivery.lease
    queue.revive(delivery)
    jobs.work_on.call(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.lease) == ("reading", lease)


def test_what_breaks_is_told_without_its_text(sender, upload, monkeypatch, caplog, page):
    delivery = begun(upload, monkeypatch)
    secret = "20080115-2391"

    def breaks(*args, **kwargs):
        raise RuntimeError(secret)

    monkeypatch.setattr(reading, "import_file", breaks)
    jobs.work_on.call(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.status == "failed" and "på vår sida" in page(delivery)
    assert secret not in caplog.text and "RuntimeError" in caplog.text


def test_a_long_queue_is_no_fault(sender, upload, monkeypatch, long_ago):
    delivery = long_ago(begun(upload, monkeypatch))
    monkeypatch.setattr(queue, "_is_queued", lambda delivery: True)
    queue.revive(delivery)
    assert delivery.status == "uploaded"


def test_the_page_of_one_under_way_refreshes_itself_without_script(
    sender, upload, monkeypatch, page
):
    delivery = begun(upload, monkeypatch)
    text = page(delivery)
    assert '<noscript><meta http-equiv="refresh"' in text and "Du kan lämna sidan" in text
    Delivery.objects.filter(pk=delivery.pk).update(rows_read=2_000, rows_total=6_000)
    assert "2\xa0000 av omkring 6\xa0000 rader" in page(delivery)
    assert timedelta(seconds=5) < queue.SILENCE
