from django.db import models
from django.utils import timezone


class PublicationQuerySet(models.QuerySet):
    def in_force(self):
        """Those that are not withdrawn, the newest first."""
        return self.filter(withdrawn_at=None).order_by("-number")


class Publication(models.Model):
    """What the public may see, since when: protected counts, numbered, kept for ever."""

    # Of the tables of this app the public's database role has only those that say so.
    public_may = "SELECT"

    number = models.PositiveIntegerField("nummer", unique=True)
    data_date = models.DateField("datadatum")
    published_at = models.DateTimeField("publicerad", default=timezone.now)
    synthetic = models.BooleanField("syntetisk", default=False)
    # Emptied where the publication is withdrawn.
    cells = models.BinaryField("celler")
    note = models.TextField("anmärkning", blank=True)
    withdrawn_at = models.DateTimeField("indragen", null=True, blank=True)
    withdrawn_because = models.TextField("varför den är indragen", blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "publicering"
        verbose_name_plural = "publiceringar"
        ordering = ["-number"]
        get_latest_by = "number"

    def __str__(self):
        return f"Publicering {self.number}"
