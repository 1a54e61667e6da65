from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField

from knowledge.choices import Level, LibraryKind, MethodKind, labels
from knowledge.fields import ChoiceArrayField
from knowledge.forms import PublishingForm
from knowledge.text import host
from pluginnovation.core.models import BasePage

from .illustrated import Illustrated
from .library import CHECKBOXES, LibraryItem
from .vocabularies import TEXT_FEATURES


class SummaryIndexPage(BasePage):
    parent_page_types = ["knowledge.LibraryIndexPage"]
    subpage_types = ["knowledge.SummaryPage"]
    max_count = 1
    template = "knowledge/item_index.html"
    kind = "Översikt"

    class Meta:
        verbose_name = "sammanfattningar"

    def get_context(self, request, *args, **kwargs):
        from knowledge.library_list import library_context

        listed = library_context(request.GET, LibraryKind.SUMMARY)
        self.near(listed["browse"].items)
        return super().get_context(request, *args, **kwargs) | listed


class SummaryPage(Illustrated, LibraryItem):
    """A study from somewhere in the world, told in Swedish for a school."""

    parent_page_types = ["knowledge.SummaryIndexPage"]
    subpage_types = []
    base_form_class = PublishingForm
    template = "knowledge/summary.html"

    work = models.ForeignKey(
        "knowledge.LiteraturePage",
        verbose_name="studien",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="summaries",
    )
    method = models.CharField("metod", max_length=400, blank=True)
    method_kind = models.CharField(
        "slag av metod", max_length=24, choices=MethodKind.choices, default=MethodKind.OTHER
    )
    population = models.CharField("vilka som undersöktes", max_length=400, blank=True)
    question = RichTextField("frågan", blank=True, features=TEXT_FEATURES)
    did = RichTextField("vad forskarna gjorde", blank=True, features=TEXT_FEATURES)
    result = RichTextField("resultat", blank=True, features=TEXT_FEATURES)
    limits = RichTextField("vad studien inte kan säga", blank=True, features=TEXT_FEATURES)
    meaning = RichTextField("vad det betyder här", blank=True, features=TEXT_FEATURES)
    grade_reason = models.CharField(
        "varför den styrkan", max_length=400, blank=True, help_text="En mening, enligt regeln."
    )
    original_url = models.URLField("originalet", max_length=500, blank=True)
    translated_by = models.CharField("översatt av", max_length=200, blank=True)
    reviewed_by = models.CharField("granskad av", max_length=200, blank=True)
    reviewed = models.DateField("granskad", null=True, blank=True)
    levels = ChoiceArrayField(choices=Level.choices, verbose_name="nivå")

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                PageChooserPanel("work"),
                FieldPanel("country"),
                FieldPanel("method"),
                FieldPanel("method_kind"),
                FieldPanel("population"),
                FieldPanel("original_url"),
            ],
            "Studien",
        ),
        FieldPanel("question"),
        FieldPanel("did"),
        FieldPanel("result"),
        Illustrated.illustration_panel,
        FieldPanel("limits"),
        FieldPanel("meaning"),
        MultiFieldPanel([FieldPanel("grade"), FieldPanel("grade_reason")], "Styrka"),
        MultiFieldPanel(
            [FieldPanel("translated_by"), FieldPanel("reviewed_by"), FieldPanel("reviewed")],
            "Vem som har översatt och granskat",
        ),
        LibraryItem.sorting_panel,
        FieldPanel("levels", widget=CHECKBOXES),
    ]

    class Meta:
        verbose_name = "sammanfattning"
        verbose_name_plural = "sammanfattningar"

    def clean(self):
        super().clean()
        errors = {}
        if self.grade and not self.grade_reason:
            errors["grade_reason"] = "Säg varför styrkan är den du har valt, enligt regeln."
        if self.live:
            errors |= self.missing_for_readers()
        if errors:
            raise ValidationError(errors)

    def missing_for_readers(self) -> dict[str, str]:
        """What keeps the page from being live, by field."""
        if self.work:
            return {}
        return {"work": "Välj den studie som sammanfattas. Den måste finnas i biblioteket."}

    def derived(self):
        return {
            "item_kind": LibraryKind.SUMMARY,
            "year": self.work.year if self.work else None,
            "who": self.work.who if self.work else "",
        }

    @property
    def link_host(self) -> str:
        return host(self.original_url)

    @property
    def level_labels(self) -> list[str]:
        return labels(Level, self.levels)

    def search_text(self):
        return f"{self.question}{self.did}{self.result}{self.limits}{self.meaning}"

    def get_context(self, request, *args, **kwargs):
        from knowledge.reading import summary_context

        return super().get_context(request, *args, **kwargs) | summary_context(self)
