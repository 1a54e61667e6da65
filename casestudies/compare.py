"""Two to four cases side by side."""

from .evaluation import shown_reports
from .models import EvaluationReport
from .references import without_keys

MOST = 4
# What is compared, in the order in which a case tells it: heading, field, whether it is markup.
TEXTS = (
    ("Målgrupp", "target_group", False),
    ("När", "period", False),
    ("Mål", "goal", True),
    ("Vilka som deltog", "participants", True),
    ("Tid", "cost_time", True),
    ("Kostnad", "cost_money", True),
    ("Resultat enligt källorna", "result", True),
    ("Vad som var svårt", "challenges", True),
    ("Råd", "advice", True),
)


def comparison(cases) -> dict:
    """A table: one column for each case, texts first, then the answers of the reports."""
    return {"cases": cases, "texts": _texts(cases), "answers": _answers(cases)}


def _texts(cases) -> list[dict]:
    rows = [
        {
            "heading": heading,
            "markup": markup,
            "cells": [without_keys(getattr(case, name)) for case in cases],
        }
        for heading, name, markup in TEXTS
    ]
    return [row for row in rows if any(row["cells"])]


def _answers(cases) -> list[dict]:
    """Scale answers by question; only questions that some of the cases were asked."""
    reports = EvaluationReport.objects.filter(live=True, case__in=cases)
    by_question, first = {}, {}
    for shown in shown_reports(list(reports.order_by("pk"))):
        first.setdefault(shown["report"].case_id, shown)
    for case_id, shown in first.items():
        for answer in shown["answers"]:
            if answer.question.scale_steps:
                by_question.setdefault(answer.question, {})[case_id] = answer
    return [
        {"question": question, "cells": [cells.get(case.pk) for case in cases]}
        for question, cells in by_question.items()
    ]
