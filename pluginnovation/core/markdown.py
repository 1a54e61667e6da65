"""Markdown, as the fixtures are written in, to the HTML that rich text fields hold."""

import markdown


def to_rich_text(text: str | None, top_heading: int = 3) -> str:
    """Paragraphs, lists, emphasis, links and headings as HTML.

    The fixtures write their headings as ``###``; ``top_heading`` is the level that those get
    where the text stands, so that no level is left out on the page.
    """
    html = markdown.markdown((text or "").strip(), extensions=["sane_lists"])
    if top_heading != 3:
        html = html.replace("<h3>", f"<h{top_heading}>").replace("</h3>", f"</h{top_heading}>")
    return html
