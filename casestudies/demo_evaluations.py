"""Demo content: question lists with their scales, and the reports on the cases."""

from pluginnovation.core.markdown import to_rich_text

from .models import (
    EvaluationAnswer,
    EvaluationForm,
    EvaluationQuestion,
    EvaluationReport,
    EvaluationScale,
    ScaleStep,
)

FACTS = [
    "reporting_period",
    "respondent",
    "participants_total",
    "participants_girls",
    "participants_boys",
    "enrolled_time",
    "note",
]


def ensure_forms(items) -> None:
    """Version one of each list, with its scales, where the list is not there at all."""
    for item in items:
        scales = {code: _scale(code, each) for code, each in item["scales"].items()}
        if EvaluationForm.objects.filter(code=item["code"]).exists():
            continue
        form = EvaluationForm(**{name: item[name] for name in ("code", "title", "source")})
        form.questions = [
            EvaluationQuestion(
                sort_order=place,
                code=question["id"],
                scale=scales[question["scale"]],
                **{name: question[name] for name in ("text", "cut_off", "note")},
            )
            for place, question in enumerate(item["questions"])
        ]
        form.save()


def _scale(code: str, item: dict) -> EvaluationScale:
    found = EvaluationScale.objects.filter(code=code).first()
    if found:
        return found
    scale = EvaluationScale(code=code, label=item["label"])
    scale.steps = [ScaleStep(sort_order=n, **step) for n, step in enumerate(item["steps"])]
    scale.save()
    return scale


def ensure_report(case, item: dict | None) -> int:
    """The report of a case that has none yet; how many were made."""
    if not item or case.reports.exists():
        return 0
    form = EvaluationForm.objects.filter(code=item["form"]).order_by("version").first()
    report = EvaluationReport(
        case=case,
        form=form,
        source_key=item["source"],
        **{name: item[name] for name in FACTS if item.get(name) not in (None, "")},
    )
    report.answers = [
        answer
        for question in form.questions.select_related("scale").prefetch_related("scale__steps")
        if (answer := _answer(question, item))
    ]
    report.save()
    return 1


def _answer(question, item: dict) -> EvaluationAnswer | None:
    """The answer of the file; a scale answer is the label of a step, word for word."""
    said = (item["answers"].get(question.code) or "").strip()
    cut_off = question.code in item["cut_off"]
    if not said and not cut_off:
        return None
    answer = EvaluationAnswer(question=question, sort_order=question.sort_order, cut_off=cut_off)
    steps = {step.label: step for step in question.scale.steps.all()}
    if said and steps:
        answer.step = steps[said]
    elif said:
        answer.text = to_rich_text(said)
    return answer
