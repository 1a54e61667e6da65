"""Kommunrapport: what a committee (nämnd) needs to know of one municipality, as page and PDF.

``build`` makes the report of published figures; the page and the PDF are two ways to print the
same one, so that no number can differ between them.
"""

from .report import build

__all__ = ["build"]
