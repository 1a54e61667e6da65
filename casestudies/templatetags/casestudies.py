"""Template filters of the case studies."""

from django import template

from ..participants import participants_in_words

register = template.Library()


@register.filter
def sourced(text, references):
    """The text with its source keys as links (``references.References``)."""
    return references.link(text)


register.filter("participants", participants_in_words)
