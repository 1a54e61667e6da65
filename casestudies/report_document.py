"""The evaluation of a case as a printed document: all its reports, question by question."""

from django.conf import settings
from django.utils.formats import date_format

from pluginnovation.core.pdf import Block, Document, Facts, Heading, Items, Rich, Text

from .evaluation import shown_reports
from .participants import participants_in_words

UNCERTAIN = " (ordalydelsen är inte belagd)"


def evaluation_document(case) -> Document:
    """The reports on the case, with its sources at the end and their numbers in the text."""
    references = case.references()
    parts = []
    for shown in shown_reports(case.live_reports):
        parts += _report(shown["report"], shown["answers"], references)
    return Document(
        title=f"Utvärdering: {case.title}",
        kicker=case.kicker,
        summary="Verkstadens egna svar. Fritextsvaren är återgivna med våra ord. Varje fråga "
        "visas, också den som saknar svar.",
        address=f"{settings.SITE_URL}{case.url or '/'}utvardering/",
        blocks=(*parts, *_sources(references)),
    )


def _report(report, answers, references) -> list[Block]:
    facts = [
        ("Frågelista", f"{report.form.title}, version {report.form.version}"),
        ("Vem som svarade", report.respondent or "Framgår inte av den kopia vi har"),
        ("Deltagare", participants_in_words(report)),
        ("Tid i insatsen", references.numbered(report.enrolled_time)),
        ("Källa", references.numbered(report.source_mark).strip()),
    ]
    made = [
        Heading(report.reporting_period or report.form.title),
        Facts(tuple((term, value) for term, value in facts if value)),
    ]
    if report.note:
        made.append(Text(references.numbered(report.note), style="small"))
    for answer in answers:
        made += _answer(answer, references)
    return made


def _answer(shown, references) -> list[Block]:
    question = shown.question
    made = [Heading(f"{question.code}. {question.text}", level=3)]
    if question.note:
        made.append(Text(references.numbered(question.note), style="small"))
    if shown.gap:
        made.append(Text(shown.gap))
    if shown.step:
        made.append(Text(f"Svar: {shown.step.label}"))
        labels = [_label(row) for row in shown.steps]
        made.append(Text(f"Stegen på skalan: {' / '.join(labels)}", style="small"))
    if shown.text:
        made.append(Rich(references.numbered(shown.text), top_heading=4))
    return made


def _label(step: dict) -> str:
    """The wording of a step; that no read report shows it is said, where it does not say so."""
    is_said = step["seen"] or "ordalydelsen" in step["label"]
    return step["label"] + ("" if is_said else UNCERTAIN)


def _sources(references) -> tuple[Block, ...]:
    if not references.sources:
        return ()
    lines = []
    for source in references.sources:
        read = f", läst {date_format(source.read, 'j F Y')}" if source.read else ""
        lines.append(f"{source.title}{f', {source.url}' if source.url else ''}{read}.")
    return Heading("Källor"), Items(tuple(lines), numbered=True)
