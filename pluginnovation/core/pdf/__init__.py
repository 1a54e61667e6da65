"""Accessible PDF (PDF/UA-1) out of typed documents.

``render(Document(...))`` gives the bytes. A document is put together from the blocks of
``document.py``; what people have written goes in as data and is never read as markup.
"""

from .document import (
    Block,
    Choices,
    Document,
    Facts,
    Heading,
    Items,
    Lines,
    PageBreak,
    Picture,
    Rich,
    Table,
    Text,
    Ticks,
)
from .render import PdfError, render
from .response import pdf_response

__all__ = [
    "Block",
    "Choices",
    "Document",
    "Facts",
    "Heading",
    "Items",
    "Lines",
    "PageBreak",
    "PdfError",
    "Picture",
    "Rich",
    "Table",
    "Text",
    "Ticks",
    "pdf_response",
    "render",
]
