"""Accessible PDF (PDF/UA-1) out of typed documents.

``render(Document(...))`` gives the bytes. A document is put together from the blocks of
``document.py``; what people have written goes in as data and is never read as markup.
"""

from .document import (
    Choices,
    Document,
    Facts,
    Heading,
    Items,
    Lines,
    Picture,
    Rich,
    Table,
    Text,
    Ticks,
)
from .render import PdfError, render
from .response import pdf_response

__all__ = [
    "Choices",
    "Document",
    "Facts",
    "Heading",
    "Items",
    "Lines",
    "PdfError",
    "Picture",
    "Rich",
    "Table",
    "Text",
    "Ticks",
    "pdf_response",
    "render",
]
