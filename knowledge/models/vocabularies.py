from django import forms
from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.snippets.models import register_snippet

from .illustrated import Illustrated

TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


@register_snippet
class Subject(models.Model):
    """A subject of the library, shown at ``/amnen/<slug>/``."""

    title = models.CharField("ämne", max_length=80)
    slug = models.SlugField("adress", max_length=80, unique=True)
    description = models.TextField("beskrivning", blank=True)

    panels = [FieldPanel("title"), FieldPanel("slug"), FieldPanel("description")]

    class Meta:
        verbose_name = "ämne"
        verbose_name_plural = "ämnen"
        ordering = ["title"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/amnen/{self.slug}/"

    @property
    def summary(self) -> str:
        """What the search shows of it."""
        return self.description

    def search_text(self) -> str:
        return ""


@register_snippet
class RiskFactor(Illustrated, ClusterableModel):
    """One of the risk factors, shown at ``/riskfaktorer/<slug>/``."""

    title = models.CharField("riskfaktor", max_length=120)
    slug = models.SlugField("adress", max_length=80, unique=True)
    summary = models.TextField("sammanfattning", max_length=400, blank=True)
    intro = RichTextField("inledning", blank=True, features=TEXT_FEATURES)
    debate = RichTextField(
        "där forskningen är oense", blank=True, features=TEXT_FEATURES, help_text="Säg det rakt ut."
    )
    school = RichTextField("vad skolan kan göra", blank=True, features=TEXT_FEATURES)
    works = ParentalManyToManyField(
        "knowledge.LiteraturePage",
        verbose_name="litteratur",
        blank=True,
        related_name="on_risk_factors",
    )
    factors = ParentalManyToManyField(
        "knowledge.FactorPage",
        verbose_name="framgångsfaktorer",
        blank=True,
        related_name="against_risk_factors",
    )

    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("summary"),
        FieldPanel("intro"),
        InlinePanel("facts", heading="Fakta med källa", label="Faktum"),
        Illustrated.illustration_panel,
        FieldPanel("debate"),
        FieldPanel("school"),
        MultiFieldPanel(
            [
                FieldPanel("factors", widget=forms.CheckboxSelectMultiple),
                FieldPanel("works"),
            ],
            "Hör ihop med",
        ),
    ]

    class Meta:
        verbose_name = "riskfaktor"
        verbose_name_plural = "riskfaktorer"
        ordering = ["title"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/riskfaktorer/{self.slug}/"

    def search_text(self) -> str:
        """By what the search finds it beside title and summary; as pages have it."""
        facts = "".join(f"<p>{fact.text}</p>" for fact in self.facts.all())
        return f"{self.intro}{facts}{self.debate}{self.school}"


class RiskFactorFact(Orderable):
    """One finding with its year, country and source."""

    risk_factor = ParentalKey(RiskFactor, on_delete=models.CASCADE, related_name="facts")
    text = models.TextField("faktum")
    country = models.CharField("land", max_length=60, blank=True)
    year = models.CharField("år", max_length=20, blank=True)
    work = models.ForeignKey(
        "knowledge.LiteraturePage",
        verbose_name="litteratur",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="risk_facts",
    )
    source = models.CharField("källa", max_length=400, blank=True)
    url = models.URLField("källans adress", max_length=500, blank=True)

    panels = [
        FieldPanel("text"),
        FieldPanel("country"),
        FieldPanel("year"),
        PageChooserPanel("work"),
        FieldPanel("source"),
        FieldPanel("url"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "faktum"
        verbose_name_plural = "fakta"
