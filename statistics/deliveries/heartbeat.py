"""How a worker tells, while it is in the midst of one long transaction, that it lives."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, close_old_connections, connection
from django.utils import timezone

from ..models import Delivery

logger = logging.getLogger(__name__)
SECONDS = 3


class Progress:
    """How far the work has come, as ``import_file`` tells it."""

    def __init__(self):
        self.done = self.total = 0

    def __call__(self, step: str, done: int, total: int) -> None:
        self.done, self.total = (done, total) if step == "reading" else (total, total)


@contextmanager
def beating(delivery: Delivery) -> Iterator[Progress]:
    """A thread with a connection of its own: what it writes is seen while the work goes on."""
    progress, over = Progress(), threading.Event()
    thread = threading.Thread(target=_beat, args=(delivery, progress, over), daemon=True)
    thread.start()
    try:
        yield progress
    finally:
        over.set()
        thread.join()


def _beat(delivery, progress, over) -> None:
    try:
        while not over.wait(SECONDS):
            try:
                close_old_connections()
                Delivery.objects.filter(pk=delivery.pk, lease=delivery.lease).update(
                    heartbeat_at=timezone.now(),
                    rows_read=progress.done,
                    rows_total=progress.total,
                )
            except Error as fault:
                # One that is missed does no harm; one that is never sent again costs the lease.
                logger.warning("No sign of life: %s", type(fault).__name__)
    finally:
        connection.close()
