"""Fields that all rooms share."""

from wagtail.fields import StreamField


class LightStreamField(StreamField):
    """A StreamField whose migrations leave the block definitions out.

    The column is JSON whatever the blocks are, so a new block needs no migration.
    """

    def __init__(self, block_types=(), **kwargs):
        super().__init__(block_types, **kwargs)

    def deconstruct(self):
        name, path, _, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
