"""What is read out of a reference in CSL-JSON: names, year, and the data that Zotero reads."""

from urllib.parse import urlencode

JOURNALS = {"article-journal", "article-magazine", "article-newspaper"}


def _people(csl: dict) -> list[dict]:
    people = csl.get("author") or csl.get("editor") or []
    return [person for person in people if isinstance(person, dict)]


def _family(person: dict) -> str:
    parts = (person.get("non-dropping-particle"), person.get("family"))
    return " ".join(part for part in parts if part)


def names(csl: dict) -> list[str]:
    """Each author as ``Given Family``, or the name of an organisation."""
    return [
        person.get("literal") or f"{person.get('given', '')} {_family(person)}".strip()
        for person in _people(csl)
    ]


def inverted(person: dict) -> str:
    """``van der Steeg, Marc``, or the name of an organisation."""
    given = person.get("given")
    return person.get("literal") or _family(person) + (f", {given}" if given else "")


def year(csl: dict) -> int | None:
    try:
        return int(csl["issued"]["date-parts"][0][0])
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def short_authors(csl: dict) -> str:
    """``Hall``, ``Hall och Lund``, ``Hall m.fl.``"""
    families = [person.get("literal") or _family(person) for person in _people(csl)]
    if len(families) > 2:
        return f"{families[0]} m.fl."
    return " och ".join(families)


def page_span(csl: dict) -> tuple[str, str]:
    """The first and the last page: ``1-20`` and ``1–20`` as ``("1", "20")``."""
    first, _, last = str(csl.get("page") or "").replace("–", "-").partition("-")
    return first.strip(), last.strip("- ")


def highwire(csl: dict, language: str = "") -> list[tuple[str, str]]:
    """The ``citation_`` meta tags of a work, each as name and content; empty ones left out."""
    holder = "citation_journal_title" if csl.get("type") in JOURNALS else "citation_inbook_title"
    publisher = {
        "report": "citation_technical_report_institution",
        "thesis": "citation_dissertation_institution",
    }.get(csl.get("type"), "citation_publisher")
    first, last = page_span(csl)
    tags = [
        ("citation_title", csl.get("title")),
        *(("citation_author", name) for name in names(csl)),
        ("citation_publication_date", year(csl)),
        (holder, csl.get("container-title")),
        ("citation_volume", csl.get("volume")),
        ("citation_issue", csl.get("issue")),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_technical_report_number", csl.get("number")),
        (publisher, csl.get("publisher")),
        ("citation_doi", csl.get("DOI")),
        ("citation_isbn", csl.get("ISBN")),
        ("citation_language", language),
    ]
    return [(name, str(value)) for name, value in tags if value]


# What OpenURL calls the kinds of works: the format, and the genre within it.
COINS = {
    "article-journal": ("journal", "article"),
    "book": ("book", "book"),
    "chapter": ("book", "bookitem"),
    "report": ("book", "report"),
    "thesis": ("dissertation", ""),
    "webpage": ("dc", ""),
}


def coins(csl: dict) -> str:
    """The work as a context object (OpenURL, Z39.88), which reference managers find in a page."""
    form, genre = COINS.get(csl.get("type"), ("book", "document"))
    first, last = page_span(csl)
    title = {"journal": "atitle", "book": "btitle"}.get(form, "title")
    holder = {"journal": "jtitle", "book": "btitle"}.get(form)
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"),
        ("rft_id", f"info:doi/{csl['DOI']}" if csl.get("DOI") else csl.get("URL")),
        ("rft.genre", genre),
        (f"rft.{'atitle' if genre == 'bookitem' else title}", csl.get("title")),
        *(("rft.au" if form != "dc" else "rft.creator", inverted(one)) for one in _people(csl)),
        ("rft.date", year(csl)),
        (f"rft.{holder}", csl.get("container-title") if holder else ""),
        ("rft.volume", csl.get("volume")),
        ("rft.issue", csl.get("issue")),
        ("rft.spage", first),
        ("rft.epage", last),
        ("rft.inst" if form == "dissertation" else "rft.pub", csl.get("publisher")),
        ("rft.place", csl.get("publisher-place")),
        ("rft.isbn", csl.get("ISBN")),
    ]
    return urlencode([(name, value) for name, value in pairs if value])
