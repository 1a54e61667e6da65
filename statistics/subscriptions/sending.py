"""Sending the letters, outside of requests. Whoever is killed is followed by the next run.

A row is locked while its letter is sent, and says in the same transaction that it has been told:
two workers never write to the same address, and a run that was killed goes on where it was. Only
a kill between the mail server's yes and the commit writes twice, with the same Message-ID.
An address that the mail server refuses is tried each night, and forgotten after some days.
"""

import logging
from datetime import timedelta
from smtplib import SMTPDataError, SMTPNotSupportedError, SMTPRecipientsRefused

from django.core.mail import get_connection
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from ..models import Subscription
from ..publication import newest
from . import letters

_log = logging.getLogger(__name__)
# A mail server that is away is tried again after 10, 20, 40 ... minutes.
FIRST_WAIT = timedelta(minutes=10)
MOST_TRIES = 6
# What is about the one address or letter; other errors are the mail server's, or ours.
REFUSED = (SMTPRecipientsRefused, SMTPDataError, SMTPNotSupportedError, ValueError)


@task()
def write_back(subscription_id: int, tried: int = 0) -> None:
    """The letter to whoever asked for a subscription."""
    subscription = Subscription.objects.filter(pk=subscription_id).first()
    if subscription is None:
        return
    try:
        letters.confirmation(subscription).send()
    except Exception as error:
        _note(subscription, error)
        if not isinstance(error, REFUSED):
            _later(write_back, tried, subscription_id)


@task()
def tell(tried: int = 0) -> None:
    """Write of the newest publication to all who have not been told of it."""
    if tell_all()["failed"]:
        _later(tell, tried)


def _later(work, tried: int, *given) -> None:
    if tried < MOST_TRIES:
        wait = FIRST_WAIT * 2**tried
        work.using(run_after=timezone.now() + wait).enqueue(*given, tried + 1)


def _note(subscription, error: Exception) -> None:
    """The text of the error may hold the address: neither the log nor the queue gets it."""
    _log.error("Subscription %s: %s", subscription.pk, type(error).__name__)


def tell_all() -> dict[str, int]:
    """Write to everybody who waits for a letter: how many were sent, failed, were forgotten."""
    done = {"sent": 0, "failed": 0, "forgotten": 0}
    found = newest()
    if found is None or not _waiting(found).exists():
        return done
    told, last = {}, 0
    try:
        with get_connection() as connection:
            while (outcome := _next(found, last, told, connection)) is not None:
                last, sent = outcome
                done["sent" if sent else "failed"] += 1
    except OSError as error:
        # No mail server (SMTPException is an OSError): all who wait are written to later.
        _log.error("Subscriptions: %s", type(error).__name__)
        done["failed"] += 1
    done["forgotten"] = Subscription.objects.forget_refused(others_get_letters=done["sent"] > 0)
    return done


def _waiting(found):
    return Subscription.objects.confirmed().filter(told__lt=found.number)


@transaction.atomic
def _next(found, after, told, connection):
    """The next one: its key and whether its letter was sent; None where nobody waits."""
    waiting = _waiting(found).filter(pk__gt=after)
    one = waiting.select_for_update(skip_locked=True).order_by("pk").first()
    if one is None:
        return None
    if one.place not in told:
        told[one.place] = letters.told_of(found, one.place)
    letter = letters.news(one, told[one.place])
    letter.connection = connection
    try:
        letter.send()
    except Exception as error:
        _note(one, error)
        if isinstance(error, REFUSED) and one.refused_since is None:
            one.refused_since = timezone.localdate()
            one.save(update_fields=["refused_since"])
        return one.pk, False
    one.told, one.refused_since = found.number, None
    one.save(update_fields=["told", "refused_since"])
    return one.pk, True


def published(created: bool = False, **kwargs) -> None:
    """After a publication is there for good; receiver of its ``post_save``."""
    if created:
        transaction.on_commit(tell.enqueue)
