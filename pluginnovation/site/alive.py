"""For processes that run for years: telling that one lives, and outliving a lost database."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager

from django.db import Error, InterfaceError, OperationalError, close_old_connections, connection

from .models import Heartbeat

logger = logging.getLogger(__name__)
BEAT_SECONDS = 10
WAIT_SECONDS = 3


@contextmanager
def beating(name: str):
    """A thread tells every few seconds that this process lives, also in the midst of long work."""
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(name, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(BEAT_SECONDS)


def _beat(name: str, over: threading.Event) -> None:
    try:
        while True:
            try:
                close_old_connections()
                Heartbeat.objects.beat(name)
            except Error as fault:
                # Whoever listens hears nothing, which is what there is to say.
                logger.warning("No sign of life: %s", type(fault).__name__)
            if over.wait(BEAT_SECONDS):
                return
    finally:
        connection.close()


def in_spite_of_outages(work: Callable[[], None]) -> None:
    """Do ``work`` to its end, anew whenever the database was lost in the midst of it."""
    while True:
        try:
            return work()
        except (OperationalError, InterfaceError) as fault:
            logger.error("The database does not answer: %s", type(fault).__name__)
            connection.close()
            time.sleep(WAIT_SECONDS)
