"""Evaluation reports: who answered what, about which case, on which version of a form."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, Orderable, RevisionMixin, WorkflowMixin

from .reporting import ReportForm


class EvaluationReport(WorkflowMixin, DraftStateMixin, RevisionMixin, ClusterableModel):
    """One report on one case. Unanswered questions have no row, or a row that is empty."""

    case = models.ForeignKey(
        "casestudies.CaseStudyPage",
        models.CASCADE,
        related_name="reports",
        verbose_name="fallstudie",
    )
    form = models.ForeignKey(
        "casestudies.EvaluationForm",
        models.PROTECT,
        related_name="reports",
        verbose_name="frågelista",
        help_text="Spara utkastet en gång, så läggs en rad till för varje fråga i listan.",
    )
    reporting_period = models.CharField("rapporten avser", max_length=200, blank=True)
    respondent = models.CharField(
        "vem som svarade", max_length=200, blank=True, help_text="Roll, aldrig namn."
    )
    participants_total = models.PositiveIntegerField("deltagare", null=True, blank=True)
    participants_girls = models.PositiveIntegerField("flickor", null=True, blank=True)
    participants_boys = models.PositiveIntegerField("pojkar", null=True, blank=True)
    enrolled_time = models.CharField("tid i insatsen", max_length=200, blank=True)
    note = models.TextField("anmärkning", blank=True, help_text="Vad läsaren behöver veta.")
    source_key = models.CharField(
        "källa", max_length=6, blank=True, help_text="Nyckeln i fallstudiens källor, som S7."
    )
    document = models.ForeignKey(
        "core.SiteDocument",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="rapporten som dokument",
    )

    base_form_class = ReportForm
    panels = [
        FieldPanel("case"),
        FieldPanel("form"),
        FieldPanel("reporting_period"),
        FieldPanel("respondent"),
        MultiFieldPanel(
            [
                FieldPanel("participants_total"),
                FieldPanel("participants_girls"),
                FieldPanel("participants_boys"),
                FieldPanel("enrolled_time"),
            ],
            "Deltagare",
        ),
        HelpPanel("Lämna ett svar tomt om rapporten inte besvarar frågan."),
        InlinePanel("answers", heading="Svar", label="Svar"),
        FieldPanel("note"),
        FieldPanel("source_key"),
        FieldPanel("document"),
    ]

    class Meta:
        verbose_name = "utvärderingsrapport"
        verbose_name_plural = "utvärderingsrapporter"
        ordering = ["case", "pk"]

    def __str__(self):
        return f"{self.case.title}: {self.reporting_period or self.form.title}"

    @property
    def source_mark(self) -> str:
        """The key as it stands in a text, so that it becomes a link like any other."""
        return f"[{self.source_key}]" if self.source_key else ""

    def clean(self):
        super().clean()
        parts = (self.participants_girls, self.participants_boys)
        if None in (self.participants_total, *parts):
            return
        if sum(parts) > self.participants_total:
            message = "Flickor och pojkar är tillsammans fler än alla deltagare."
            raise ValidationError({"participants_total": message})


class EvaluationAnswer(Orderable):
    """The answer to one question: a step of its scale, or text, or cut off in the copy."""

    report = ParentalKey(EvaluationReport, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(
        "casestudies.EvaluationQuestion",
        models.PROTECT,
        related_name="answers",
        verbose_name="fråga",
    )
    step = models.ForeignKey(
        "casestudies.ScaleStep",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name="svar på skalan",
    )
    text = RichTextField("svar i text", blank=True, features=["bold", "italic", "ul", "ol"])
    cut_off = models.BooleanField("svaret är avklippt i kopian", default=False)

    panels = [
        FieldPanel("question"),
        FieldPanel("step"),
        FieldPanel("text"),
        FieldPanel("cut_off"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "svar"
        verbose_name_plural = "svar"
        constraints = [
            models.UniqueConstraint(fields=["report", "question"], name="one_answer_per_question"),
        ]

    def __str__(self):
        return f"{self.question.code}: {self.step or self.text or 'inget svar'}"

    def clean(self):
        super().clean()
        if self.step_id and self.question_id and self.step.scale_id != self.question.scale_id:
            raise ValidationError({"step": "Svaret hör till en annan skala än frågans."})
