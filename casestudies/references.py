"""``[S3]`` in a text becomes a raised number that leads to the third source of the page."""

import re

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe

KEY = re.compile(r"\[(S\d{1,4})\]")
_WITH_SPACE = re.compile(r"(?:\s|&nbsp;)*\[(S\d{1,4})\]")
_TAG = re.compile(r"(<[^>]*>)")


def keys_in(*texts: str) -> list[str]:
    """The source keys that the texts name, each once, in the order they are first named."""
    return list(dict.fromkeys(key for text in texts for key in KEY.findall(text or "")))


def without_keys(text: str) -> str:
    """The text as one would read it aloud: no keys and no space where they stood."""
    return _WITH_SPACE.sub("", text or "")


class References:
    """The numbers of one page's sources, and how often each has been pointed at.

    Make one for each page that is shown: the anchors of the places that point at a source
    are counted while the page is rendered, so that the source list can lead back to them.
    """

    def __init__(self, sources):
        self.sources = list(sources)
        self.numbers = {source.key: place for place, source in enumerate(self.sources, 1)}
        self.used = dict.fromkeys(self.numbers, 0)

    def link(self, text) -> str:
        """Safe HTML: what is not marked safe is escaped, and keys in text become links.

        A key without a source is shown as nothing. Keys inside a tag are left alone.
        """
        parts = _TAG.split(str(conditional_escape(text or "")))
        parts[::2] = [_WITH_SPACE.sub(self._mark, part) for part in parts[::2]]
        return mark_safe("".join(parts))  # noqa: S308 (escaped above, or marked safe before)

    def numbered(self, text) -> str:
        """The text with ``[2]`` where a key of the second source stood, for paper."""
        return _WITH_SPACE.sub(self._number, text or "")

    def _number(self, match) -> str:
        number = self.numbers.get(match[1])
        return f" [{number}]" if number else ""

    def _mark(self, match) -> str:
        key = match[1]
        if key not in self.numbers:
            return ""
        self.used[key] += 1
        return format_html(
            '<sup class="source-ref"><a id="ref-{0}-{1}" href="#kalla-{0}">'
            '<span class="visually-hidden">källa </span>{2}</a></sup>',
            key,
            self.used[key],
            self.numbers[key],
        )

    def listed(self):
        """Each source with its number and the anchors that point at it, as numbered so far."""
        for source in self.sources:
            times = range(1, self.used[source.key] + 1)
            yield source, self.numbers[source.key], [f"ref-{source.key}-{n}" for n in times]
