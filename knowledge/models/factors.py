from django import forms
from django.db import models
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from knowledge.choices import Level, Prevention, Role, labels
from knowledge.fields import ChoiceArrayField
from pluginnovation.core.models import BasePage

from .illustrated import Illustrated
from .vocabularies import TEXT_FEATURES

SLUG_HELP = "Små bokstäver a–z, siffror och bindestreck. Länkar pekar hit, så ändra inte i onödan."


class FactorIndexPage(RoutablePageMixin, BasePage):
    """``/framgangsfaktorer/``: the factors, and the matrix of factors and levels."""

    parent_page_types = ["site.HomePage"]
    subpage_types = ["knowledge.FactorPage"]
    max_count = 1
    template = "knowledge/factor_index.html"
    kind = "Översikt"

    body = RichTextField("text", blank=True, features=TEXT_FEATURES)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = "översikt över framgångsfaktorer"

    def search_text(self):
        return self.body

    def get_context(self, request, *args, **kwargs):
        from knowledge.reading import factor_matrix

        return super().get_context(request, *args, **kwargs) | {"rows": factor_matrix(self)}

    @path("rad/")
    def advice(self, request):
        """All guidance and tools in one list, by factor, level, role and prevention level."""
        from knowledge.advice_list import browse_advice

        context = super().get_context(request) | {
            "browse": browse_advice(request.GET),
            "breadcrumb_title": "Alla råd och verktyg",
            "breadcrumbs": [*self.breadcrumbs(), self],
        }
        return TemplateResponse(request, "knowledge/advice_index.html", context)


class FactorPage(Illustrated, RoutablePageMixin, BasePage):
    """One success factor: why it matters, and what to do at each level."""

    parent_page_types = ["knowledge.FactorIndexPage"]
    subpage_types = [
        "knowledge.MethodPage",
        "knowledge.GuidelinePage",
        "knowledge.ChecklistPage",
        "knowledge.QuestionnairePage",
    ]
    template = "knowledge/factor.html"
    kind = "Framgångsfaktor"

    tagline = models.CharField(
        "med få ord", max_length=45, blank=True, help_text="Högst 45 tecken. Står på faktorns kort."
    )
    why = RichTextField(
        "varför det spelar roll",
        blank=True,
        features=TEXT_FEATURES,
        help_text="150–300 ord. Länka till verken i biblioteket.",
    )
    reflection_intro = models.TextField("inledning till självskattningen", blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("tagline"),
        FieldPanel("why"),
        Illustrated.illustration_panel,
        InlinePanel("guidance", heading="Vägledning", label="Råd"),
        InlinePanel("research", heading="Vad forskningen säger", label="Verk"),
        MultiFieldPanel(
            [FieldPanel("reflection_intro"), InlinePanel("statements", label="Påstående")],
            "Självskattning",
        ),
    ]

    class Meta:
        verbose_name = "framgångsfaktor"
        verbose_name_plural = "framgångsfaktorer"

    def search_text(self):
        items = "".join(f"<h3>{item.heading}</h3>{item.body}" for item in self.guidance.all())
        return f"{self.tagline} {self.why}{items}"

    @cached_property
    def beside(self) -> dict:
        from knowledge.reading import factor_context

        return factor_context(self)

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | self.beside

    @path("sjalvskattning/")
    def reflection(self, request):
        """Statements to answer in the browser; nothing is sent anywhere."""
        from knowledge.reading import reflection_context

        context = super().get_context(request) | reflection_context(self)
        return TemplateResponse(request, "knowledge/reflection.html", context)

    @property
    def css_class(self) -> str:
        return f"factor--{self.slug}"

    @property
    def picture(self) -> str:
        return f"img/factors/{self.slug}.svg"


class GuidanceItem(ClusterableModel, Orderable):
    """One piece of advice at one level, with an address of its own: ``#<slug>``."""

    page = ParentalKey(FactorPage, on_delete=models.CASCADE, related_name="guidance")
    level = models.CharField("nivå", max_length=20, choices=Level.choices)
    heading = models.CharField("rubrik", max_length=120)
    slug = models.SlugField("ankare", max_length=80, help_text=SLUG_HELP)
    body = RichTextField("text", features=TEXT_FEATURES, help_text="70–180 ord.")
    roles = ChoiceArrayField(choices=Role.choices, verbose_name="för vem")
    prevention = ChoiceArrayField(choices=Prevention.choices, verbose_name="förebyggande nivå")
    works = ParentalManyToManyField(
        "knowledge.LiteraturePage",
        verbose_name="litteratur",
        blank=True,
        related_name="guidance_items",
    )

    panels = [
        FieldPanel("level"),
        FieldPanel("heading"),
        FieldPanel("slug"),
        FieldPanel("body"),
        FieldPanel("roles", widget=forms.CheckboxSelectMultiple),
        FieldPanel("prevention", widget=forms.CheckboxSelectMultiple),
        FieldPanel("works"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "råd"
        verbose_name_plural = "råd"

    def __str__(self):
        return self.heading

    @property
    def url(self) -> str:
        return f"{self.page.url}#{self.slug}"

    @property
    def role_labels(self) -> list[str]:
        return labels(Role, self.roles)

    @property
    def prevention_labels(self) -> list[str]:
        return labels(Prevention, self.prevention)


class FactorResearch(Orderable):
    """What one work says about the factor, in one sentence."""

    page = ParentalKey(FactorPage, on_delete=models.CASCADE, related_name="research")
    work = models.ForeignKey(
        "knowledge.LiteraturePage",
        verbose_name="verk",
        on_delete=models.CASCADE,
        related_name="factor_lines",
    )
    line = models.TextField("vad verket säger", max_length=400)

    panels = [PageChooserPanel("work"), FieldPanel("line")]

    class Meta(Orderable.Meta):
        verbose_name = "rad om forskning"
        verbose_name_plural = "rader om forskning"


class ReflectionStatement(Orderable):
    """A statement to agree with or not; ``guidance`` is the anchor of the advice to read."""

    page = ParentalKey(FactorPage, on_delete=models.CASCADE, related_name="statements")
    text = models.CharField("påstående", max_length=300)
    guidance = models.SlugField("rådets ankare", max_length=80, blank=True)

    panels = [FieldPanel("text"), FieldPanel("guidance")]

    class Meta(Orderable.Meta):
        verbose_name = "påstående"
        verbose_name_plural = "påståenden"

    def __str__(self):
        return self.text
