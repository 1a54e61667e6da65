from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.forms.models import FormMixin
from wagtail.contrib.routable_page.models import path
from wagtail.fields import RichTextField

from knowledge.blocks import RespondentBlock, ScaleBlock
from knowledge.choices import ToolKind
from pluginnovation.core.fields import LightStreamField
from pluginnovation.core.models import BasePage
from pluginnovation.core.pdf import pdf_response, render

from .answers import MOST_ANSWERS, QuestionnaireAnswer
from .tools import ToolPage
from .vocabularies import TEXT_FEATURES


class QuestionnairePage(ToolPage, FormMixin):
    """Questions to several groups of people, on paper or, where it is open, online.

    Wagtail's form builder makes the form, one for each respondent, out of the questions; the
    form itself is answered at ``<page>/svara/<respondent>/`` (``knowledge.online``).
    """

    template = "knowledge/questionnaire.html"
    printed_as = "questionnaire"

    intro = RichTextField("inledning", blank=True, features=TEXT_FEATURES)
    scales = LightStreamField([("scale", ScaleBlock())], verbose_name="svarsskalor", blank=True)
    respondents = LightStreamField(
        [("respondent", RespondentBlock())], verbose_name="svarande", blank=True
    )

    is_open = models.BooleanField(
        "går att svara på här",
        default=False,
        help_text="Då kan vem som helst med adressen svara, utan namn och utan inloggning.",
    )
    closes_on = models.DateField(
        "sista dag att svara", null=True, blank=True, help_text="Tomt betyder tills du stänger."
    )
    thank_you = RichTextField(
        "tack för svaret",
        blank=True,
        features=TEXT_FEATURES,
        help_text="Vad som händer med svaren och när resultatet kommer.",
    )
    keep_months = models.PositiveSmallIntegerField(
        "svaren tas bort efter så många månader",
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
        help_text="1 till 24. Räknas från den dag då svaret kom.",
    )
    publish_summary = models.BooleanField(
        "visa sammanställningen för alla",
        default=False,
        help_text="Visas när enkäten har stängt, bara grupper med minst tio svar, andelar i "
        "tiotal procent och aldrig svar med egna ord.",
    )

    # Bytes of the PDF of each group, by its code.
    group_pdf_bytes = models.JSONField(default=dict, editable=False)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldPanel("scales"),
        FieldPanel(
            "respondents",
            help_text="Ändra inte vad en fråga betyder medan svaren kommer in.",
        ),
        MultiFieldPanel(
            [
                FieldPanel("is_open"),
                FieldPanel("closes_on"),
                FieldPanel("thank_you"),
                FieldPanel("keep_months"),
                FieldPanel("publish_summary"),
            ],
            "Svara på webben",
            help_text="Svaren finns under Formulär i menyn: lista, CSV, XLSX och diagram.",
        ),
        ToolPage.illustration_panel,
        ToolPage.attachments_panel,
        ToolPage.sorting_panel,
    ]

    class Meta:
        verbose_name = "frågeformulär"
        verbose_name_plural = "frågeformulär"

    def save(self, *args, **kwargs):
        codes = [respondent.value["code"] for respondent in self.respondents]
        self.group_pdf_bytes = {code: len(render(self.document(code))) for code in codes}
        super().save(*args, **kwargs)

    @property
    def group_files(self) -> list[dict]:
        """The PDF of each group, where there are several: its code, its name, its size."""
        groups = [respondent.value for respondent in self.respondents]
        return [
            {
                "code": group["code"],
                "title": group["title"],
                "bytes": self.group_pdf_bytes.get(group["code"]),
            }
            for group in (groups if len(groups) > 1 else ())
        ]

    def full_clean(self, *args, **kwargs):
        self.tool_kind = ToolKind.QUESTIONNAIRE
        super().full_clean(*args, **kwargs)

    def clean(self):
        super().clean()
        codes = [respondent.value["code"] for respondent in self.respondents]
        if len(codes) != len(set(codes)):
            text = "Varje grupp av svarande får stå en gång. Lägg ihop de som är lika."
            raise ValidationError({"respondents": text})
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

    @property
    def is_answerable(self) -> bool:
        """Whether the editor has it open today."""
        return self.is_open and (not self.closes_on or timezone.localdate() <= self.closes_on)

    @property
    def takes_answers(self) -> bool:
        """Whether one more answer is taken."""
        return self.is_answerable and self.get_submissions().count() < MOST_ANSWERS

    @property
    def shows_summary(self) -> bool:
        """Whether the public may see what was answered."""
        return self.publish_summary and not self.is_answerable

    def get_form_fields(self):
        from knowledge.online.fields import fields_of

        return fields_of(self)

    def get_data_fields(self):
        """The columns of the answers: the questions of now, then those that are gone."""
        titles = {one.value["code"]: one.value["title"] for one in self.respondents}
        fields = [("submit_time", "Dag"), ("respondent", "Svarande")]
        fields += [
            (one.clean_name, f"{titles[one.respondent]}: {one.label}")
            for one in self.get_form_fields()
        ]
        known = {name for name, _ in fields}
        gone = {}
        for asked in self.get_submissions().values_list("asked", flat=True):
            gone |= {name: text for name, text in asked.items() if name not in known}
        return fields + [(name, f"Borttagen fråga: {text}") for name, text in gone.items()]

    def get_form_class(self):
        from knowledge.online.forms import form_class

        return form_class(self.get_form_fields())

    def get_submission_class(self):
        return QuestionnaireAnswer

    def get_submissions_list_view_class(self):
        from knowledge.online.listing import AnswersView

        return AnswersView

    @path("resultat/")
    def results(self, request):
        """What was answered, as far as everybody may see it."""
        from knowledge.online.summary import FEWEST, summary_of

        if not self.shows_summary:
            raise Http404
        context = super().get_context(request) | {
            "summary": summary_of(self),
            "fewest": FEWEST,
            "breadcrumb_title": "Sammanställning",
            "breadcrumbs": [*self.breadcrumbs(), self],
        }
        return TemplateResponse(request, "knowledge/answer_results.html", context)

    @path("resultat/<slug:respondent>/<int:number>/")
    def result_chart(self, request, respondent, number):
        """The chart of one question on the page of results."""
        from knowledge.online.charts import bars_svg
        from knowledge.online.summary import summary_of

        parts = summary_of(self) if self.shows_summary else ()
        shown = [
            question
            for part in parts
            if part.code == respondent and part.is_public
            for question in part.questions
            if question.number == number and question.is_public
        ]
        if not shown:
            raise Http404
        return HttpResponse(bars_svg(shown[0], public=True), content_type="image/svg+xml")

    @path("pdf/<slug:respondent>/")
    def pdf_for(self, request, respondent):
        """The questions to one group, to print and hand out."""
        if respondent not in [one.value["code"] for one in self.respondents]:
            raise Http404
        return pdf_response(self.document(respondent), f"{self.slug}-{respondent}")

    def get_context(self, request, *args, **kwargs):
        from knowledge.questions import as_shown

        return super().get_context(request, *args, **kwargs) | {"questionnaire": as_shown(self)}

    def search_text(self):
        return f"{self.intro} {' '.join(question['text'] for question in self.questions())}"
