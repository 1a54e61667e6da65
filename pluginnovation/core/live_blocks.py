"""Blocks that show something which may cease to be there, for pages that do not know what it is.

``LIVE_BLOCKS`` of the settings names them: ``{"figure": "dotted.path.Block"}``.
Such a block has a method ``problem(value)``, a sentence for the editors where it shows nothing.
"""

from django.conf import settings
from django.utils.module_loading import import_string
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField


def live_blocks() -> list[tuple]:
    """Names and new instances, for a StreamField or a stream block."""
    return [(name, import_string(path)()) for name, path in settings.LIVE_BLOCKS.items()]


class LiveStream(StreamBlock):
    """Any number of them. A form without the field, as a script may send it, has none."""

    def value_from_datadict(self, data, files, prefix):
        if f"{prefix}-count" not in data:
            return self.normalize([])
        return super().value_from_datadict(data, files, prefix)


def of_page(page):
    """Every such block of a page, with its value."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for child in getattr(page, field.name) or ():
                if hasattr(child.block, "problem"):
                    yield child.block, child.value


def problems(page) -> list[str]:
    """Why something on the page is not shown, a sentence for each."""
    found = (block.problem(value) for block, value in of_page(page))
    return [text for text in found if text]
