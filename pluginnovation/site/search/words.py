"""What counts as the same word.

A word is known by its terms: the folded word itself, its folded lemma and, in the index only,
the last parts of the compound that it is. A search finds a text where they share a term.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from .word_lists import PARTICLES, SUFFIXES

LONGEST_WORD = 60
SHORTEST_LAST_PART = 5
SHORTEST_FIRST_PART = 3
MOST_GUESSED_LETTERS = 6

_WORD = re.compile(r"[^\W_]+")
_OTHER_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ł": "l", "þ": "th", "ð": "d"})
_WITH_DIACRITICS = {"a": "aåä", "o": "oö"}


class Word(NamedTuple):
    """A word of a text, and where it stands in it."""

    text: str
    start: int
    end: int


def normalise(text: str) -> str:
    """One way of writing the same characters; without soft hyphens and control characters."""
    text = unicodedata.normalize("NFKC", text).replace("\N{SOFT HYPHEN}", "")
    return "".join(
        char if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"} else " "
        for char in text
    )


def words(text: str) -> Iterator[Word]:
    """The words of a normalised text: runs of letters and digits."""
    for match in _WORD.finditer(text):
        yield Word(match[0], match.start(), match.end())


def fold(word: str) -> str:
    """``Åtgärd`` as ``atgard``: without case and diacritics; letters and digits only."""
    letters = unicodedata.normalize("NFKD", word.casefold().translate(_OTHER_LETTERS))
    return "".join(filter(str.isalnum, letters))[:LONGEST_WORD]


@lru_cache(maxsize=50_000)
def index_terms(word: str) -> frozenset[str]:
    """The folded word and lemma: what a text with this word is found by."""
    word = word.lower()
    return frozenset({fold(word), fold(lemma(word))} - {""})


@lru_cache(maxsize=50_000)
def last_parts(word: str) -> frozenset[str]:
    """The terms of the compound's last parts: ``studieavbrottet`` gives ``avbrott``."""
    parts = _parts(word.lower())
    long_enough = {part for part in parts if len(lemma(part)) >= SHORTEST_LAST_PART}
    return frozenset(term for part in long_enough for term in index_terms(part))


@lru_cache(maxsize=2_000)
def query_terms(word: str) -> frozenset[str]:
    """What a searched word may be found by; typed without diacritics it is guessed."""
    word = word.lower()
    meant = {word} if _known(word) else {word, *_with_diacritics(word)}
    return frozenset(term for one in meant for term in index_terms(one))


@lru_cache(maxsize=50_000)
def lemma(word: str) -> str:
    """The word as a dictionary has it; an unknown compound by its last part's lemma."""
    known = _dictionary().get_lemma(word, "sv")
    if known is not None:
        return known.lower()
    for tail in _tails(word):
        return word[: -len(tail)] + lemma(tail)
    return word[:-1] if len(word) > 4 and word.endswith("s") else word


def _parts(word: str) -> set[str]:
    """The longest last part, then that one's: what is shorter by chance is not looked at."""
    whole = lemma(word) if _in_dictionary(word) else word
    tails = [] if _derived(whole) else _tails(whole)
    # The letter between may belong to either: avbrott-slängd, avbrotts-längd; sko-lenhet.
    nearest = [tail for tail in tails if tail in (tails[0], tails[0][1:])]
    return {part for tail in nearest for part in {tail, *_parts(tail)}}


def _derived(word: str) -> bool:
    """Whether a word of the dictionary is one with something before or behind it."""
    if not _in_dictionary(word):
        return False
    before = (word[len(one) :] for one in PARTICLES if word.startswith(one))
    behind = (word[: -len(one)] for one in SUFFIXES if word.endswith(one))
    return any(map(_in_dictionary, before)) or any(
        _in_dictionary(stem) and lemma(stem) == stem for stem in behind
    )


def _tails(word: str) -> list[str]:
    """The last parts, the longest first: known words behind a first part that is one."""
    if len(word) > LONGEST_WORD:
        return []
    cuts = range(SHORTEST_FIRST_PART, len(word) - SHORTEST_LAST_PART + 1)
    return [word[at:] for at in cuts if _in_dictionary(word[at:]) and _first_part(word[:at])]


@lru_cache(maxsize=20_000)
def _first_part(text: str) -> bool:
    """Whether the text is a word, or words put together, that others can follow."""
    if len(text) < SHORTEST_FIRST_PART or text in PARTICLES:
        return False
    if _known(text):
        return True
    cuts = range(SHORTEST_FIRST_PART, len(text) - SHORTEST_FIRST_PART + 1)
    return any(_known(text[at:]) and _first_part(text[:at]) for at in cuts)


def _with_diacritics(word: str) -> set[str]:
    """The known words that fold to this one: ``atgarder`` may be ``åtgärder``."""
    choices = [_WITH_DIACRITICS.get(letter, letter) for letter in word]
    open_letters = sum(len(choice) > 1 for choice in choices)
    if not word.isascii() or not 0 < open_letters <= MOST_GUESSED_LETTERS:
        return set()
    guesses = ("".join(letters) for letters in product(*choices))
    return {guess for guess in guesses if guess != word and _in_dictionary(guess)}


def _known(word: str) -> bool:
    return word not in PARTICLES and _dictionary().get_lemma(word, "sv") is not None


@lru_cache(maxsize=50_000)
def _in_dictionary(word: str) -> bool:
    return _dictionary().is_dictionary_member(word, "sv")


@cache
def _dictionary():
    """simplemma's Swedish words. Half a second and 20 MB; a web process reads them first."""
    from simplemma.strategies import DictionaryLookupStrategy
    from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY

    return DictionaryLookupStrategy(LOW_MEMORY_DICTIONARY_FACTORY)
