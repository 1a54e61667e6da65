"""The steps of a delivery. Each is taken once: whoever comes second is told ``TooLate``.

A step asks the database to change the row only where it still stands where the step begins,
so two people who decide at once, or two workers that hold the same file, cannot both do it.
"""

import uuid

from django.db import transaction
from django.utils import timezone

from .. import audit
from ..ingestion.findings import shown
from ..models import Delivery, ImportBatch, Original
from . import queue

Status, Decision = Delivery.Status, Delivery.Decision


class TooLate(Exception):
    """Somebody else, or another worker, has taken the step; nothing is done."""


def _move(delivery: Delivery, from_: tuple, to: Status, **fields) -> None:
    """From one of the statuses (and, of a worker, under its lease) to another, or TooLate."""
    here = Delivery.objects.filter(pk=delivery.pk, status__in=from_)
    if delivery.lease:
        here = here.filter(lease=delivery.lease)
    if not here.update(status=to, **fields):
        raise TooLate
    delivery.refresh_from_db()


def _for_a_worker() -> dict:
    return {"lease": None, "attempts": 0, "heartbeat_at": timezone.now(), "rows_read": 0}


@transaction.atomic
def receive(original: Original, user) -> Delivery:
    """A file has arrived and lies encrypted: have it read."""
    delivery = Delivery.objects.create(
        source=original.source,
        file_name=original.file_name,
        size=original.size,
        original=original,
        sent_by=user,
    )
    audit.record(
        audit.Action.SENT,
        user,
        source=original.source,
        sha256=original.sha256,
        detail=original.file_name,
    )
    queue.start(delivery)
    return delivery


@transaction.atomic
def read_again(delivery: Delivery, note: str = "", names: dict | None = None) -> None:
    """Read the file anew: columns were mapped, or what holds has changed since the report."""
    begin = (Status.REPORTED, Status.APPROVING, Status.FAILED, Status.DECIDING)
    _move(
        delivery,
        begin,
        Status.UPLOADED,
        reason=note,
        decision="",
        decided_by=None,
        decided_at=None,
        approved_by=None,
        approved_at=None,
        finished_at=None,
        column_names=delivery.column_names if names is None else names,
        **_for_a_worker(),
    )
    queue.start(delivery)


@transaction.atomic
def decide(delivery: Delivery, decision: Decision, user) -> None:
    """What is to become of the file, once its report is read."""
    now = timezone.now()
    if decision == Decision.LEAVE:
        _leave(delivery, user, now)
        return
    needs_approval = delivery.source.needs_approval
    _move(
        delivery,
        (Status.REPORTED,),
        Status.APPROVING if needs_approval else Status.DECIDING,
        decision=decision,
        decided_by=user,
        decided_at=now,
        needs_approval=needs_approval,
        reason="",
        **_for_a_worker(),
    )
    if not needs_approval:
        queue.start(delivery)


def _leave(delivery, user, now) -> None:
    begin = (Status.UPLOADED, Status.REPORTED, Status.APPROVING, Status.FAILED)
    _move(
        delivery,
        begin,
        Status.LEFT,
        decision=Decision.LEAVE,
        decided_by=user,
        decided_at=now,
        finished_at=now,
    )
    delivery.findings.all().delete()


@transaction.atomic
def approve(delivery: Delivery, user) -> None:
    """The second pair of eyes agrees: take it in. That it is another's, the database holds."""
    _move(
        delivery,
        (Status.APPROVING,),
        Status.DECIDING,
        approved_by=user,
        approved_at=timezone.now(),
        **_for_a_worker(),
    )
    _log(audit.Action.APPROVED, delivery, user)
    queue.start(delivery)


@transaction.atomic
def refuse(delivery: Delivery, user, reason: str) -> None:
    """The second pair of eyes does not agree: the decision is undone, its reason told."""
    text = f"{user} godkände inte beslutet. {shown_text(reason)}".strip()
    _move(
        delivery,
        (Status.APPROVING,),
        Status.REPORTED,
        decision="",
        decided_by=None,
        decided_at=None,
        reason=text,
    )
    _log(audit.Action.REFUSED, delivery, user)


def shown_text(text: str) -> str:
    """What a person wrote, as it may be kept: without numbers, at most 500 characters."""
    return " ".join(shown(word) for word in text.split())[:500]


def take_up(delivery: Delivery) -> None:
    """A worker begins: it holds the lease from now on; whoever held it before has lost it."""
    lease = uuid.uuid4()
    to = Status.DECIDING if delivery.status == Status.DECIDING else Status.READING
    taken = Delivery.objects.filter(
        pk=delivery.pk,
        lease=delivery.lease,
        status__in=(Status.UPLOADED, Status.READING, Status.DECIDING),
    ).update(status=to, lease=lease, heartbeat_at=timezone.now(), attempts=delivery.attempts + 1)
    if not taken:
        raise TooLate
    delivery.refresh_from_db()


def tell(delivery: Delivery, kind: str, report: dict, rows: int) -> None:
    """The file is read and the report is there: people decide now."""
    _move(
        delivery,
        (Status.READING,),
        Status.REPORTED,
        kind=kind,
        report=report,
        rows_total=rows,
        rows_read=rows,
        lease=None,
    )


def finish(delivery: Delivery, batch: ImportBatch) -> None:
    """The batch is in; call it in the batch's own transaction, so that both hold or neither."""
    now = timezone.now()
    _move(delivery, (Status.DECIDING,), Status.TAKEN_IN, batch=batch, finished_at=now, lease=None)


def fail(delivery: Delivery, reason: str, report: dict | None = None) -> None:
    """The file cannot be used, or its worker could not do its work; the reason is a sentence."""
    fields = {"report": report} if report else {}
    _move(
        delivery,
        (Status.UPLOADED, Status.READING, Status.DECIDING),
        Status.FAILED,
        reason=reason[:1000],
        finished_at=timezone.now(),
        lease=None,
        **fields,
    )


def _log(action, delivery, user) -> None:
    audit.record(
        action,
        user,
        source=delivery.source,
        sha256=delivery.original.sha256,
        detail=delivery.file_name,
    )
