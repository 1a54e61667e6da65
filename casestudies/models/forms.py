"""The question lists of evaluations. A list that has been answered is never changed."""

from django.db import models, transaction
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from .locking import LockedScaleForm, LockedWhenAnsweredForm


class EvaluationScale(ClusterableModel):
    """The steps of an answer. A scale without steps is answered in words."""

    code = models.SlugField("kod", max_length=40, unique=True)
    label = models.CharField("namn", max_length=120)

    base_form_class = LockedScaleForm
    panels = [
        FieldPanel("code"),
        FieldPanel("label"),
        InlinePanel(
            "steps",
            heading="Steg",
            label="Steg",
            help_text="Utan steg besvaras frågan i fritext.",
        ),
    ]

    class Meta:
        verbose_name = "svarsskala"
        verbose_name_plural = "svarsskalor"
        ordering = ["label"]

    def __str__(self):
        return f"{self.label} ({self.code})"

    def is_answered(self) -> bool:
        """Whether some report has answered a question with this scale."""
        return self.questions.filter(answers__isnull=False).exists()


class ScaleStep(Orderable):
    """One possible answer, worded as in the form."""

    scale = ParentalKey(EvaluationScale, on_delete=models.CASCADE, related_name="steps")
    value = models.SlugField("kod", max_length=40)
    label = models.CharField("svar", max_length=120)
    seen = models.BooleanField(
        "ordalydelsen är belagd",
        default=True,
        help_text="Avmarkera om ingen läst rapport visar hur svaret löd.",
    )

    panels = [FieldPanel("value"), FieldPanel("label"), FieldPanel("seen")]

    class Meta(Orderable.Meta):
        verbose_name = "steg"
        verbose_name_plural = "steg"
        constraints = [
            models.UniqueConstraint(fields=["scale", "value"], name="one_step_per_value"),
        ]

    def __str__(self):
        return self.label


class EvaluationForm(ClusterableModel):
    """A list of questions in one version. New versions stand beside the old ones."""

    code = models.SlugField("kod", max_length=60)
    version = models.PositiveSmallIntegerField("version", default=1)
    title = models.CharField("titel", max_length=200)
    source = models.TextField("källa", blank=True, help_text="Varifrån frågorna kommer.")

    base_form_class = LockedWhenAnsweredForm
    panels = [
        FieldPanel("title"),
        MultiFieldPanel([FieldPanel("code"), FieldPanel("version")], "Kod och version"),
        FieldPanel("source"),
        InlinePanel("questions", heading="Frågor", label="Fråga"),
    ]

    class Meta:
        verbose_name = "frågelista"
        verbose_name_plural = "frågelistor"
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_form_per_version"),
        ]

    def __str__(self):
        return f"{self.title}, version {self.version}"

    def is_answered(self) -> bool:
        """Whether some report has answered a question of this version."""
        return self.reports.exists()

    @transaction.atomic
    def new_version(self) -> "EvaluationForm":
        """A copy with rows of its own, numbered after the newest; reports stay where they are."""
        newest = type(self).objects.filter(code=self.code).aggregate(n=models.Max("version"))
        copy = type(self)(
            code=self.code, version=newest["n"] + 1, title=self.title, source=self.source
        )
        copy.questions = [question.copy() for question in self.questions.all()]
        copy.save()
        return copy


class EvaluationQuestion(Orderable):
    """A question of one version. Reports point at this row, so it cannot be taken away."""

    form = ParentalKey(EvaluationForm, on_delete=models.CASCADE, related_name="questions")
    code = models.SlugField("kod", max_length=20, help_text="Till exempel Q1.")
    text = models.TextField("fråga")
    scale = models.ForeignKey(
        EvaluationScale, models.PROTECT, related_name="questions", verbose_name="svarsskala"
    )
    cut_off = models.BooleanField(
        "frågan är avklippt",
        default=False,
        help_text="När frågans slut saknas i alla kopior som finns kvar.",
    )
    note = models.TextField("anmärkning", blank=True)

    panels = [
        FieldPanel("code"),
        FieldPanel("text"),
        FieldPanel("scale"),
        FieldPanel("cut_off"),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "fråga"
        verbose_name_plural = "frågor"
        constraints = [
            models.UniqueConstraint(fields=["form", "code"], name="one_question_per_code"),
        ]

    def __str__(self):
        return f"{self.code}. {self.text}"

    def copy(self) -> "EvaluationQuestion":
        """The same question as a row that is not saved yet."""
        names = ("sort_order", "code", "text", "scale", "cut_off", "note")
        return type(self)(**{name: getattr(self, name) for name in names})
