"""A file on its way in: from the sender's browser to a batch, or to nothing.

The steps that a delivery may take stand in ``STEPS``; a trigger in the database holds them
too, so that two people, or two workers, cannot take different ones from the same place.
"""

import json
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .batches import ImportBatch, Source
from .keeping import Original


class DeliveryStatus(models.TextChoices):
    UPLOADED = "uploaded", "Väntar på att läsas"
    READING = "reading", "Läses"
    REPORTED = "reported", "Väntar på beslut"
    APPROVING = "approving", "Väntar på en andra person"
    DECIDING = "deciding", "Tas in"
    TAKEN_IN = "taken_in", "Intagen"
    LEFT = "left", "Lämnad"
    FAILED = "failed", "Gick inte att läsa"


_S = DeliveryStatus
STEPS = {
    _S.UPLOADED: {_S.READING, _S.LEFT, _S.FAILED},
    _S.READING: {_S.REPORTED, _S.FAILED},
    # Back to the beginning: columns were mapped by hand, or what holds has changed since.
    _S.REPORTED: {_S.UPLOADED, _S.APPROVING, _S.DECIDING, _S.LEFT},
    _S.APPROVING: {_S.UPLOADED, _S.REPORTED, _S.DECIDING, _S.LEFT},
    _S.DECIDING: {_S.UPLOADED, _S.TAKEN_IN, _S.FAILED},
    _S.FAILED: {_S.UPLOADED, _S.LEFT},
    _S.TAKEN_IN: set(),
    _S.LEFT: set(),
}
# Somebody's work is awaited: a worker's, or a person's.
UNDER_WAY = (_S.UPLOADED, _S.READING, _S.DECIDING)
OPEN = (*UNDER_WAY, _S.REPORTED, _S.APPROVING)
_DECIDED = (_S.APPROVING, _S.DECIDING, _S.TAKEN_IN)


class DeliveryDecision(models.TextChoices):
    ALL = "all", "Ta in alla rader"
    VALID = "valid", "Ta in de rätta raderna och håll de andra i karantän"
    LEAVE = "leave", "Ta inte in något"


class Delivery(models.Model):
    """One file that somebody sent in, what was found in it, and what was decided.

    ``report`` holds numbers, column names and sentences without values. ``lease`` is the
    worker that holds the delivery now; it tells that it lives by ``heartbeat_at``.
    """

    Status, Decision = DeliveryStatus, DeliveryDecision

    source = models.ForeignKey(
        Source, verbose_name="källa", on_delete=models.PROTECT, related_name="deliveries"
    )
    kind = models.CharField("slag", max_length=13, choices=ImportBatch.Kind.choices, blank=True)
    file_name = models.CharField("filnamn", max_length=255)
    size = models.PositiveBigIntegerField("storlek i byte")
    original = models.ForeignKey(
        Original, verbose_name="originalfil", on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField("inskickad", default=timezone.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="inskickad av",
        on_delete=models.PROTECT,
        related_name="+",
    )
    status = models.CharField(
        "status", max_length=9, choices=DeliveryStatus.choices, default=DeliveryStatus.UPLOADED
    )
    reason = models.CharField("orsak", max_length=1000, blank=True)
    report = models.JSONField("rapport", null=True, blank=True)

    # What the sender said that headers mean: header as shown -> column, "" for none.
    column_names = models.JSONField("kolumnernas namn", default=dict, blank=True)

    lease = models.UUIDField(null=True, editable=False)
    heartbeat_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    rows_read = models.PositiveIntegerField("lästa rader", default=0)
    rows_total = models.PositiveIntegerField("rader i filen", default=0)

    decision = models.CharField(
        "beslut", max_length=5, choices=DeliveryDecision.choices, blank=True
    )
    decided_at = models.DateTimeField("beslutad", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="beslutad av",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # As the source had it when the decision was made.
    needs_approval = models.BooleanField("ska godkännas av en annan", default=False)
    approved_at = models.DateTimeField("godkänd", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="godkänd av",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    finished_at = models.DateTimeField("avslutad", null=True, blank=True)
    batch = models.OneToOneField(
        ImportBatch,
        verbose_name="leverans",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="delivery",
    )

    class Meta:
        verbose_name = "inskickad fil"
        verbose_name_plural = "inskickade filer"
        ordering = ["-sent_at", "-id"]
        indexes = [models.Index(fields=["source", "-sent_at"], name="delivery_of_source")]
        constraints = [
            models.CheckConstraint(
                name="delivery_batch_when_taken_in",
                condition=Q(status=_S.TAKEN_IN, batch__isnull=False)
                | (~Q(status=_S.TAKEN_IN) & Q(batch=None)),
            ),
            models.CheckConstraint(
                name="delivery_failure_has_reason", condition=~Q(status=_S.FAILED) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="delivery_decided_upon_report",
                condition=~Q(status__in=(_S.REPORTED, *_DECIDED)) | Q(report__isnull=False),
            ),
            models.CheckConstraint(
                name="delivery_decided_by_somebody",
                condition=~Q(status__in=_DECIDED)
                | Q(
                    decided_by__isnull=False,
                    decision__in=(DeliveryDecision.ALL, DeliveryDecision.VALID),
                ),
            ),
            models.CheckConstraint(
                name="delivery_approved_by_another",
                condition=~Q(status__in=(_S.DECIDING, _S.TAKEN_IN), needs_approval=True)
                | (
                    Q(approved_by__isnull=False)
                    & ~Q(approved_by=F("decided_by"))
                    & ~Q(approved_by=F("sent_by"))
                ),
            ),
        ]

    def __str__(self):
        return f"{self.file_name} från {self.source}"

    @property
    def mark(self) -> str:
        """Of what whoever decides has read: the report, and what has been decided upon it."""
        read = [self.report, self.decision, f"{self.decided_at}"]
        return sha256(json.dumps(read, sort_keys=True).encode()).hexdigest()[:32]

    @property
    def is_under_way(self) -> bool:
        return self.status in UNDER_WAY

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


class DeliveryFinding(models.Model):
    """One thing that was found in one cell; kept until the delivery's original is deleted.

    ``group`` numbers the findings that say the same of the same column, as the report lists
    them. Values are as ``findings.shown`` makes them: short, no personal number, never ``elev``.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="findings")
    group = models.PositiveSmallIntegerField()
    row = models.PositiveIntegerField("rad")
    column = models.CharField("kolumn", max_length=200)
    value = models.CharField("värde", max_length=60, null=True)
    message = models.TextField("vad som är fel")

    class Meta:
        verbose_name = "anmärkning"
        verbose_name_plural = "anmärkningar"
        ordering = ["group", "row", "id"]
        indexes = [models.Index(fields=["delivery", "group", "row"], name="finding_of_delivery")]

    def __str__(self):
        return f"Rad {self.row}, {self.column}: {self.message}"
