"""Dates, numbers, lists and long words in Swedish form."""

import re

from django import template
from django.utils.formats import date_format, number_format
from django.utils.timezone import template_localtime

register = template.Library()

NBSP = "\N{NO-BREAK SPACE}"
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
LONG_WORD = re.compile(r"\w{17,}")
# Where a long word of this field may be broken: before one of these, where its last part begins.
LAST_PART = re.compile(
    r"(?<=\w{5})(?=(?:ansvar|avhopp|bakgrund|behörig|centrum|faktor|fattning|gymnasi|höjande"
    r"|intervju|program|redogör|region|sammanställ|struktur|svårighet|uppfölj|utbildning"
    r"|övergripande)\w*)",
    re.IGNORECASE,
)
PLURALS = {
    "Checklista": "Checklistor",
    "Fallstudie": "Fallstudier",
    "Framgångsfaktor": "Framgångsfaktorer",
    "Föreläsning": "Föreläsningar",
    "Metod": "Metoder",
    "Riktlinje": "Riktlinjer",
    "Riskfaktor": "Riskfaktorer",
    "Sammanfattning": "Sammanfattningar",
    "Sida": "Sidor",
    "Ämne": "Ämnen",
    "Översikt": "Översikter",
}


@register.filter
def number(value):
    """``12345`` as ``12 345``, with a space that does not break."""
    if value is None or value == "":
        return ""
    if type(value) is int and 0 <= value < 1000:
        return str(value)
    return number_format(value, force_grouping=True, use_l10n=True).replace(" ", NBSP)


@register.filter
def day(value):
    """A date as ``3 mars 2026``."""
    return date_format(value, "j F Y") if value else ""


@register.filter
def moment(value):
    """A time as ``3 mars 2026 kl. 14.05``, where it is read."""
    return date_format(template_localtime(value), r"j F Y \k\l. H.i") if value else ""


@register.filter
def month(value):
    """A date as ``mars 2026``."""
    return date_format(value, "F Y") if value else ""


@register.filter
def duration(seconds):
    """Seconds as ``3 min 20 s`` for people."""
    minutes, rest = divmod(round(seconds or 0), 60)
    if not minutes:
        return f"{rest}{NBSP}s"
    return f"{minutes}{NBSP}min" + (f" {rest}{NBSP}s" if rest else "")


@register.filter
def in_words(labels):
    """``["Mentor", "Kurator"]`` as ``mentor och kurator``; ``KAA`` keeps its capitals."""
    words = [_small(label) for label in labels]
    return " och ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _small(label: str) -> str:
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


@register.filter
def many(kind, count):
    """The kind of a page as one says it of ``count`` of them: ``Metod``, ``Metoder``."""
    return kind if count == 1 else PLURALS.get(kind, kind)


@register.filter
def breakable(text):
    """A title whose longest words may be broken on a telephone, also without a dictionary."""
    return LONG_WORD.sub(lambda word: LAST_PART.sub(SOFT_HYPHEN, word[0]), text)
