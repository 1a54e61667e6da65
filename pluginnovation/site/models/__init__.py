"""The top floor: the pages that belong to no single subject."""

from .pages import HomePage, PlainPage

__all__ = ["HomePage", "PlainPage"]
