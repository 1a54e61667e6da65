from django import forms
from django.db import models
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Orderable

from knowledge.choices import Level, Prevention, Role, ToolKind, labels
from knowledge.fields import ChoiceArrayField
from pluginnovation.core.models import BasePage
from pluginnovation.core.pdf import pdf_response, render

from .illustrated import Illustrated

TOOL_PAGES = [
    "knowledge.MethodPage",
    "knowledge.GuidelinePage",
    "knowledge.ChecklistPage",
    "knowledge.QuestionnairePage",
]
CHECKBOXES = forms.CheckboxSelectMultiple


class ToolIndexPage(BasePage):
    """``/verktyg/``: all tools in one list, wherever in the tree they lie."""

    parent_page_types = ["site.HomePage"]
    subpage_types = TOOL_PAGES
    max_count = 1
    template = "knowledge/tool_index.html"
    kind = "Översikt"

    class Meta:
        verbose_name = "översikt över verktyg"

    def get_context(self, request, *args, **kwargs):
        from knowledge.tool_list import browse_tools

        return super().get_context(request, *args, **kwargs) | {"browse": browse_tools(request.GET)}


class ToolPage(Illustrated, RoutablePageMixin, BasePage):
    """What all tools share, in one table so that they make one list."""

    parent_page_types = ["knowledge.FactorPage", "knowledge.ToolIndexPage"]
    subpage_types = []
    is_creatable = False
    template = "knowledge/method.html"
    # Which parts its PDF has: a key of ``tool_documents.PARTS``.
    printed_as = ""

    tool_kind = models.CharField(
        "slag", max_length=20, choices=ToolKind.choices, default=ToolKind.METHOD, editable=False
    )
    factors = ParentalManyToManyField(
        "knowledge.FactorPage", verbose_name="framgångsfaktorer", blank=True, related_name="tools"
    )
    levels = ChoiceArrayField(choices=Level.choices, verbose_name="nivå")
    roles = ChoiceArrayField(choices=Role.choices, verbose_name="för vem")
    prevention = ChoiceArrayField(choices=Prevention.choices, verbose_name="förebyggande nivå")
    works = ParentalManyToManyField(
        "knowledge.LiteraturePage", verbose_name="bygger på", blank=True, related_name="tools"
    )

    pdf_bytes = models.PositiveIntegerField("PDF:ens storlek", default=0, editable=False)

    sorting_panel = MultiFieldPanel(
        [
            FieldPanel("factors", widget=CHECKBOXES),
            FieldPanel("levels", widget=CHECKBOXES),
            FieldPanel("roles", widget=CHECKBOXES),
            FieldPanel("prevention", widget=CHECKBOXES),
            FieldPanel("works"),
        ],
        "Hör ihop med",
        help_text="Styr var verktyget syns och hur det går att filtrera fram.",
    )

    attachments_panel = InlinePanel(
        "attachments",
        heading="Filer att hämta",
        label="Fil",
        help_text="Mallar och underlag. En PDF av sidan själv finns alltid.",
    )

    class Meta:
        verbose_name = "verktyg"
        verbose_name_plural = "verktyg"

    def save(self, *args, **kwargs):
        if self.printed_as:
            self.pdf_bytes = len(render(self.document()))
        super().save(*args, **kwargs)

    def document(self, respondent: str = ""):
        """The tool as a printed document."""
        from knowledge.tool_documents import document_of

        return document_of(self, respondent)

    @path("pdf/")
    def pdf(self, request):
        """The tool to print."""
        return pdf_response(self.document(), self.slug)

    @property
    def kind(self) -> str:
        return self.get_tool_kind_display()

    @property
    def level_labels(self) -> list[str]:
        return labels(Level, self.levels)

    @property
    def role_labels(self) -> list[str]:
        return labels(Role, self.roles)

    @property
    def prevention_labels(self) -> list[str]:
        return labels(Prevention, self.prevention)

    @cached_property
    def beside(self) -> dict:
        from knowledge.reading import tool_context

        return tool_context(self)

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | self.beside


class ToolAttachment(Orderable):
    """A file that belongs to a tool: a template, a form, a basis."""

    page = ParentalKey(ToolPage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        "core.SiteDocument", models.CASCADE, related_name="+", verbose_name="fil"
    )
    description = models.CharField(
        "vad den är bra för", max_length=200, blank=True, help_text="En mening."
    )

    panels = [FieldPanel("document"), FieldPanel("description")]

    class Meta(Orderable.Meta):
        verbose_name = "fil"
        verbose_name_plural = "filer"

    def __str__(self):
        return self.document.title
