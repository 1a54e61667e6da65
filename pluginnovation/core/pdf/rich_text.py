"""Rich text (HTML) as a tree of few kinds of nodes, which the template draws.

A parser reads the HTML; tags that are not known give their content and nothing else.
"""

import re
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

HEADINGS = {f"h{level}": level for level in range(1, 7)}
INLINE = {"strong": "strong", "b": "strong", "em": "emph", "i": "emph", "a": "link", "br": "break"}
LISTS = {"ul": "list", "ol": "enum"}
HIDDEN = {"script", "style", "template", "head", "title"}
DEEPEST = 20
SPACE = re.compile(r"[ \t\r\n\f]+")


def nodes_of(html: str, base: str = "", top_heading: int = 3) -> list[dict]:
    """The blocks of ``html``. The highest heading in it becomes ``top_heading``.

    Links are completed by ``base``; what is neither http(s), mailto nor tel stays plain text.
    """
    soup = BeautifulSoup(html or "", "html.parser")
    levels = [HEADINGS[tag.name] for tag in soup.find_all(list(HEADINGS))]
    shift = top_heading - min(levels) if levels else 0
    return _Reader(base, shift).blocks(soup, 0)


class _Reader:
    def __init__(self, base: str, shift: int):
        self.base, self.shift = base, shift

    def blocks(self, parent: Tag, depth: int) -> list[dict]:
        """The block nodes below ``parent``; loose text between them becomes paragraphs."""
        made, loose = [], []
        for child in parent.children:
            block = self._block(child, depth)
            if block is None:
                loose += self.inline(child, depth)
                continue
            made += self._paragraph(loose) + block
            loose = []
        return made + self._paragraph(loose)

    def _block(self, node, depth: int) -> list[dict] | None:
        """The nodes of a block element; None where the element is part of a line of text."""
        if not isinstance(node, Tag) or node.name in INLINE or depth > DEEPEST:
            return None
        if node.name in HEADINGS:
            level = HEADINGS[node.name] + self.shift
            return [{"kind": "heading", "level": level, "body": self._inside(node, depth)}]
        if node.name in LISTS:
            entries = node.find_all("li", recursive=False)
            items = [self.blocks(entry, depth + 1) for entry in entries]
            return [{"kind": LISTS[node.name], "items": items}] if items else []
        if node.name in HIDDEN:
            return []
        if node.name in ("p", "dt", "dd", "td", "th"):
            return self._paragraph(self._inside(node, depth))
        if node.name == "hr":
            return []
        return self.blocks(node, depth + 1) if node.name in CONTAINERS else None

    def inline(self, node, depth: int) -> list[dict]:
        """The pieces of a line: texts, and emphasis and links with pieces of their own."""
        if isinstance(node, PreformattedString):
            return []
        if isinstance(node, NavigableString):
            text = SPACE.sub(" ", str(node))
            return [{"kind": "text", "text": text}] if text else []
        if node.name in HIDDEN:
            return []
        if node.name == "br":
            return [{"kind": "break"}]
        body = self._inside(node, depth)
        kind = INLINE.get(node.name)
        if depth > DEEPEST or kind is None or not _says_something(body):
            return body
        if kind != "link":
            return [{"kind": kind, "body": body}]
        address = self._address(node.get("href"))
        return [{"kind": "link", "to": address, "body": body}] if address else body

    def _inside(self, node: Tag, depth: int) -> list[dict]:
        if depth > DEEPEST:
            return [{"kind": "text", "text": SPACE.sub(" ", node.get_text())}]
        return [piece for child in node.children for piece in self.inline(child, depth + 1)]

    def _paragraph(self, pieces: list[dict]) -> list[dict]:
        return [{"kind": "paragraph", "body": pieces}] if _says_something(pieces) else []

    def _address(self, href) -> str:
        try:
            address = urljoin(self.base, (href or "").strip())
            scheme = urlsplit(address).scheme
        except ValueError:
            return ""
        return address if scheme in ("http", "https", "mailto", "tel") else ""


CONTAINERS = {
    "div",
    "section",
    "article",
    "blockquote",
    "figure",
    "figcaption",
    "dl",
    "table",
    "thead",
    "tbody",
    "tr",
}


def _says_something(pieces: list[dict]) -> bool:
    return any(
        _says_something(piece["body"]) if "body" in piece else piece.get("text", "").strip()
        for piece in pieces
    )
