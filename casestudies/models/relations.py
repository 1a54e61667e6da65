"""The sources that hang on a case study."""

from django.core.validators import RegexValidator
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable


class CaseSource(Orderable):
    """Where a fact comes from. Texts name it by its key in brackets."""

    case = ParentalKey(
        "casestudies.CaseStudyPage", on_delete=models.CASCADE, related_name="sources"
    )
    key = models.CharField(
        "nyckel",
        max_length=6,
        validators=[RegexValidator(r"^S\d{1,4}$", "Skriv S och ett nummer, till exempel S3.")],
        help_text="Till exempel S3. Skriv [S3] efter det påstående i texten som källan styrker.",
    )
    title = models.CharField("titel", max_length=250)
    url = models.URLField("adress", max_length=500, blank=True)
    read = models.DateField("läst den", null=True, blank=True)

    panels = [FieldPanel("key"), FieldPanel("title"), FieldPanel("url"), FieldPanel("read")]

    class Meta(Orderable.Meta):
        verbose_name = "källa"
        verbose_name_plural = "källor"
        constraints = [
            models.UniqueConstraint(fields=["case", "key"], name="one_source_per_key"),
        ]

    def __str__(self):
        return f"{self.key}: {self.title}"
