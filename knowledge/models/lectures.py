from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtailmedia.edit_handlers import MediaChooserPanel

from knowledge.choices import LibraryKind
from knowledge.forms import PublishingForm
from knowledge.webvtt import read_cues
from pluginnovation.core.models import BasePage

from .library import LibraryItem
from .vocabularies import TEXT_FEATURES

NO_CAPTIONS = (
    "Filmen saknar textning. Den som är döv, har ljudet avstängt eller söker efter ett ord i "
    "filmen behöver den. Lägg till en WebVTT-fil på filmen innan föreläsningen publiceras."
)

NO_TRANSCRIPT = (
    "Filmens textning går inte att läsa, så sidan får ingen utskrift av det som sägs. "
    "Byt till en WebVTT-fil med tider och text innan föreläsningen publiceras."
)


class LectureIndexPage(BasePage):
    parent_page_types = ["knowledge.LibraryIndexPage"]
    subpage_types = ["knowledge.LecturePage"]
    max_count = 1
    template = "knowledge/item_index.html"
    kind = "Översikt"

    class Meta:
        verbose_name = "filmade föreläsningar"

    def get_context(self, request, *args, **kwargs):
        from knowledge.library_list import browse_library

        browse = browse_library(request.GET, kind=LibraryKind.LECTURE)
        return super().get_context(request, *args, **kwargs) | {"browse": browse}


class LecturePage(LibraryItem):
    """A filmed lecture with captions, chapters and the transcript that the captions make."""

    parent_page_types = ["knowledge.LectureIndexPage"]
    subpage_types = []
    base_form_class = PublishingForm
    template = "knowledge/lecture.html"

    media = models.ForeignKey(
        "core.SiteMedia",
        verbose_name="film",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="lectures",
        help_text="Med textning i WebVTT. Utan textning går föreläsningen inte att publicera.",
    )
    speaker = models.CharField("föreläsare", max_length=200, blank=True)
    recorded = models.DateField("inspelad", null=True, blank=True)
    seconds = models.PositiveIntegerField("längd i sekunder", default=0)
    synthetic_voice = models.BooleanField("rösten är syntetisk", default=False)
    body = RichTextField("om föreläsningen", blank=True, features=TEXT_FEATURES)
    works = ParentalManyToManyField(
        "knowledge.LiteraturePage", verbose_name="litteratur", blank=True, related_name="lectures"
    )
    # The captions as [start, end, text]; kept so that page and search need not read the file.
    cues = models.JSONField(default=list, editable=False)

    content_panels = [
        *BasePage.content_panels,
        MediaChooserPanel("media", media_type="video"),
        MultiFieldPanel(
            [
                FieldPanel("speaker"),
                FieldPanel("synthetic_voice"),
                FieldPanel("recorded"),
                FieldPanel("seconds"),
            ],
            "Om inspelningen",
        ),
        InlinePanel("chapters", heading="Kapitel", label="Kapitel"),
        FieldPanel("body"),
        LibraryItem.sorting_panel,
        FieldPanel("works"),
    ]

    class Meta:
        verbose_name = "föreläsning"
        verbose_name_plural = "föreläsningar"

    def clean(self):
        """A live lecture needs a film with captions; a draft does not."""
        super().clean()
        if self.live and (errors := self.missing_for_readers()):
            raise ValidationError(errors)

    def missing_for_readers(self) -> dict[str, str]:
        """What keeps the page from being live, by field."""
        if not (self.media and self.media.captions):
            return {"media": NO_CAPTIONS}
        return {} if read_cues(self.media) else {"cues": NO_TRANSCRIPT}

    def derived(self):
        self.cues = read_cues(self.media)
        return {
            "item_kind": LibraryKind.LECTURE,
            "year": self.recorded.year if self.recorded else None,
            "who": self.speaker,
        }

    def search_text(self):
        return f"{self.body} {' '.join(text for _, _, text in self.cues)}"

    @property
    def poster_url(self) -> str:
        return self.media.thumbnail.url if self.media and self.media.thumbnail else ""

    def get_context(self, request, *args, **kwargs):
        from knowledge.lecture_view import lecture_context

        return super().get_context(request, *args, **kwargs) | lecture_context(self, request)


class LectureChapter(Orderable):
    page = ParentalKey(LecturePage, on_delete=models.CASCADE, related_name="chapters")
    at = models.PositiveIntegerField("börjar vid sekund")
    title = models.CharField("rubrik", max_length=120)

    panels = [FieldPanel("at"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        verbose_name = "kapitel"
        verbose_name_plural = "kapitel"
        ordering = ["at"]
