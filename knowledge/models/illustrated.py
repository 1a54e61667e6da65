from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel


class Illustrated(models.Model):
    """A picture that says what the text says. The words for it are the picture's own."""

    illustration = models.ForeignKey(
        "core.SiteImage",
        verbose_name="bild",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="En teckning eller ett enkelt diagram. Bildens beskrivning läses upp.",
    )
    illustration_caption = models.CharField(
        "bildtext", max_length=300, blank=True, help_text="Vad bilden säger, och källan."
    )

    illustration_panel = MultiFieldPanel(
        [FieldPanel("illustration"), FieldPanel("illustration_caption")], "Bild"
    )

    class Meta:
        abstract = True
