"""What a text page is put together from."""

from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from pluginnovation.core.live_blocks import live_blocks

MET = (("ja", "Ja"), ("delvis", "Delvis"), ("nej", "Nej"))


class NeedBlock(blocks.StructBlock):
    """A need that a region named, and how this platform meets it."""

    need = blocks.CharBlock(label="Behov")
    who = blocks.CharBlock(label="Vem som uttryckte det", required=False)
    meaning = blocks.TextBlock(label="Vad det betyder", required=False)
    met = blocks.ChoiceBlock(choices=MET, label="Tillgodosett här")
    how = blocks.TextBlock(label="Hur", required=False)
    link = blocks.RegexBlock(
        regex=r"^/(?![/\\])\S*$",
        label="Adress på webbplatsen",
        required=False,
        error_messages={"invalid": "Skriv adressen från snedstrecket, till exempel /statistik/."},
    )


class NeedsTableBlock(blocks.StructBlock):
    """A table of needs, one row for each."""

    caption = blocks.CharBlock(label="Tabellens rubrik")
    needs = blocks.ListBlock(NeedBlock(), label="Behov")

    class Meta:
        label = "Tabell över behov"
        icon = "table"
        template = "blocks/needs_table.html"


class PictureBlock(blocks.StructBlock):
    """A picture in the text; its alternative text is given for this place, or it only decorates."""

    picture = ImageBlock(label="Bild")
    caption = blocks.CharBlock(label="Bildtext", required=False, max_length=300)

    class Meta:
        label = "Bild"
        icon = "image"
        template = "blocks/picture.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a text page."""

    text = blocks.RichTextBlock(
        label="Text", features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
    )
    picture = PictureBlock()
    needs_table = NeedsTableBlock()

    def __init__(self, local_blocks=None, **kwargs):
        super().__init__([*live_blocks(), *(local_blocks or ())], **kwargs)
