"""Handing a delivery to a worker, and taking it up again where a worker has dropped it.

A worker that holds a delivery says every few seconds that it lives. Where it falls silent
(killed, or its machine lost) the delivery is given to another, a few times; then it fails
with a reason. A page that shows the delivery looks after it, and so does ``jobs.watch``.
"""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ..models import Delivery
from ..models.deliveries import UNDER_WAY

SILENCE = timedelta(seconds=30)
MOST_ATTEMPTS = 3
GAVE_UP = (
    "Inläsningen avbröts flera gånger på vår sida, och inget är ändrat. Skicka in filen på nytt. "
    "Händer det igen: kontakta oss och nämn leveransens nummer."
)


def start(delivery: Delivery) -> None:
    """Call it in the transaction of the step: the task is there if, and only if, the step is."""
    from . import jobs  # which takes steps itself

    jobs.work_on.enqueue(delivery.pk)
    if jobs.watch.get_backend().supports_defer:
        later = jobs.watch.using(run_after=timezone.now() + 2 * SILENCE)
        later.enqueue(delivery.pk)


def revive(delivery: Delivery) -> None:
    """Give it to a worker anew where the one that had it is silent; give up after some times."""
    from . import jobs, steps

    if delivery.status not in UNDER_WAY or not _is_silent(delivery):
        return
    if delivery.attempts >= MOST_ATTEMPTS:
        try:
            steps.fail(delivery, GAVE_UP)
        except steps.TooLate:
            delivery.refresh_from_db()
        return
    dropped = Delivery.objects.filter(
        pk=delivery.pk, status=delivery.status, heartbeat_at=delivery.heartbeat_at
    )
    if dropped.update(lease=None, heartbeat_at=timezone.now()):
        jobs.work_on.enqueue(delivery.pk)
    delivery.refresh_from_db()


def _is_silent(delivery: Delivery) -> bool:
    # A time well ahead was written before the clock was put back; a living worker writes anew.
    if abs(timezone.now() - delivery.heartbeat_at) < SILENCE:
        return False
    # That others are before it in the queue is no fault.
    return delivery.lease is not None or not _is_queued(delivery)


def _is_queued(delivery: Delivery) -> bool:
    from . import jobs

    return DBTaskResult.objects.filter(
        status="READY", task_path=jobs.work_on.module_path, args_kwargs__args=[delivery.pk]
    ).exists()
