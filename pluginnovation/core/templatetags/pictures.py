"""``{% picture image alt=... %}``: a picture in the formats and sizes of the site."""

from django import template

from pluginnovation.core import pictures

register = template.Library()

# As wide as the text of a page, or the whole of a telephone.
IN_TEXT = "(min-width: 60rem) 42rem, 100vw"


@register.simple_tag
def picture(image, alt: str, decorates: bool = False, sizes: str = IN_TEXT):
    return str(pictures.picture(image, alt, sizes, decorates))
