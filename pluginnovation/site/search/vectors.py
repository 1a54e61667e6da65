"""The words of an entry and of a question as PostgreSQL writes them.

The vector is made here and not by ``to_tsvector``: only so may a word and its lemma share a
place, on which phrases and the marking of hits rest.
"""

from collections import defaultdict
from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func, JSONField, TextField, Value

from .words import Word, index_terms, last_parts, words

# PostgreSQL's own bounds: places end at 16 383, a term keeps 255 of them, a vector 1 MB.
LAST_PLACE = 16_000
MOST_PLACES = 200
MOST_TERMS = 30_000


class Field(NamedTuple):
    """A text of an entry, the weight of its words and that of their last parts."""

    name: str
    weight: str
    part_weight: str


FIELDS = (Field("title", "A", "B"), Field("summary", "B", "C"), Field("body", "C", "D"))


def placed_words(texts: dict[str, str]) -> dict[str, list[tuple[int, Word]]]:
    """The words of each field with their places, which leave a gap between two fields."""
    place, result = 0, {}
    for field in FIELDS:
        numbered = list(enumerate(words(texts[field.name]), start=place + 1))
        result[field.name] = numbered
        place += len(numbered) + 1
    return result


def vector_of(texts: dict[str, str]) -> str:
    """The ``tsvector`` of an entry's fields, as text.

    Words behind the last place are found, too, but neither in phrases nor marked.
    """
    places: dict[str, dict[int, str]] = defaultdict(dict)
    for field, (_, numbered) in zip(FIELDS, placed_words(texts).items(), strict=True):
        for place, word in numbered:
            _add(places, index_terms(word.text), place, field.weight)
            _add(places, last_parts(word.text), place, field.part_weight)
    return " ".join(_lexeme(term, at) for term, at in list(places.items())[:MOST_TERMS])


def _add(places, terms, place, weight):
    for term in terms:
        known = places[term]
        if place <= LAST_PLACE and len(known) < MOST_PLACES:
            known.setdefault(place, weight)


def _lexeme(term: str, at: dict[int, str]) -> str:
    if not at:
        return f"'{term}'"
    return f"'{term}':" + ",".join(f"{place}{weight}" for place, weight in at.items())


class RawVector(Func):
    """A vector written by ``vector_of``."""

    template = "(%(expressions)s)::tsvector"
    output_field = SearchVectorField()

    def __init__(self, text: str):
        super().__init__(Value(text))


class RawQuery(SearchQuery):
    """A question written as a ``tsquery``, taken as it is."""

    def as_sql(self, compiler, connection, function=None, template=None):
        return super().as_sql(compiler, connection, template="(%(expressions)s)::tsquery")


class Places(Func):
    """``{term: [place, ...]}`` for those of the given terms that a vector holds."""

    template = (
        "(SELECT jsonb_object_agg(lexeme, coalesce(positions, '{}')) FROM unnest(%(expressions)s))"
    )
    arg_joiner = ") WHERE lexeme = ANY("
    output_field = JSONField()

    def __init__(self, vector: str, terms: list[str]):
        super().__init__(vector, Value(terms, output_field=ArrayField(TextField())))
