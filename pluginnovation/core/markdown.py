"""Markdown, as the fixtures are written in, to the HTML that rich text fields hold."""

import markdown


def to_rich_text(text: str | None) -> str:
    """Paragraphs, lists, emphasis, links and headings of level three and four as HTML."""
    return markdown.markdown((text or "").strip(), extensions=["sane_lists"])
