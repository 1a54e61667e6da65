"""Plain words out of marked-up text."""

import html
import re
import unicodedata
from urllib.parse import urlsplit

TAG = re.compile(r"<[^>]*>")
WORD = re.compile(r"\w+")
# A full stop ends a sentence where a capital letter follows, so not in "m.fl. visar".
SENTENCE = re.compile(r"(?<=[.?!]) (?=[A-ZÅÄÖ0-9])")


def plain(markup: str) -> str:
    """The text of ``markup`` without its tags; every tag leaves a space."""
    return " ".join(html.unescape(TAG.sub(" ", markup or "")).split())


def fold(text: str) -> str:
    """``text`` in small letters and without diacritics: ``Åtgärd`` as ``atgard``."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def folded_words(markup: str) -> str:
    """The folded words of ``markup``, with one space between them."""
    return " ".join(WORD.findall(fold(plain(markup))))


def host(url: str) -> str:
    """Where a link leads, short enough for a phone: ``doi.org``."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def first_sentence(text: str, longest: int = 300) -> str:
    """The first sentence of ``text``, for lists; cut at a word where it is too long."""
    sentence = SENTENCE.split(" ".join(text.split()), maxsplit=1)[0]
    return sentence if len(sentence) <= longest else sentence[:longest].rpartition(" ")[0] + " …"


def quoted(value: str, longest: int = 40) -> str:
    """What somebody typed, short and without control characters, to say it back to them."""
    return "".join(char for char in value[:longest] if char.isprintable())


NUMBERS = "noll en två tre fyra fem sex sju åtta nio tio elva tolv".split()  # noqa: SIM905


def in_words(number: int) -> str:
    """``3`` as ``tre``; from thirteen on, as one writes Swedish, in figures."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)
