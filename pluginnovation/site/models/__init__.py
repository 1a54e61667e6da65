"""The top floor: the pages that belong to no single subject, and the search index."""

from .pages import HomePage, PlainPage
from .search import SearchEntry

__all__ = ["HomePage", "PlainPage", "SearchEntry"]
