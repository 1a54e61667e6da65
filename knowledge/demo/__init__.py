"""The demo content of this app: factors, tools and the library, from ``fixtures/content``."""

from django.utils import timezone

from pluginnovation.core.fixtures import CONTENT, read_file

from .. import models
from .factors import connect, factors_of, risk_factors
from .library import lectures_of, summaries_of, works_of
from .tools import tools_of

INDEXES = {
    "framgangsfaktorer": (
        models.FactorIndexPage,
        "Framgångsfaktorer",
        "Fem områden som återkommer där fler elever stannar kvar. Till varje finns råd för "
        "den enskilda eleven, för skolan och för kommunen.",
    ),
    "verktyg": (
        models.ToolIndexPage,
        "Verktyg",
        "Metoder, riktlinjer, checklistor och frågeformulär att ta med och använda.",
    ),
    "forskning": (
        models.LibraryIndexPage,
        "Forskning",
        "Föreläsningar, litteratur och sammanfattningar av studier om studieavbrott.",
    ),
}
SHELVES = {
    "forelasningar": (
        models.LectureIndexPage,
        "Föreläsningar",
        "Korta filmer med textning och utskrift.",
    ),
    "litteratur": (
        models.LiteratureIndexPage,
        "Litteratur",
        "Studier, rapporter och böcker om studieavbrott, med referat på svenska.",
    ),
    "sammanfattningar": (
        models.SummaryIndexPage,
        "Sammanfattningar",
        "Internationella studier, återberättade på svenska för den som har ont om tid.",
    ),
}


def load(home, stdout) -> None:
    """Make what is missing, by slug below its parent; leave alone what is there."""
    tops = {slug: _index(home, slug, *about) for slug, about in INDEXES.items()}
    shelves = {slug: _index(tops["forskning"], slug, *about) for slug, about in SHELVES.items()}
    _subjects()
    factors = factors_of(tops["framgangsfaktorer"])
    risk_factors(factors)
    works = works_of(shelves["litteratur"], factors)
    connect(factors, works)
    tools = tools_of(factors, works)
    lectures = lectures_of(shelves["forelasningar"], factors, works)
    summaries = summaries_of(shelves["sammanfattningar"], factors, works)
    stdout.write(
        f"  {len(factors)} framgångsfaktorer, {tools} verktyg, {len(works)} verk, "
        f"{summaries} sammanfattningar, {lectures} föreläsningar"
    )


def _index(parent, slug, model, title, summary):
    page = parent.get_children().filter(slug=slug).first()
    if page is None:
        page = parent.add_child(
            instance=model(
                title=title, slug=slug, summary=summary, last_reviewed=timezone.localdate()
            )
        )
    return page.specific


def _subjects():
    for item in read_file(CONTENT / "subjects.yaml"):
        models.Subject.objects.get_or_create(
            slug=item["slug"],
            defaults={"title": item["title"], "description": item.get("description", "")},
        )
