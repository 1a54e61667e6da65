"""The editors' rooms of tools."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from wagtail import hooks
from wagtail.contrib.forms.utils import get_forms_for_user

from .models import QuestionnairePage
from .online.charts import bars_svg
from .online.summary import FEWEST, summary_of


@hooks.register("register_admin_urls")
def admin_urls():
    return [path("enkatsvar/<int:pk>/", answer_summary, name="knowledge_answer_summary")]


def answer_summary(request, pk):
    """Charts and tables of all answers, for those who may edit the questionnaire."""
    page = get_object_or_404(QuestionnairePage, pk=pk)
    if not get_forms_for_user(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    summary = summary_of(page)
    charts = {
        (part.code, question.number): bars_svg(
            question, public=False, name=f"svar-{part.code}-{question.number}"
        )
        for part in summary
        for question in part.questions
        if question.rows and question.answered
    }
    parts = [
        {
            "part": part,
            "questions": [
                {"question": question, "chart": charts.get((part.code, question.number))}
                for question in part.questions
            ],
        }
        for part in summary
    ]
    context = {"page": page, "parts": parts, "fewest": FEWEST}
    return TemplateResponse(request, "knowledge/admin/answer_summary.html", context)
