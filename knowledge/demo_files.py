"""Demo content: files to fetch beside a tool, made out of fixtures/content/templates."""

from collections.abc import Callable
from functools import partial

from django.core.files.base import ContentFile

from pluginnovation.core.fixtures import read_folder
from pluginnovation.core.models import SiteDocument
from pluginnovation.core.pdf import (
    Block,
    Document,
    Heading,
    Items,
    Lines,
    PageBreak,
    Picture,
    Text,
    Ticks,
    render,
)

from .class_review_sheet import class_review_sheet
from .models import ToolAttachment

KICKER = "Mall"
SHEETS = {"klassgenomgang": class_review_sheet}
# A map to draw on: a place in the middle and two rings around it.
RINGS = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 560" fill="none" stroke="#8f8a7f">'
    '<circle cx="320" cy="280" r="60" stroke="#0f4c44" stroke-width="3"/>'
    '<circle cx="320" cy="280" r="160" stroke-dasharray="6 6" stroke-width="1.5"/>'
    '<circle cx="320" cy="280" r="268" stroke-dasharray="6 6" stroke-width="1.5"/></svg>'
)
# What a block of a file may be, by the key that names it.
BLOCKS: dict[str, Callable[[dict], Block]] = {
    "heading": lambda item: Heading(item["heading"]),
    "text": lambda item: Text(item["text"]),
    "small": lambda item: Text(item["small"], style="small"),
    "items": lambda item: Items(tuple(item["items"])),
    "ticks": lambda item: Ticks(tuple((text, more) for text, more in item["ticks"])),
    "lines": lambda item: Lines(item["lines"], item["count"]),
    "rings": lambda item: Picture(RINGS, item["rings"]),
    "break": lambda item: PageBreak(),
}


def attachments_of(item: dict) -> list[ToolAttachment]:
    """What a tool of the files has to fetch, in its order; an unknown name is an error."""
    templates = {each["slug"]: each for each in read_folder("templates")}
    return [
        ToolAttachment(
            sort_order=number,
            document=ensure_document(
                template["title"], file_name(template), partial(content_of, template)
            ),
            description=template["description"],
        )
        for number, template in enumerate(templates[name] for name in item.get("files") or ())
    ]


def ensure_document(title: str, name: str, content: Callable[[], bytes]) -> SiteDocument:
    """The document of that title, made where there is none yet."""
    found = SiteDocument.objects.filter(title=title).first()
    return found or SiteDocument.objects.create(title=title, file=ContentFile(content(), name))


def file_name(template: dict) -> str:
    return f"mall-{template['slug']}.{'xlsx' if 'sheet' in template else 'pdf'}"


def content_of(template: dict) -> bytes:
    if sheet := template.get("sheet"):
        return SHEETS[sheet](template["title"], template["summary"])
    return render(as_document(template))


def as_document(template: dict) -> Document:
    return Document(
        title=template["title"],
        kicker=KICKER,
        summary=template["summary"],
        blocks=tuple(_block(item) for item in template["blocks"]),
    )


def _block(item: dict) -> Block:
    [kind] = [key for key in item if key in BLOCKS]
    return BLOCKS[kind](item)
