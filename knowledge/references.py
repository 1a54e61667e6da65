"""A work's reference as the editor's fields and as CSL-JSON, each out of the other."""

import re

# Field of the page, and what CSL calls it.
PARTS = {
    "container": "container-title",
    "volume": "volume",
    "issue": "issue",
    "pages": "page",
    "number": "number",
    "genre": "genre",
    "collection": "collection-title",
    "collection_number": "collection-number",
    "publisher": "publisher",
    "place": "publisher-place",
    "page_count": "number-of-pages",
    "doi": "DOI",
    "isbn": "ISBN",
}
ROLES = ("author", "editor")
# Field of a person, and what CSL calls it.
NAMES = {
    "given": "given",
    "particle": "non-dropping-particle",
    "family": "family",
    "organisation": "literal",
}
ISSUED = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")
DOI = re.compile(r"10\.\d{4,9}/\S+$")
DOI_LINK = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


def bare_doi(text: str) -> str:
    """``https://doi.org/10.1000/x`` as ``10.1000/x``."""
    return DOI_LINK.sub("", text.strip())


def csl_of(work) -> dict:
    """The reference of a page in CSL-JSON; what is not known is left out."""
    csl = {"id": work.slug, "type": work.form, "title": work.title}
    people = list(work.people.all())
    for role in ROLES:
        if named := [_csl_name(person) for person in people if person.role == role]:
            csl[role] = named
    if found := ISSUED.match(work.issued):
        csl["issued"] = {"date-parts": [[int(part) for part in found.groups() if part]]}
    csl |= {key: value for name, key in PARTS.items() if (value := getattr(work, name))}
    if work.link and not DOI_LINK.match(work.link):
        csl["URL"] = work.link
    return csl | ({"language": work.language} if work.language else {})


def _csl_name(person) -> dict:
    if person.organisation:
        return {"literal": person.organisation}
    return {key: value for name, key in NAMES.items() if (value := getattr(person, name))}


def fields_of(csl: dict) -> dict:
    """The values of the page's fields that a CSL object gives, without title and language."""
    made = {name: str(csl.get(key) or "")[:255] for name, key in PARTS.items()}
    made |= {"form": str(csl.get("type") or ""), "issued": _issued(csl.get("issued"))}
    return made | {"doi": bare_doi(made["doi"])}


def people_of(csl: dict) -> list[dict]:
    """The persons and organisations of a CSL object as fields, authors before editors."""
    return [
        {"role": role} | {name: str(person.get(key) or "") for name, key in NAMES.items()}
        for role in ROLES
        for person in _listed(csl.get(role))
        if person.get("family") or person.get("literal")
    ]


def _listed(people) -> list[dict]:
    return [one for one in people if isinstance(one, dict)] if isinstance(people, list) else []


def issued_of(day) -> dict:
    """A date as CSL has it."""
    return {"date-parts": [[day.year, day.month, day.day]]}


def _issued(issued) -> str:
    """``{"date-parts": [[2017, 3]]}`` as ``2017-03``; what is no date is no text."""
    try:
        year, *rest = (int(part) for part in issued["date-parts"][0])
    except (KeyError, IndexError, TypeError, ValueError):
        return ""
    text = "-".join([f"{year:04}", *(f"{part:02}" for part in rest)])
    return text if ISSUED.match(text) else ""
