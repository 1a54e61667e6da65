from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtailmedia.edit_handlers import MediaChooserPanel

from knowledge.choices import LibraryKind
from knowledge.embeds import Embed, embed_of
from knowledge.forms import PublishingForm
from knowledge.webvtt import cues_of, read_cues
from pluginnovation.core.models import BasePage

from .library import LibraryItem
from .vocabularies import TEXT_FEATURES

NO_FILM = "Välj en film, eller skriv adressen till en film hos YouTube eller Vimeo."
NO_EMBED = (
    "Adressen leder inte till en film hos YouTube eller Vimeo. Kopiera den från filmens sida."
)
NO_EMBED_CAPTIONS = (
    "Filmens text saknas. Den som inte kan se eller höra filmen behöver den, och bara genom den "
    "går filmen att söka i. Klistra in textningen i WebVTT-format innan föreläsningen publiceras."
)
NO_CUES = (
    "Här finns inga repliker i WebVTT-format. En replik har en rad som 00:01.000 --> 00:04.000."
)
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
        from knowledge.library_list import library_context

        listed = library_context(request.GET, LibraryKind.LECTURE)
        self.near(listed["browse"].items)
        return super().get_context(request, *args, **kwargs) | listed


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
    embed_url = models.URLField(
        "eller film hos YouTube eller Vimeo",
        max_length=300,
        blank=True,
        help_text="Filmens adress. Den hämtas först när besökaren har valt att visa den.",
    )
    embed_captions = models.TextField(
        "textning till filmen hos YouTube eller Vimeo",
        blank=True,
        help_text="I WebVTT-format. Blir texten bredvid filmen, med tider.",
    )
    slides = models.ForeignKey(
        "core.SiteDocument",
        verbose_name="bilder",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="lectures",
        help_text="Föreläsarens bildspel, helst som PDF.",
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
        MultiFieldPanel(
            [
                MediaChooserPanel("media", media_type="video"),
                InlinePanel("qualities", heading="Fler kvaliteter", label="Kvalitet"),
                FieldPanel("embed_url"),
                FieldPanel("embed_captions"),
            ],
            "Film",
        ),
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
        FieldPanel("slides"),
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
        errors = {}
        if self.embed_url and not embed_of(self.embed_url):
            errors["embed_url"] = NO_EMBED
        if self.embed_captions.strip() and not cues_of(self.embed_captions):
            errors["embed_captions"] = NO_CUES
        if self.live:
            errors = self.missing_for_readers() | errors
        if errors:
            raise ValidationError(errors)

    def missing_for_readers(self) -> dict[str, str]:
        """What keeps the page from being live, by field."""
        if self.media and self.media.captions:
            return {} if read_cues(self.media) else {"cues": NO_TRANSCRIPT}
        if self.media:
            return {"media": NO_CAPTIONS}
        if self.embed_url:
            return {} if cues_of(self.embed_captions) else {"embed_captions": NO_EMBED_CAPTIONS}
        return {"media": NO_FILM}

    @property
    def embed(self) -> Embed | None:
        """The film at YouTube or Vimeo, where the lecture has no film of its own."""
        return None if self.media_id else embed_of(self.embed_url)

    def derived(self):
        self.cues = read_cues(self.media) if self.media else cues_of(self.embed_captions)
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

    def serve(self, request, *args, **kwargs):
        """A page that shows a film from elsewhere may load a frame from there, and no other may."""
        response = super().serve(request, *args, **kwargs)
        if self.embed and request.GET.get("visa") == "film":
            response._csp_update = {"frame-src": [self.embed.origin]}
        return response

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


class LectureQuality(Orderable):
    """The film once more, in another size: for a slow line, or for a large screen."""

    page = ParentalKey(LecturePage, on_delete=models.CASCADE, related_name="qualities")
    name = models.SlugField(
        "kvalitet", max_length=20, help_text="Bildens höjd, som 360p eller 1080p."
    )
    media = models.ForeignKey(
        "core.SiteMedia", verbose_name="film", on_delete=models.CASCADE, related_name="qualities"
    )

    panels = [FieldPanel("name"), MediaChooserPanel("media", media_type="video")]

    class Meta(Orderable.Meta):
        verbose_name = "kvalitet"
        verbose_name_plural = "kvaliteter"
