from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils import timezone


class SearchEntryQuerySet(models.QuerySet):
    def current(self):
        """Entries whose page has not expired since it was indexed."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))

    def of(self, thing):
        """The entry of a page, document or other thing (none or one)."""
        from pluginnovation.site.search.indexing import key_of

        content_type, object_id = key_of(thing)
        return self.filter(content_type=content_type, object_id=object_id)


class SearchEntry(models.Model):
    """What search knows of one public page, document or risk factor.

    ``vector`` holds the terms of the words (``search.words``) with their places: those of the
    title first, then the summary's and the body's, counted as ``search.vectors`` does.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField()
    kind = models.CharField("slag", max_length=60, db_index=True)
    title = models.CharField("titel", max_length=255)
    # Slugs may be long and hold Swedish letters, three characters for each byte of them.
    url = models.TextField("adress")
    summary = models.TextField("sammanfattning", blank=True)
    body = models.TextField("text", blank=True)
    date = models.DateField("senast ändrad", null=True, blank=True)
    expires_at = models.DateTimeField("går ut", null=True, blank=True)
    weight = models.FloatField("vikt", default=1.0)
    vector = SearchVectorField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "sökpost"
        verbose_name_plural = "sökposter"
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="one_search_entry_each"
            )
        ]
        indexes = [GinIndex(fields=["vector"], name="search_vector")]

    def __str__(self):
        return self.title
