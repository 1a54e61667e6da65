from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone


class Source(models.Model):
    """Who sends records and owns them: the other half of an interruption's id."""

    class Kind(models.TextChoices):
        ORGANISER = "organiser", "Huvudman"
        MUNICIPALITY = "municipality", "Kommun"
        REGION = "region", "Region"

    code = models.SlugField("kod", max_length=40, unique=True)
    name = models.CharField("namn", max_length=120)
    kind = models.CharField("slag", max_length=12, choices=Kind.choices)
    synthetic = models.BooleanField(
        "syntetisk", default=False, help_text="Uppgifterna är påhittade och visas med det ordet."
    )
    municipalities = models.ManyToManyField(
        "core.Municipality",
        verbose_name="kommuner",
        blank=True,
        related_name="+",
        help_text="De hemkommuner som källan får rapportera om. Ingen vald betyder alla.",
    )
    senders = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name="uppgiftslämnare",
        blank=True,
        related_name="sources",
        help_text="De som får skicka in källans filer.",
    )
    needs_approval = models.BooleanField(
        "ska godkännas av en annan",
        default=False,
        help_text="En statistikansvarig som inte själv har skickat filen godkänner den först.",
    )
    school_units = ArrayField(
        models.CharField(max_length=8),
        verbose_name="skolenheter som källan får rapportera",
        default=list,
        blank=True,
        help_text="Skolenhetskoder. Skolenheten i varje rad ska vara en av dem. Tomt: alla.",
    )
    # By kind of file: the header as squashed -> the column, or "" for one that is not read.
    column_names = models.JSONField("kolumnernas namn hos källan", default=dict, blank=True)

    class Meta:
        verbose_name = "källa"
        verbose_name_plural = "källor"
        ordering = ["name"]

    def __str__(self):
        return self.name


class ImportBatchQuerySet(models.QuerySet):
    def in_force(self):
        """Those that count: taken in and not withdrawn."""
        return self.filter(withdrawn_at=None)

    def in_order(self):
        """The order in which later ones replace earlier ones."""
        return self.order_by("taken_in_at", "id")


class ImportBatch(models.Model):
    """One file that was taken in. Never deleted; a withdrawn one no longer counts."""

    class Kind(models.TextChoices):
        INTERRUPTIONS = "interruptions", "Avbrott"
        ACTIVITIES = "activities", "Aktiviteter"
        STUDENTS = "students", "Elever"
        SCHOOL_UNITS = "school_units", "Skolenheter"

    source = models.ForeignKey(
        Source, verbose_name="källa", on_delete=models.PROTECT, related_name="batches"
    )
    kind = models.CharField("slag", max_length=13, choices=Kind.choices)
    file_name = models.CharField("filnamn", max_length=255)
    # With the key of the installation: see ``pseudonyms.file_key``.
    sha256 = models.CharField("kontrollsumma", max_length=64)
    size = models.PositiveBigIntegerField("storlek i byte")
    data_date = models.DateField("senaste händelse", null=True, blank=True)
    taken_in_at = models.DateTimeField("intagen", default=timezone.now)
    withdrawn_at = models.DateTimeField("återtagen", null=True, blank=True)
    rows = models.PositiveIntegerField("rader", default=0)
    new = models.PositiveIntegerField("nya", default=0)
    changed = models.PositiveIntegerField("ändrade", default=0)
    unchanged = models.PositiveIntegerField("oförändrade", default=0)
    quarantined = models.PositiveIntegerField("i karantän", default=0)
    original = models.ForeignKey(
        "Original",
        verbose_name="originalfil",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="batches",
    )
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="intagen av",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    synthetic = models.BooleanField("syntetisk", default=False)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "leverans"
        verbose_name_plural = "leveranser"
        ordering = ["-taken_in_at", "-id"]
        indexes = [models.Index(fields=["source", "taken_in_at"], name="batch_in_order")]
        constraints = [
            models.CheckConstraint(
                name="batch_accounts_for_rows",
                condition=models.Q(
                    rows=models.F("new")
                    + models.F("changed")
                    + models.F("unchanged")
                    + models.F("quarantined")
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} från {self.source}: {self.file_name}"
