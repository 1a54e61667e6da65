"""Evaluation reports as they are shown: every question of the form, answered or not, in words."""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from .models import EvaluationAnswer, EvaluationQuestion, ScaleStep

NOT_ANSWERED = "Inget svar finns i den kopia vi har."
ANSWER_CUT_OFF = "Svaret är avklippt i den kopia vi har."
QUESTION_CUT_OFF = "Frågan är avklippt i den kopia vi har, och inget svar syns."


@dataclass(frozen=True)
class ShownAnswer:
    """A question with its answer. ``gap`` says in words why there is none."""

    question: EvaluationQuestion
    answer: EvaluationAnswer | None

    @property
    def step(self) -> ScaleStep | None:
        return self.answer.step if self.answer else None

    @property
    def text(self) -> str:
        return self.answer.text if self.answer else ""

    @property
    def steps(self) -> list[dict]:
        """The steps of the scale, with the one that was chosen."""
        chosen = self.step.pk if self.step else None
        return [row | {"chosen": row["pk"] == chosen} for row in self.question.scale_steps]

    @property
    def gap(self) -> str:
        if self.step or self.text:
            return ""
        if self.answer and self.answer.cut_off:
            return ANSWER_CUT_OFF
        return QUESTION_CUT_OFF if self.question.cut_off else NOT_ANSWERED


def shown_reports(reports) -> list[dict]:
    """The reports with all questions of their own form versions, in two queries."""
    answers = _answers_by_report(reports)
    questions = _questions_by_form(reports)
    return [
        {
            "report": report,
            "answers": [
                ShownAnswer(question, answers.get((report.pk, question.pk)))
                for question in questions.get(report.form_id, ())
            ],
        }
        for report in reports
    ]


def _answers_by_report(reports) -> dict[tuple[int, int], EvaluationAnswer]:
    found = EvaluationAnswer.objects.filter(report__in=reports).select_related("step")
    return {(answer.report_id, answer.question_id): answer for answer in found}


def _questions_by_form(reports) -> dict[int, list[EvaluationQuestion]]:
    """Questions in their order; ``scale_steps`` holds key, label and certainty of each step."""
    steps = ScaleStep.objects.filter(scale=OuterRef("scale")).order_by("sort_order", "pk")
    row = JSONObject(pk=F("pk"), label=F("label"), seen=F("seen"))
    found = EvaluationQuestion.objects.filter(form__in={report.form_id for report in reports})
    by_form = {}
    for question in found.annotate(scale_steps=ArraySubquery(steps.values(row=row))).order_by(
        "sort_order", "pk"
    ):
        by_form.setdefault(question.form_id, []).append(question)
    return by_form
