from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from knowledge.choices import ToolKind
from pluginnovation.core.models import BasePage

from .tools import ToolPage
from .vocabularies import TEXT_FEATURES


class StepByStep(models.Model):
    """The fields of a tool that is read from beginning to end."""

    printed_as = "steps"

    when = RichTextField("när", blank=True, features=TEXT_FEATURES)
    for_whom = RichTextField("för vem", blank=True, features=TEXT_FEATURES)
    time = models.CharField("tid", max_length=400, blank=True)
    cost = models.CharField("kostnad", max_length=400, blank=True)
    pitfalls = RichTextField("se upp med", blank=True, features=TEXT_FEATURES)
    body = RichTextField("mer att veta", blank=True, features=TEXT_FEATURES)

    text_panels = [
        FieldPanel("when"),
        FieldPanel("for_whom"),
        InlinePanel("steps", heading="Gör så här", label="Steg"),
        FieldPanel("time"),
        FieldPanel("cost"),
        FieldPanel("pitfalls"),
        FieldPanel("body"),
    ]

    # What stands above the steps on the page and in print.
    steps_heading = "Gör så här"

    class Meta:
        abstract = True

    def search_text(self):
        steps = "".join(f"<h3>{step.heading}</h3>{step.body}" for step in self.steps.all())
        return f"{self.when}{self.for_whom}{steps}{self.pitfalls}{self.body}"


class Step(Orderable):
    heading = models.CharField("rubrik", max_length=160)
    body = RichTextField("text", blank=True, features=TEXT_FEATURES)

    panels = [FieldPanel("heading"), FieldPanel("body")]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = "steg"
        verbose_name_plural = "steg"


class MethodPage(StepByStep, ToolPage):  # noqa: DJ008 (Page has one)
    """A way of working, step by step."""

    template = "knowledge/method.html"
    content_panels = [
        *BasePage.content_panels,
        *StepByStep.text_panels,
        ToolPage.illustration_panel,
        ToolPage.attachments_panel,
        ToolPage.sorting_panel,
    ]

    class Meta:
        verbose_name = "metod"
        verbose_name_plural = "metoder"

    def full_clean(self, *args, **kwargs):
        self.tool_kind = ToolKind.METHOD
        super().full_clean(*args, **kwargs)


class MethodStep(Step):
    page = ParentalKey(MethodPage, on_delete=models.CASCADE, related_name="steps")


class GuidelinePage(StepByStep, ToolPage):  # noqa: DJ008
    """A guideline to decide on, or information to know."""

    template = "knowledge/method.html"

    is_information = models.BooleanField(
        "är information",
        default=False,
        help_text="Kryssa i om sidan berättar något att veta och inte är en riktlinje att följa.",
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("is_information"),
        *StepByStep.text_panels,
        ToolPage.illustration_panel,
        ToolPage.attachments_panel,
        ToolPage.sorting_panel,
    ]

    class Meta:
        verbose_name = "riktlinje eller information"
        verbose_name_plural = "riktlinjer och information"

    @property
    def steps_heading(self) -> str:
        """Information has points to know, nothing to do one after the other."""
        return "Punkt för punkt" if self.is_information else super().steps_heading

    def full_clean(self, *args, **kwargs):
        self.tool_kind = ToolKind.INFORMATION if self.is_information else ToolKind.GUIDELINE
        super().full_clean(*args, **kwargs)


class GuidelineStep(Step):
    page = ParentalKey(GuidelinePage, on_delete=models.CASCADE, related_name="steps")
