"""What is kept beside the records: original files, rows that wait, protocols of deletion."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .batches import ImportBatch, Source


class Original(models.Model):
    """A file as it was sent in: encrypted, outside the database, for a set number of days.

    The row stays when the file is gone. ``sha256`` is keyed (``pseudonyms.file_key``).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(
        Source, verbose_name="källa", on_delete=models.PROTECT, related_name="originals"
    )
    file_name = models.CharField("filnamn", max_length=255)
    sha256 = models.CharField("kontrollsumma", max_length=64)
    size = models.PositiveBigIntegerField("storlek i byte")
    received_at = models.DateTimeField("mottagen", default=timezone.now)
    received_from = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="mottagen från",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    keep_until = models.DateTimeField("sparas till")
    removed_at = models.DateTimeField("borttagen", null=True, blank=True)

    class Meta:
        verbose_name = "originalfil"
        verbose_name_plural = "originalfiler"
        ordering = ["-received_at"]

    def __str__(self):
        return self.file_name

    @property
    def is_kept(self) -> bool:
        return self.removed_at is None


class QuarantinedRowQuerySet(models.QuerySet):
    def waiting(self):
        """Those that nothing has settled: no later row in force, nobody by hand."""
        settled = Q(resolved_by__isnull=False, resolved_by__withdrawn_at=None)
        return self.filter(batch__withdrawn_at=None, dismissed_at=None).exclude(settled)


class QuarantinedRow(models.Model):
    """A row that was not right when the others of its file were taken in.

    ``values`` are its columns without ``elev``, personal numbers blotted out; ``findings`` is
    what was wrong (``Finding.as_dict``). ``key`` says what the row is about, or stands for
    the row itself where it did not say that: a later row of the source with the same key
    settles it. ``since`` is when the first one with the key was held.
    Read what waits from ``objects.waiting()``: a withdrawn delivery settles nothing.
    """

    batch = models.ForeignKey(
        ImportBatch, verbose_name="leverans", on_delete=models.PROTECT, related_name="held_rows"
    )
    source = models.ForeignKey(
        Source, verbose_name="källa", on_delete=models.PROTECT, related_name="held_rows"
    )
    kind = models.CharField("slag", max_length=13, choices=ImportBatch.Kind.choices)
    row_number = models.PositiveIntegerField("rad")
    key = models.CharField("gäller", max_length=200)
    values = models.JSONField("värden")
    findings = models.JSONField("fel")
    since = models.DateTimeField("sedan", default=timezone.now)
    resolved_by = models.ForeignKey(
        ImportBatch,
        verbose_name="löst av leverans",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="resolved_rows",
    )
    dismissed_at = models.DateTimeField("avfärdad", null=True, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="avfärdad av",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = QuarantinedRowQuerySet.as_manager()

    class Meta:
        verbose_name = "rad i karantän"
        verbose_name_plural = "rader i karantän"
        ordering = ["since", "batch", "row_number"]
        indexes = [models.Index(fields=["source", "kind", "key"], name="held_row_by_key")]
        constraints = [
            models.UniqueConstraint(fields=["batch", "row_number"], name="held_once_in_a_batch"),
            models.CheckConstraint(
                name="held_row_keeps_no_student", condition=~Q(values__has_key="elev")
            ),
        ]

    def __str__(self):
        return f"Rad {self.row_number} i leverans {self.batch_id}"

    @property
    def days(self) -> int:
        """How long it has waited."""
        return (timezone.now() - self.since).days


class RetentionProtocol(models.Model):
    """One line of what retention deleted: what, how much, by which rule; about nobody."""

    class What(models.TextChoices):
        INTERRUPTIONS = "interruptions", "Versioner av avbrott"
        ACTIVITIES = "activities", "Aktiviteter"
        HELD_ROWS = "held_rows", "Rader i karantän"
        ORIGINALS = "originals", "Originalfiler"

    deleted_at = models.DateTimeField("när", default=timezone.now)
    what = models.CharField("vad", max_length=13, choices=What.choices)
    rule = models.CharField("regel", max_length=200)
    before = models.DateField("äldre än")
    source = models.ForeignKey(
        Source,
        verbose_name="källa",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    count = models.PositiveIntegerField("antal")

    class Meta:
        verbose_name = "gallringsprotokoll"
        verbose_name_plural = "gallringsprotokoll"
        ordering = ["-deleted_at", "id"]

    def __str__(self):
        return f"{self.deleted_at:%Y-%m-%d}: {self.count} {self.get_what_display()}"
