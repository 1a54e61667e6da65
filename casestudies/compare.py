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
    """A table: one column for each case.

    What the texts tell and what the reports count and answer stand apart, since a figure in a
    text and a figure of a report are not measured in the same way.
    """
    shown = _first_reports(cases)
    return {
        "cases": cases,
        "texts": _texts(cases),
        "reports": [shown[case.pk]["report"] if case.pk in shown else None for case in cases],
        "answers": _answers(cases, shown),
    }


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


def _first_reports(cases) -> dict[int, dict]:
    """The first published report of each case with its answers, in three queries."""
    reports = EvaluationReport.objects.filter(live=True, case__in=cases).select_related("form")
    found = {}
    for shown in shown_reports(list(reports.order_by("pk"))):
        found.setdefault(shown["report"].case_id, shown)
    return found


def _answers(cases, shown) -> list[dict]:
    """Scale answers by question; only questions that some of the cases were asked."""
    by_question = {}
    for case_id, each in shown.items():
        for answer in each["answers"]:
            if answer.question.scale_steps:
                by_question.setdefault(answer.question, {})[case_id] = answer
    return [
        {"question": question, "cells": [cells.get(case.pk) for case in cases]}
        for question, cells in by_question.items()
    ]
