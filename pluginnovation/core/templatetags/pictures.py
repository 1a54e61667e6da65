"""``{% picture image alt=... %}``: a picture in the formats and sizes of the site."""

from django import template

from pluginnovation.core import pictures
from pluginnovation.core.generation import kept_in_process

register = template.Library()

# As wide as the text of a page, or the whole of a telephone.
IN_TEXT = "(min-width: 60rem) 42rem, 100vw"
# The markup is the same until a picture changes, and to find its sizes costs a look into the
# cache and a write to it.
KEPT = 64


@register.simple_tag
def picture(image, alt: str, decorates: bool = False, sizes: str = IN_TEXT):
    return _markup(image, alt, sizes, decorates)


@kept_in_process(KEPT)
def _markup(image, alt, sizes, decorates) -> str:
    return str(pictures.picture(image, alt, sizes, decorates))
