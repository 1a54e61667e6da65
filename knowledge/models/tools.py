from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from knowledge.blocks import ChecklistGroupBlock, RespondentBlock, ScaleBlock
from knowledge.choices import Level, Prevention, Role, ToolKind, labels
from knowledge.fields import ChoiceArrayField
from pluginnovation.core.fields import LightStreamField
from pluginnovation.core.models import BasePage

from .vocabularies import TEXT_FEATURES

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


class ToolPage(BasePage):
    """What all tools share, in one table so that they make one list."""

    parent_page_types = ["knowledge.FactorPage", "knowledge.ToolIndexPage"]
    subpage_types = []
    is_creatable = False
    template = "knowledge/method.html"

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

    class Meta:
        verbose_name = "verktyg"
        verbose_name_plural = "verktyg"

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

    def get_context(self, request, *args, **kwargs):
        from knowledge.reading import tool_context

        return super().get_context(request, *args, **kwargs) | tool_context(self)


class StepByStep(models.Model):
    """The fields of a tool that is read from beginning to end."""

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
    content_panels = [*BasePage.content_panels, *StepByStep.text_panels, ToolPage.sorting_panel]

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
        ToolPage.sorting_panel,
    ]

    class Meta:
        verbose_name = "riktlinje eller information"
        verbose_name_plural = "riktlinjer och information"

    def full_clean(self, *args, **kwargs):
        self.tool_kind = ToolKind.INFORMATION if self.is_information else ToolKind.GUIDELINE
        super().full_clean(*args, **kwargs)


class GuidelineStep(Step):
    page = ParentalKey(GuidelinePage, on_delete=models.CASCADE, related_name="steps")


class ChecklistPage(ToolPage):
    """Points to tick, on paper or on the screen."""

    template = "knowledge/checklist.html"

    intro = RichTextField("inledning", blank=True, features=TEXT_FEATURES)
    groups = LightStreamField(
        [("group", ChecklistGroupBlock())], verbose_name="grupper", blank=True
    )
    notes = RichTextField("bra att veta", blank=True, features=TEXT_FEATURES)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldPanel("groups"),
        FieldPanel("notes"),
        ToolPage.sorting_panel,
    ]

    class Meta:
        verbose_name = "checklista"
        verbose_name_plural = "checklistor"

    def full_clean(self, *args, **kwargs):
        self.tool_kind = ToolKind.CHECKLIST
        super().full_clean(*args, **kwargs)

    def search_text(self):
        points = [
            f"{item['text']} {item['help']}"
            for group in self.groups
            for item in group.value["items"]
        ]
        headings = [f"{group.value['heading']} {group.value['intro']}" for group in self.groups]
        return f"{self.intro}{self.notes} {' '.join(headings + points)}"


class QuestionnairePage(ToolPage):
    """Questions to several groups of people."""

    template = "knowledge/questionnaire.html"

    intro = RichTextField("inledning", blank=True, features=TEXT_FEATURES)
    scales = LightStreamField([("scale", ScaleBlock())], verbose_name="svarsskalor", blank=True)
    respondents = LightStreamField(
        [("respondent", RespondentBlock())], verbose_name="svarande", blank=True
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldPanel("scales"),
        FieldPanel("respondents"),
        ToolPage.sorting_panel,
    ]

    class Meta:
        verbose_name = "frågeformulär"
        verbose_name_plural = "frågeformulär"

    def full_clean(self, *args, **kwargs):
        self.tool_kind = ToolKind.QUESTIONNAIRE
        super().full_clean(*args, **kwargs)

    def clean(self):
        super().clean()
        known = self.steps_by_scale()
        missing = sorted(
            {
                question["scale"] or question["text"]
                for question in self.questions()
                if question["type"] == "scale" and question["scale"] not in known
            }
        )
        if missing:
            text = "Det finns ingen svarsskala för: " + ", ".join(missing)
            raise ValidationError({"respondents": text})

    def questions(self):
        """All questions to all respondents."""
        for respondent in self.respondents:
            for section in respondent.value["sections"]:
                yield from section["questions"]

    def steps_by_scale(self) -> dict[str, list[str]]:
        """The steps of each answer scale, by its code."""
        return {scale.value["code"]: list(scale.value["steps"]) for scale in self.scales}

    def get_context(self, request, *args, **kwargs):
        from knowledge.questions import as_shown

        return super().get_context(request, *args, **kwargs) | {"questionnaire": as_shown(self)}

    def search_text(self):
        return f"{self.intro} {' '.join(question['text'] for question in self.questions())}"
