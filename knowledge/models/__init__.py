"""Success factors, tools and the research library."""

from .factors import FactorIndexPage, FactorPage, FactorResearch, GuidanceItem, ReflectionStatement
from .lectures import LectureChapter, LectureIndexPage, LecturePage
from .library import LibraryIndexPage, LibraryItem
from .literature import LiteratureIndexPage, LiteraturePage
from .summaries import SummaryIndexPage, SummaryPage
from .tools import (
    ChecklistPage,
    GuidelinePage,
    GuidelineStep,
    MethodPage,
    MethodStep,
    QuestionnairePage,
    ToolIndexPage,
    ToolPage,
)
from .vocabularies import RiskFactor, RiskFactorFact, Subject

__all__ = [
    "ChecklistPage",
    "FactorIndexPage",
    "FactorPage",
    "FactorResearch",
    "GuidanceItem",
    "GuidelinePage",
    "GuidelineStep",
    "LectureChapter",
    "LectureIndexPage",
    "LecturePage",
    "LibraryIndexPage",
    "LibraryItem",
    "LiteratureIndexPage",
    "LiteraturePage",
    "MethodPage",
    "MethodStep",
    "QuestionnairePage",
    "ReflectionStatement",
    "RiskFactor",
    "RiskFactorFact",
    "Subject",
    "SummaryIndexPage",
    "SummaryPage",
    "ToolIndexPage",
    "ToolPage",
]
