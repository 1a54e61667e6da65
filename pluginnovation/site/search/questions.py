"""What somebody typed into the search field, understood."""

import re
from dataclasses import dataclass
from functools import cached_property

from .vectors import RawQuery
from .word_lists import STOP_WORDS
from .words import normalise, query_terms, words

LONGEST_QUESTION = 200
MOST_PARTS = 12

_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_PIECES = re.compile(r'"([^"]*)"|([^"\s]+)')

# A word by the terms that it may be found by; a phrase is several words in a row.
Part = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Question:
    """``parts`` that should all be found, each a word or a phrase in quotation marks."""

    text: str
    parts: tuple[Part, ...]
    cut: bool = False

    def __bool__(self):
        return bool(self.parts)

    @cached_property
    def terms(self) -> list[str]:
        return sorted({term for part in self.parts for word in part for term in word})

    @property
    def all_parts(self) -> RawQuery:
        return RawQuery(" & ".join(map(_part_query, self.parts)))

    @property
    def any_part(self) -> RawQuery:
        return RawQuery(" | ".join(map(_part_query, self.parts)))


def parse(typed: str) -> Question:
    """Any text becomes a question; one without words becomes an empty one."""
    normal = " ".join(normalise(typed[: LONGEST_QUESTION * 2]).split())
    text = normal[:LONGEST_QUESTION]
    found = list(dict.fromkeys(_parts(text.translate(_QUOTES))))
    telling = [part for part in found if not _is_stop_word(part)] or found
    cut = len(normal) > LONGEST_QUESTION or len(telling) > MOST_PARTS
    parts = tuple(tuple(map(query_terms, part)) for part in telling[:MOST_PARTS])
    return Question(text, tuple(part for part in parts if all(part)), cut)


def _parts(text: str):
    """Tuples of words: phrases whole, everything else one by one."""
    for phrase, loose in _PIECES.findall(text):
        texts = tuple(word.text for word in words(phrase or loose))
        if phrase and texts:
            yield texts
        else:
            yield from ((one,) for one in texts)


def _is_stop_word(part: tuple[str, ...]) -> bool:
    return len(part) == 1 and part[0].lower() in STOP_WORDS


def _part_query(part: Part) -> str:
    return "(" + " <-> ".join(_word_query(word) for word in part) + ")"


def _word_query(word: frozenset[str]) -> str:
    # Terms are letters and digits only, so that nothing in them needs an escape.
    return "(" + " | ".join(f"'{term}'" for term in sorted(word)) + ")"
