"""Looking at the next publication, and making it, outside of requests where that takes long.

Few records are counted while the page is made. For many, a worker counts; the page says that it
does and since when, and shows what came of it. What was looked at is known by what it was made
of: another publication, delivery or day asks for another look.
"""

import json
from datetime import date, timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Count, F, Max, Sum
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from pluginnovation.core.models import User

from .. import audit
from ..models import ImportBatch
from ..publication import Beaten, NothingToPublish, publish
from ..publication.making import last_number
from .publication_plan import planned

# So many versions of records are counted in about two seconds.
AT_ONCE = 50_000
# A worker that was killed says nothing; so long no publication takes.
LOST = timedelta(minutes=15)
# A fault is told so long before it is tried again.
TOLD = timedelta(minutes=1)


@task()
def look(half_yearly: bool, made_of: list) -> dict:
    """What the next publication would be. ``made_of`` is there to be found by."""
    return json.loads(json.dumps(planned(half_yearly), cls=DjangoJSONEncoder))


@task()
def make(half_yearly: bool, after: int, note: str, user_id: int) -> dict:
    """Publish what was looked at; what came of it, in a sentence."""
    return publish_now(half_yearly, after, note, User.objects.get(pk=user_id))


def publish_now(half_yearly: bool, after: int, note: str, user: User) -> dict:
    """Somebody who was faster has won. ``done`` and ``refused``: one of them is a sentence."""
    try:
        with transaction.atomic():
            made = publish(note=note, half_yearly=half_yearly, after=after)
            audit.record(audit.Action.PUBLISHED, user, detail=f"{made} {note}".strip())
    except (Beaten, NothingToPublish) as reason:
        return {"refused": f"{reason} Se här nedan vad som gäller nu."}
    return {"done": f"{made} är gjord och syns för alla."}


def takes_long() -> bool:
    """Whether there are more records than are counted while a page is made."""
    added = ImportBatch.objects.in_force().aggregate(rows=Sum(F("new") + F("changed")))["rows"]
    return (added or 0) > AT_ONCE


def looked(half_yearly: bool) -> dict:
    """What there is to show: the plan, or ``under_way`` with since when, or ``fault``."""
    if not takes_long():
        return planned(half_yearly)
    if (found := under_way(make)) is not None:
        return {"under_way": found, "making": True}
    asked = [half_yearly, _made_of()]
    done = _of(look).filter(args_kwargs__args=asked).order_by("-enqueued_at").first()
    if done is None or _is_lost(done) or (done.status == "FAILED" and _is_old(done)):
        look.enqueue(*asked)
        return {"under_way": timezone.now()}
    if done.status == "FAILED":
        return {"fault": True}
    return _dated(done.return_value) if done.status == "SUCCESSFUL" else _since(done)


def last_made() -> dict:
    """What came of the publication that a worker made last, for as long as it is news."""
    done = _of(make).filter(finished_at__gt=timezone.now() - TOLD).order_by("-finished_at").first()
    if done is None:
        return {}
    return done.return_value or {"refused": "Publiceringen gick inte att göra. Felet är noterat."}


def under_way(work):
    """Since when a worker is at it, or is waited for; None where nothing is."""
    waiting = _of(work).filter(status__in=("READY", "RUNNING")).order_by("-enqueued_at").first()
    return waiting.enqueued_at if waiting is not None and not _is_lost(waiting) else None


def _since(done) -> dict:
    return {"under_way": done.enqueued_at}


def _of(work):
    return DBTaskResult.objects.filter(task_path=work.module_path)


def _is_lost(done) -> bool:
    return done.status == "RUNNING" and timezone.now() - done.started_at > LOST


def _is_old(done) -> bool:
    return timezone.now() - done.finished_at > TOLD


def _made_of() -> list:
    batches = ImportBatch.objects.in_force().aggregate(last=Max("pk"), count=Count("pk"))
    return [last_number(), batches["last"], batches["count"], f"{timezone.localdate()}"]


def _dated(told):
    """The days of what was kept as JSON, as dates again."""
    if isinstance(told, list):
        return [_dated(one) for one in told]
    if not isinstance(told, dict):
        return told
    return {
        name: date.fromisoformat(one)
        if name in ("day", "data_date") and isinstance(one, str)
        else _dated(one)
        for name, one in told.items()
    }
