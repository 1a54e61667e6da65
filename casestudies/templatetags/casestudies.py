"""Template filters of the case studies."""

from django import template

from ..participants import participants_in_words
from ..references import without_keys

register = template.Library()


@register.filter
def sourced(text, references):
    """The text with its source keys as links (``references.References``)."""
    return references.link(text)


@register.filter
def unsourced(text):
    """The text without its source keys, for lists and tables that show no sources."""
    return without_keys(text)


register.filter("participants", participants_in_words)
