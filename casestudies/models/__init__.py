"""Models of the case studies, one file for each concern."""

from .evaluations import EvaluationAnswer, EvaluationReport
from .forms import EvaluationForm, EvaluationQuestion, EvaluationScale, ScaleStep
from .index import CaseStudyIndexPage
from .pages import CaseStudyPage
from .relations import CaseSource

__all__ = [
    "CaseSource",
    "CaseStudyIndexPage",
    "CaseStudyPage",
    "EvaluationAnswer",
    "EvaluationForm",
    "EvaluationQuestion",
    "EvaluationReport",
    "EvaluationScale",
    "ScaleStep",
]
