"""The top floor: the pages that belong to no single subject, review, and the search index."""

from .pages import HomePage, PlainPage
from .review import ExternalLink, LanguageCheckTask, PageFinding, Survey
from .search import SearchEntry
from .worker import Heartbeat

__all__ = [
    "ExternalLink",
    "Heartbeat",
    "HomePage",
    "LanguageCheckTask",
    "PageFinding",
    "PlainPage",
    "SearchEntry",
    "Survey",
]
