"""The work on a delivery outside of requests: reading it, and taking it in."""

import logging

from django.utils import timezone
from django_tasks import task

from ..ingestion.findings import UnusableFile
from ..models import Delivery
from . import queue, reading, steps
from .heartbeat import beating

_log = logging.getLogger(__name__)
BROKEN = (
    "Något gick fel på vår sida, och inget är ändrat. Felet är noterat. Skicka in filen på nytt "
    "senare, eller kontakta oss och nämn leveransens nummer."
)


@task()
def work_on(delivery_id: int) -> None:
    """Read a delivery, or take it in, whichever it waits for. Nothing where it waits for neither.

    Nothing is raised: an exception's text could hold a row, and the task queue keeps it.
    """
    delivery = _waiting(delivery_id)
    if delivery is None:
        return
    try:
        steps.take_up(delivery)
        with beating(delivery) as progress:
            _work(delivery, progress)
    except steps.TooLate:
        return


def _waiting(delivery_id: int) -> Delivery | None:
    delivery = Delivery.objects.select_related("source", "original").filter(pk=delivery_id).first()
    if delivery is None or not delivery.is_under_way:
        return None
    alive = delivery.lease and abs(timezone.now() - delivery.heartbeat_at) < queue.SILENCE
    return None if alive else delivery


def _work(delivery: Delivery, progress) -> None:
    work = reading.read if delivery.status == Delivery.Status.READING else reading.take_in
    try:
        work(delivery, progress)
    except steps.TooLate:
        raise
    except UnusableFile as error:
        steps.fail(delivery, str(error))
    except Exception as error:
        _log.error("Delivery %s: %s at %s", delivery.pk, type(error).__name__, _place(error))
        steps.fail(delivery, BROKEN)


def _place(error: BaseException) -> str:
    """File and line where an exception began, and nothing of its text."""
    trace = error.__traceback__
    while trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"


@task()
def watch(delivery_id: int) -> None:
    """Look after a delivery as long as a worker's work on it is awaited."""
    delivery = Delivery.objects.filter(pk=delivery_id).first()
    if delivery is None or not delivery.is_under_way:
        return
    queue.revive(delivery)
    if delivery.is_under_way:
        watch.using(run_after=timezone.now() + 2 * queue.SILENCE).enqueue(delivery_id)
