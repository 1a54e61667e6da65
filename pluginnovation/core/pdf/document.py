"""What a printed document is put together from. Every block is data; the template draws it."""

from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True)
class Block:
    """A part of a document; ``kind`` is the name by which the template knows it."""

    kind: ClassVar[str] = ""


@dataclass(frozen=True)
class Heading(Block):
    """A headline. The title of the document is level 1, so these begin at 2."""

    kind: ClassVar[str] = "heading"
    text: str
    level: int = 2


@dataclass(frozen=True)
class Text(Block):
    """A paragraph of plain text. ``style``: ``""``, ``lead``, ``small``, or ``before``, which
    stays on the page of what follows."""

    kind: ClassVar[str] = "text"
    text: str
    style: str = ""


@dataclass(frozen=True)
class Rich(Block):
    """The HTML of a rich text field; its headings begin at ``top_heading``."""

    kind: ClassVar[str] = "rich"
    html: str
    top_heading: int = 3


@dataclass(frozen=True)
class Items(Block):
    """A list of plain texts, with numbers where ``numbered``."""

    kind: ClassVar[str] = "items"
    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Facts(Block):
    """Terms and what they are, in two columns: ``(("Tid", "Tio minuter"), ...)``."""

    kind: ClassVar[str] = "facts"
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table(Block):
    """A table with a caption and one header row, repeated on every page.

    ``numeric`` names the columns (from 0) that are set to the right.
    """

    kind: ClassVar[str] = "table"
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True)
class Picture(Block):
    """An SVG drawing and what it shows in words."""

    kind: ClassVar[str] = "picture"
    svg: str
    alternative: str
    caption: str = ""


@dataclass(frozen=True)
class Ticks(Block):
    """Points with a box to tick on paper: ``((text, explanation), ...)``."""

    kind: ClassVar[str] = "ticks"
    points: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Choices(Block):
    """A numbered question with boxes for its answers; without answers, lines to write on."""

    kind: ClassVar[str] = "choices"
    number: int
    question: str
    help: str = ""
    how: str = ""
    options: tuple[str, ...] = ()
    lines: int = 4


@dataclass(frozen=True)
class Lines(Block):
    """Something to fill in by hand: a label and so many empty lines."""

    kind: ClassVar[str] = "lines"
    label: str
    lines: int = 1


@dataclass(frozen=True)
class PageBreak(Block):
    """What follows begins on a new page."""

    kind: ClassVar[str] = "pagebreak"


@dataclass(frozen=True)
class Document:
    """A document: what stands over it, its blocks, and where the page is that it prints.

    ``address`` is the whole address of the web page; it stands in the footer, and relative
    links in rich text are completed by it. ``date`` is the day the text is of, in words.
    ``mark`` stands at the top of every page, where a page alone must say what it is.
    """

    title: str
    blocks: tuple[Block, ...]
    kicker: str = ""
    summary: str = ""
    date: str = ""
    address: str = ""
    author: str = "PlugInnovation"
    keywords: tuple[str, ...] = field(default=())
    mark: str = ""
