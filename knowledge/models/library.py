from django import forms
from django.db import models
from django.utils.functional import cached_property
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from knowledge.choices import LANGUAGES, Grade, LibraryKind
from knowledge.text import folded_words
from pluginnovation.core.models import BasePage

from .vocabularies import TEXT_FEATURES

CHECKBOXES = forms.CheckboxSelectMultiple


class LibraryIndexPage(BasePage):
    """``/forskning/``: lectures, literature and summaries in one list."""

    parent_page_types = ["site.HomePage"]
    subpage_types = [
        "knowledge.LectureIndexPage",
        "knowledge.LiteratureIndexPage",
        "knowledge.SummaryIndexPage",
    ]
    max_count = 1
    template = "knowledge/library_index.html"
    kind = "Översikt"

    evidence_rule = RichTextField(
        "så sätter vi styrkan",
        blank=True,
        features=TEXT_FEATURES,
        help_text="Regeln bakom graderna. Visas på varje sammanfattning.",
    )

    content_panels = [*BasePage.content_panels, FieldPanel("evidence_rule")]

    class Meta:
        verbose_name = "bibliotek"

    def search_text(self):
        return self.evidence_rule

    def get_context(self, request, *args, **kwargs):
        from knowledge.library_list import library_context

        listed = library_context(request.GET)
        self.near(listed["browse"].items)
        return super().get_context(request, *args, **kwargs) | listed


class LibraryItem(BasePage):
    """What lectures, literature and summaries share, in one table so that they make one list.

    ``item_kind``, ``year``, ``who`` and ``words`` follow from the other fields and are set when
    the page is saved; lists and filters read them and nothing else.
    """

    is_creatable = False

    factors = ParentalManyToManyField(
        "knowledge.FactorPage",
        verbose_name="framgångsfaktorer",
        blank=True,
        related_name="library_items",
    )
    risk_factors = ParentalManyToManyField(
        "knowledge.RiskFactor",
        verbose_name="riskfaktorer",
        blank=True,
        related_name="library_items",
    )
    subjects = ParentalManyToManyField(
        "knowledge.Subject", verbose_name="ämnen", blank=True, related_name="library_items"
    )
    language = models.CharField(
        "språk", max_length=2, blank=True, choices=list(LANGUAGES.items()), default="sv"
    )
    country = models.CharField("land", max_length=60, blank=True, help_text="På svenska.")
    grade = models.CharField("styrka", max_length=20, blank=True, choices=Grade.choices)
    item_kind = models.CharField("slag", max_length=20, choices=LibraryKind.choices, editable=False)
    year = models.PositiveSmallIntegerField("år", null=True, editable=False)
    who = models.CharField("av", max_length=255, blank=True, editable=False)
    words = models.TextField(blank=True, editable=False)

    sorting_panel = MultiFieldPanel(
        [
            FieldPanel("factors", widget=CHECKBOXES),
            FieldPanel("risk_factors", widget=CHECKBOXES),
            FieldPanel("subjects", widget=CHECKBOXES),
        ],
        "Hör ihop med",
        help_text="Styr var sidan syns och hur den går att filtrera fram.",
    )

    class Meta:
        verbose_name = "post i biblioteket"
        indexes = [models.Index(fields=["item_kind", "-year"], name="library_kind_year")]

    @property
    def kind(self) -> str:
        return self.get_item_kind_display()

    def derived(self) -> dict:
        """The values of ``item_kind``, ``year`` and ``who``; each kind of page has its own."""
        return {}

    def save(self, *args, **kwargs):
        for name, value in self.derived().items():
            setattr(self, name, value)
        self.words = folded_words(
            f"{self.title} {self.summary} {self.who} {self.country} {self.search_text()}"
        )
        super().save(*args, **kwargs)

    @cached_property
    def beside(self) -> dict:
        from knowledge.reading import library_item_context

        return library_item_context(self)

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | self.beside
