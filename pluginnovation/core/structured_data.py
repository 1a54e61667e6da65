"""schema.org descriptions as a data block (``application/ld+json``), which no browser runs."""

import json

from django.utils.safestring import SafeString, mark_safe

# What could end the element that holds the text, or start a comment in it.
_UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def json_ld(content: dict) -> SafeString:
    """The content as text for within the element; whatever it holds cannot leave it."""
    text = json.dumps(content, ensure_ascii=False)
    return mark_safe(text.translate(_UNSAFE))  # noqa: S308 (escaped in the line above)
