"""Over all evaluated cases: how each question with a scale was answered, and by whom."""

from collections import defaultdict

from .evaluation import shown_reports
from .models import EvaluationReport


def results(cases) -> dict:
    """Each scale question of the newest reports' forms, with its steps and who chose them.

    A case counts once for each report; for every question the answers, the gaps and the
    number of reports asked add up.
    """
    reports = list(
        EvaluationReport.objects.filter(live=True, case__in=cases)
        .select_related("form", "case")
        .order_by("case__title", "pk")
    )
    asked = defaultdict(list)
    for shown in shown_reports(reports):
        for answer in shown["answers"]:
            asked[answer.question].append((shown["report"].case, answer))
    questions = [
        _question(question, answers) for question, answers in asked.items() if question.scale_steps
    ]
    questions.sort(key=lambda row: (row["question"].form_id, row["question"].sort_order))
    return {"reports": len(reports), "cases": len({r.case_id for r in reports})} | {
        "questions": questions
    }


def _question(question, answers) -> dict:
    by_step = defaultdict(list)
    for case, answer in answers:
        by_step[answer.step.pk if answer.step else None].append(case)
    answered = sum(len(cases) for step, cases in by_step.items() if step is not None)
    return {
        "question": question,
        "asked": len(answers),
        "answered": answered,
        "steps": [
            row | {"cases": by_step[row["pk"]], "count": len(by_step[row["pk"]])}
            for row in question.scale_steps
        ],
        "missing": len(by_step[None]),
    }
