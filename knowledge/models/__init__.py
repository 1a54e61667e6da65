"""Success factors, tools and the research library."""

from .answers import QuestionnaireAnswer
from .checklists import ChecklistPage
from .factors import FactorIndexPage, FactorPage, FactorResearch, GuidanceItem, ReflectionStatement
from .lectures import LectureChapter, LectureIndexPage, LecturePage, LectureQuality
from .library import LibraryIndexPage, LibraryItem
from .literature import LiteratureIndexPage, LiteraturePage, WorkPerson
from .methods import GuidelinePage, GuidelineStep, MethodPage, MethodStep
from .questionnaires import QuestionnairePage
from .summaries import SummaryIndexPage, SummaryPage
from .tools import ToolAttachment, ToolIndexPage, ToolPage
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
    "LectureQuality",
    "LibraryIndexPage",
    "LibraryItem",
    "LiteratureIndexPage",
    "LiteraturePage",
    "MethodPage",
    "MethodStep",
    "QuestionnaireAnswer",
    "QuestionnairePage",
    "ReflectionStatement",
    "RiskFactor",
    "RiskFactorFact",
    "Subject",
    "SummaryIndexPage",
    "SummaryPage",
    "ToolAttachment",
    "ToolIndexPage",
    "ToolPage",
    "WorkPerson",
]
