"""From a document to the bytes of a tagged PDF."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .document import Document, Picture, Rich
from .glyphs import printable
from .outline import in_steps
from .rich_text import nodes_of

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).resolve().parent
FONTS = HERE / "fonts"
TEMPLATES = HERE / "templates"
UNTITLED = "Utan titel"
# The day that the file says it was made: the same document is the same bytes.
MADE = datetime(2000, 1, 1, tzinfo=UTC)


class PdfError(RuntimeError):
    """The document could not be set; a fault of the template, never of the text in it."""


@cache
def _fonts() -> "typst.Fonts":
    """The fonts of the house and no others, so that every machine sets the same page."""
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def render(document: Document, template: str = "document.typ", made: datetime | None = None):
    """The document as PDF/UA-1 with tags, title and language, ``made`` then.

    ``template`` is a file of ``templates/``. All text goes in as JSON and is never read as
    markup; a character that the font lacks is replaced (``glyphs``).
    """
    # Seven megabytes that a process which sets no page does without.
    import typst

    data = json.dumps(as_data(document), ensure_ascii=False)
    try:
        return typst.compile(
            str(TEMPLATES / template),
            root=str(TEMPLATES),
            font_paths=_fonts(),
            sys_inputs={"document": data},
            format="pdf",
            pdf_standards="ua-1",
            timestamp=int((made or MADE).timestamp()),
        )
    except RuntimeError as error:
        raise PdfError(f"{document.title}: {error}") from error


def as_data(document: Document) -> dict:
    """The document as what JSON holds: rich text read, every character printable."""
    blocks = [_block(block, document) for block in document.blocks]
    data = printable(asdict(document) | {"blocks": blocks})
    title = data["title"].strip() or UNTITLED
    return data | {"title": title, "blocks": in_steps(data["blocks"])}


def _block(block, document: Document) -> dict:
    data = {"kind": block.kind} | asdict(block)
    if isinstance(block, Rich):
        data["nodes"] = nodes_of(block.html, document.address, block.top_heading)
        del data["html"]
    if isinstance(block, Picture) and not block.alternative.strip():
        raise ValueError("A picture needs words for those who do not see it")
    return data
