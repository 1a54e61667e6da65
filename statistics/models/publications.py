from django.contrib.postgres.fields import ArrayField
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
    # Which tables are new, and which codes came and went: ``publication.told``.
    changes = models.JSONField("vad som ändrades", default=dict, blank=True)
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


class PublicationBasis(models.Model):
    """What a publication was made of, so that its set of records can be derived again.

    ``batches`` are the deliveries that counted. ``states`` says for each rhythm which
    publication's basis holds for which block of records (``publication.record_sets``). Not
    for the public: it tells where little has changed.
    """

    publication = models.OneToOneField(
        Publication, on_delete=models.CASCADE, related_name="basis", to_field="number"
    )
    batches = ArrayField(models.BigIntegerField(), verbose_name="leveranser")
    until = models.DateField("datadatum")
    states = models.JSONField("läge per grupp av uppgifter")

    class Meta:
        verbose_name = "publiceringens underlag"
        verbose_name_plural = "publiceringarnas underlag"

    def __str__(self):
        return f"Underlag till publicering {self.publication_id}"
