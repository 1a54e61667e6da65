"""What the fonts of the house can print, and what stands for the rest.

PDF/UA forbids a character without a glyph, so one emoji in an answer would stop the document.
"""

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

REGULAR = Path(__file__).resolve().parent / "fonts" / "regular.ttf"
STAND_INS = {
    "\N{RIGHTWARDS ARROW}": ">",
    "\N{LEFTWARDS ARROW}": "<",
    "\N{CHECK MARK}": "x",
    "\N{NARROW NO-BREAK SPACE}": "\N{NO-BREAK SPACE}",
    "\N{NON-BREAKING HYPHEN}": "-",
}
UNKNOWN = "?"
KEPT = "\n"
# Control, format and other characters that have no look of their own.
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"}


@cache
def _known() -> frozenset[str]:
    """The characters of the font; its four styles hold the same."""
    with TTFont(REGULAR, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def printable(data):
    """``data`` (dicts, lists, texts) with every text made of characters that the font has."""
    if isinstance(data, str):
        return printable_text(data)
    if isinstance(data, dict):
        return {key: item if key == "svg" else printable(item) for key, item in data.items()}
    if isinstance(data, (list, tuple)):
        return [printable(item) for item in data]
    return data


def printable_text(text: str) -> str:
    """The text, composed; what the font lacks is replaced by its plain form, or by ``?``."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    if _known().issuperset(text):
        return text
    return "".join(_printable(char) for char in text)


def _printable(char: str) -> str:
    if char in _known() or char in KEPT:
        return char
    if char == "\t":
        return " "
    if char in STAND_INS:
        return STAND_INS[char]
    if unicodedata.category(char) in INVISIBLE:
        return ""
    plain = [part for part in unicodedata.normalize("NFKD", char) if part in _known()]
    return "".join(plain) or UNKNOWN
