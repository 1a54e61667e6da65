"""The tools as printed documents: to tick, to write on, to hand out."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import capfirst

from pluginnovation.core.pdf import (
    Block,
    Choices,
    Document,
    Facts,
    Heading,
    Items,
    Lines,
    PageBreak,
    Rich,
    Text,
    Ticks,
)
from pluginnovation.core.templatetags.swedish import in_words

from .questions import as_shown
from .visible import published


def document_of(page, respondent: str = "") -> Document:
    """The tool as a document; of a questionnaire, all of it or the part of one respondent."""
    parts = PARTS[page.printed_as](page, respondent)
    return Document(
        title=page.title,
        kicker=page.kind,
        summary=page.summary,
        date=_reviewed(page),
        address=settings.SITE_URL + (page.url or "/"),
        keywords=tuple(page.role_labels),
        blocks=(*parts, *_about(page)),
    )


def _reviewed(page) -> str:
    if not page.last_reviewed:
        return ""
    return f"Senast granskad {date_format(page.last_reviewed, 'j F Y')}"


def _section(heading: str, html: str) -> tuple[Block, ...]:
    return (Heading(heading), Rich(html)) if html else ()


def _steps(page, _respondent) -> tuple[Block, ...]:
    made = [*_section("När", page.when), *_section("För vem", page.for_whom)]
    steps = list(page.steps.all())
    if steps:
        made.append(Heading(page.steps_heading))
    for number, step in enumerate(steps, start=1):
        made += [Heading(f"{number}. {step.heading}", level=3), Rich(step.body, top_heading=4)]
    made += [*_section("Se upp med", page.pitfalls), *_section("Mer att veta", page.body)]
    return tuple(made)


def _checklist(page, _respondent) -> tuple[Block, ...]:
    made = [Rich(page.intro), Lines("Gäller"), Lines("Datum och vem som fyllde i (roll)")]
    for group in page.groups:
        made.append(Heading(group.value["heading"]))
        if group.value["intro"]:
            made.append(Text(group.value["intro"]))
        made.append(Ticks(tuple((item["text"], item["help"]) for item in group.value["items"])))
    return (*made, *_section("Bra att veta", page.notes))


def _questionnaire(page, respondent) -> tuple[Block, ...]:
    made = [] if respondent else [Rich(page.intro)]
    shown = [one for one in as_shown(page) if respondent in ("", one["code"])]
    for part in shown:
        if not respondent and len(shown) > 1:
            made.append(PageBreak())
        made += _questions(part)
    return tuple(made)


def _questions(part: dict) -> list[Block]:
    made = [Heading(part["title"])]
    if part["intro"]:
        made.append(Text(part["intro"]))
    number = 0
    for section in part["sections"]:
        made.append(Heading(section["heading"], level=3))
        for question in section["questions"]:
            number += 1
            made.append(
                Choices(
                    number,
                    question["text"],
                    question["help"],
                    question["how"],
                    tuple(question["options"]),
                )
            )
    return made


def _about(page) -> tuple[Block, ...]:
    facts = [
        ("Tid", getattr(page, "time", "")),
        ("Kostnad", getattr(page, "cost", "")),
        ("Nivå", capfirst(in_words(page.level_labels))),
        ("För", capfirst(in_words(page.role_labels))),
        ("Förebyggande nivå", capfirst(in_words(page.prevention_labels))),
    ]
    rows = tuple((term, words) for term, words in facts if words)
    made = [Heading("Om verktyget"), Facts(rows)] if rows else []
    works = published(page.works.all()).order_by("title") if page.pk else ()
    references = tuple(f"{work.short_reference}: {work.title}" for work in works)
    if references:
        made += [Heading("Vad det bygger på"), Items(references)]
    return tuple(made)


PARTS = {"steps": _steps, "checklist": _checklist, "questionnaire": _questionnaire}
