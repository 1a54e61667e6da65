"""Showing where a text answers the question: marked words, and the place where they stand densest.

Which words match is read from the index row (``entry.places``), so that what is marked is what
was found, forms and last parts of compounds included.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .questions import Part, Question
from .vectors import placed_words
from .words import Word

EXCERPT_WORDS = 36
ELLIPSIS = "…"

PlacedWords = list[tuple[int, Word]]
Hits = dict[int, set[int]]


class Marked(NamedTuple):
    """An entry's title and an excerpt of its text, with ``<mark>`` around what matched."""

    title: SafeString
    excerpt: SafeString


def mark(entry, question: Question) -> Marked:
    """What a result shows of an entry that was fetched with its ``places``."""
    texts = {"title": entry.title, "summary": entry.summary, "body": entry.body}
    fields = placed_words(texts)
    hits = hits_of(question, entry.places or {})
    title = marked(entry.title, fields["title"], hits)
    span = densest(fields["body"], hits)
    in_summary = {part for place, _ in fields["summary"] for part in hits.get(place, ())}
    in_body = {part for place, _ in span for part in hits.get(place, ())}
    if entry.summary and len(in_summary) >= len(in_body):
        return Marked(title, marked(entry.summary, fields["summary"], hits))
    return Marked(title, excerpt(entry.body, span, len(fields["body"]), hits))


def hits_of(question: Question, places: dict[str, list[int]]) -> Hits:
    """The places of the matched words, each with the numbers of the question's parts there."""
    hits: Hits = {}
    for number, part in enumerate(question.parts):
        for place in _places_of(part, places):
            hits.setdefault(place, set()).add(number)
    return hits


def _places_of(part: Part, places: dict[str, list[int]]) -> Iterable[int]:
    """Where a word stands; for a phrase only where all of it does."""
    each = [{at for term in word for at in places.get(term, ())} for word in part]
    for start in each[0]:
        if all(start + step in here for step, here in enumerate(each)):
            yield from range(start, start + len(part))


def densest(field: PlacedWords, hits: Hits, width: int = EXCERPT_WORDS) -> PlacedWords:
    """The stretch of words with the most parts of the question, then the most hits."""
    at = [index for index, (place, _) in enumerate(field) if place in hits]
    if not at:
        return field[:width]

    def worth(first: int):
        near = [index for index in at[first:] if index < at[first] + width]
        parts = {part for index in near for part in hits[field[index][0]]}
        return len(parts), len(near), -first

    # A common word of a long text: the first thousand places are enough to choose from.
    first = max(range(min(len(at), 1000)), key=worth)
    last = max(index for index in at[first:] if index < at[first] + width)
    lead = (width - (last - at[first] + 1)) // 2
    start = max(0, min(at[first] - lead, len(field) - width))
    return field[start : start + width]


def excerpt(text: str, span: PlacedWords, words_in_all: int, hits: Hits) -> SafeString:
    """The stretch of text, marked, with dots where something was left out."""
    if not span:
        return format_html("{}", "")
    first, last = span[0][1], span[-1][1]
    before = ELLIPSIS if text[: first.start].strip() else ""
    after = ELLIPSIS if text[last.end :].strip(" \n.") else ""
    inner = marked(text, span, hits, first.start, last.end)
    return format_html("{}{}{}", f"{before} " if before else "", inner, f" {after}" * bool(after))


def marked(text: str, field: PlacedWords, hits: Hits, start=0, end=None) -> SafeString:
    """The text from start to end, escaped, with its matched words in ``<mark>``."""
    pieces, position = [], start
    for place, word in field:
        if place in hits:
            pieces += [(text[position : word.start], word.text)]
            position = word.end
    rest = text[position:end]
    inner = format_html_join("", "{}<mark>{}</mark>", pieces)
    return format_html("{}{}", inner, rest)
