"""References as files: BibTeX (written by bibtexparser), RIS (by rispy), CSL-JSON.

A reference is CSL-JSON throughout; what a format has no place for is left out.
"""

import json
import re

import rispy

from .citations import inverted, page_span, year

BIBTEX_KINDS = {
    "article-journal": "article",
    "book": "book",
    "chapter": "incollection",
    "report": "techreport",
    "thesis": "phdthesis",
}
# CSL, and what BibTeX calls it; the publisher depends on the kind.
BIBTEX_FIELDS = {
    "volume": "volume",
    "issue": "number",
    "number": "number",
    "collection-title": "series",
    "collection-number": "number",
    "publisher-place": "address",
    "genre": "type",
    "language": "language",
    "abstract": "abstract",
    "note": "note",
}
BIBTEX_PUBLISHER = {"report": "institution", "thesis": "school"}
# Characters that TeX takes for more than a character.
TEX = {ord(char): f"\\{char}" for char in "&%$#_"} | {
    ord("{"): "(",
    ord("}"): ")",
    ord("\\"): "/",
    ord("~"): "\\textasciitilde ",
    ord("^"): "\\textasciicircum ",
}
KEY = re.compile(r"[^a-z0-9-]")
RIS_KINDS = {
    "article-journal": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "motion_picture": "VIDEO",
    "report": "RPRT",
    "thesis": "THES",
    "webpage": "ELEC",
}
RIS_FIELDS = {
    "title": "title",
    "volume": "volume",
    "issue": "number",
    "publisher": "publisher",
    "publisher-place": "place_published",
    "collection-title": "tertiary_title",
    "genre": "type_of_work",
    "ISBN": "issn",
    "DOI": "doi",
    "language": "language",
    "abstract": "abstract",
}


def to_csl(references: list[dict]) -> str:
    return json.dumps(references, ensure_ascii=False, indent=1)


def to_bibtex(references: list[dict]) -> str:
    # Here, because its parser comes with it: megabytes that most processes never need.
    from bibtexparser.bibdatabase import BibDatabase
    from bibtexparser.bwriter import BibTexWriter

    database = BibDatabase()
    database.entries = [_bibtex(csl) for csl in references]
    writer = BibTexWriter()
    writer.order_entries_by = None
    writer.indent = "  "
    return writer.write(database)


def to_ris(references: list[dict]) -> str:
    return rispy.dumps([_ris(csl) for csl in references], implementation=PlainRis)


class PlainRis(rispy.RisWriter):
    """RIS as the format has it: without a numbered line over each reference."""

    def set_header(self, count):
        return ""


def _bibtex(csl: dict) -> dict:
    kind, holder = csl.get("type"), csl.get("container-title")
    entry = {name: _tex(csl[key]) for key, name in BIBTEX_FIELDS.items() if csl.get(key)}
    for role in ("author", "editor"):
        if people := csl.get(role):
            entry[role] = " and ".join(_tex_name(person) for person in people)
    if holder:
        entry["journal" if kind == "article-journal" else "booktitle"] = _tex(holder)
    if csl.get("publisher"):
        entry[BIBTEX_PUBLISHER.get(kind, "publisher")] = _tex(csl["publisher"])
    if csl.get("page"):
        entry["pages"] = "--".join(part for part in page_span(csl) if part)
    # The second braces keep the capitals of the title as they are.
    entry["title"] = f"{{{_tex(csl.get('title'))}}}"
    entry |= _tex_date(csl)
    entry |= {
        name.lower(): _verbatim(csl[name]) for name in ("DOI", "ISBN", "URL") if csl.get(name)
    }
    return entry | {
        "ENTRYTYPE": BIBTEX_KINDS.get(kind, "misc"),
        "ID": KEY.sub("", str(csl.get("id", "")).lower()) or "verk",
    }


def _tex_date(csl) -> dict:
    if not year(csl):
        return {}
    parts = csl["issued"]["date-parts"][0]
    return {"year": str(year(csl))} | ({"month": str(parts[1])} if len(parts) > 1 else {})


def _tex(value) -> str:
    return _line(value).translate(TEX)


def _verbatim(value) -> str:
    """Addresses and numbers stay as they are; braces would end the field."""
    return re.sub(r"[{}\\\s]", "", str(value))


def _tex_name(person: dict) -> str:
    """``Hall, Caroline``; braces keep the name of an organisation in one piece."""
    name = _tex(inverted(person))
    return f"{{{name}}}" if person.get("literal") else name


def _ris(csl: dict) -> dict:
    first, last = page_span(csl)
    entry = {name: _line(csl[key]) for key, name in RIS_FIELDS.items() if csl.get(key)}
    entry |= {
        "type_of_reference": RIS_KINDS.get(csl.get("type"), "GEN"),
        "id": _line(csl.get("id")),
        "authors": [_line(inverted(person)) for person in csl.get("author") or ()],
        "secondary_authors": [_line(inverted(person)) for person in csl.get("editor") or ()],
        "secondary_title": _line(csl.get("container-title")),
        "year": str(year(csl) or ""),
        "date": _ris_date(csl),
        "start_page": first,
        "end_page": last,
        "urls": [_line(csl["URL"])] if csl.get("URL") else [],
        "notes": [_line(csl["note"])] if csl.get("note") else [],
    }
    entry.setdefault("number", _line(csl.get("number") or csl.get("collection-number")))
    return {name: value for name, value in entry.items() if value}


def _ris_date(csl) -> str:
    """``2017/03/23/``, where more than the year is known."""
    if not year(csl) or len(csl["issued"]["date-parts"][0]) < 2:
        return ""
    parts = [f"{part:02}" for part in csl["issued"]["date-parts"][0]]
    return "/".join([*parts, *[""] * (4 - len(parts))])


def _line(value) -> str:
    """One line without control characters: a line of its own would be a field of its own."""
    text = "".join(char if char.isprintable() else " " for char in str(value or ""))
    return " ".join(text.split())
