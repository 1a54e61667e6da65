"""References out of CSL-JSON: APA (7th edition), and the meta tags that Zotero reads."""

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

JOURNALS = {"article-journal", "article-magazine", "article-newspaper"}


def _people(csl: dict) -> list[dict]:
    people = csl.get("author") or csl.get("editor") or []
    return [person for person in people if isinstance(person, dict)]


def names(csl: dict) -> list[str]:
    """Each author as ``Given Family``, or the name of an organisation."""
    return [
        person.get("literal") or f"{person.get('given', '')} {person.get('family', '')}".strip()
        for person in _people(csl)
    ]


def year(csl: dict) -> int | None:
    try:
        return int(csl["issued"]["date-parts"][0][0])
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def short_authors(csl: dict) -> str:
    """``Hall``, ``Hall och Lund``, ``Hall m.fl.``"""
    families = [
        person.get("literal")
        or " ".join(
            part for part in (person.get("non-dropping-particle"), person.get("family")) if part
        )
        for person in _people(csl)
    ]
    if len(families) > 2:
        return f"{families[0]} m.fl."
    return " och ".join(families)


def _initials(given: str) -> str:
    """``Ann-Marie B`` as ``A.-M. B.``"""
    words = given.replace(".", ". ").split()
    return " ".join(
        "-".join(f"{part[0]}." for part in word.split("-") if part) for word in words if word != "."
    )


def _apa_name(person: dict) -> str:
    if person.get("literal"):
        return person["literal"]
    family = " ".join(
        part for part in (person.get("non-dropping-particle"), person.get("family")) if part
    )
    initials = _initials(person.get("given", ""))
    return f"{family}, {initials}" if initials else family


def _apa_authors(csl: dict) -> str:
    listed = [_apa_name(person) for person in _people(csl)]
    if len(listed) > 20:
        return ", ".join(listed[:19]) + f", … {listed[-1]}"
    if len(listed) > 1:
        return ", ".join(listed[:-1]) + f", & {listed[-1]}"
    return "".join(listed)


def _apa_where(csl: dict) -> SafeString:
    """The journal with volume, issue and pages; or else the publisher."""
    holder = csl.get("container-title")
    if csl.get("type") in JOURNALS and holder:
        issue = f"({csl['issue']})" if csl.get("issue") else ""
        volume = format_html("<i>{}</i>{}", csl["volume"], issue) if csl.get("volume") else issue
        return _joined([format_html("<i>{}</i>", holder), volume, _dash(csl.get("page"))])
    inside = format_html("I <i>{}</i>", holder) if holder else ""
    pages = f"s. {_dash(csl['page'])}" if holder and csl.get("page") else ""
    return _joined([part for part in (inside, pages) if part] + [csl.get("publisher")], ". ")


def _joined(parts, separator=", ") -> SafeString:
    present = [(part,) for part in parts if part]
    return format_html_join(separator, "{}", present)


def _dash(pages) -> str:
    return str(pages or "").replace("--", "-").replace("-", "–")


def apa(csl: dict, link: str = "") -> SafeString:
    """The reference as APA has it. What is not known is left out; no year is ``u.å.``"""
    title = csl.get("title", "")
    if csl.get("type") not in JOURNALS and not csl.get("container-title"):
        title = format_html("<i>{}</i>", title)
    head = _joined(
        [_sentence(_apa_authors(csl)), f"({year(csl) or 'u.å.'})."] if _people(csl) else [], " "
    )
    body = [_sentence(title)] if head else [_sentence(title), f"({year(csl) or 'u.å.'})."]
    address = f"https://doi.org/{csl['DOI']}" if csl.get("DOI") else link
    anchor = format_html('<a href="{0}">{0}</a>', address) if address else ""
    return _joined([head, *body, _sentence(_apa_where(csl)), anchor], " ")


def _sentence(text) -> SafeString:
    """``text`` with a full stop at its end, unless it ends with a mark of its own."""
    text = conditional_escape(text)
    bare = text.removesuffix("</i>")
    return text if not bare or bare.endswith((".", "?", "!")) else format_html("{}.", text)


def highwire(csl: dict, language: str = "") -> list[tuple[str, str]]:
    """The ``citation_`` meta tags of a work, each as name and content; empty ones left out."""
    holder = "citation_journal_title" if csl.get("type") in JOURNALS else "citation_inbook_title"
    first, _, last = _dash(csl.get("page")).partition("–")
    tags = [
        ("citation_title", csl.get("title")),
        *(("citation_author", name) for name in names(csl)),
        ("citation_publication_date", year(csl)),
        (holder, csl.get("container-title")),
        ("citation_volume", csl.get("volume")),
        ("citation_issue", csl.get("issue")),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_publisher", csl.get("publisher")),
        ("citation_doi", csl.get("DOI")),
        ("citation_isbn", csl.get("ISBN")),
        ("citation_language", language),
    ]
    return [(name, str(value)) for name, value in tags if value]
