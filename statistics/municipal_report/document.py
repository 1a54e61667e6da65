"""The report as a PDF: the same sentences and tables as the page, with the drawings between."""

from django.conf import settings
from django.utils.html import format_html, format_html_join

from pluginnovation.core import pdf

from .. import charts
from ..exports import EXACT, SYNTHETIC
from ..figures.words import day_words
from .advice import Advice
from .model import Grid, Report, Section

# A drawing of so many pixels fills the width of the page, with letters of about 8 points.
WIDTH = 760
EXACT_MARK = "Exakta uppgifter – får inte publiceras"
SYNTHETIC_MARK = "Syntetiska data"


def document(report: Report, address: str, advice: list[Advice]) -> pdf.Document:
    """``address`` is the whole address of the page with these very numbers."""
    found = report.figures
    marks = [EXACT_MARK] * found.exact + [SYNTHETIC_MARK] * found.synthetic
    blocks = [
        *([pdf.Text(SYNTHETIC, "small")] if found.synthetic else []),
        *_opening(report),
        *(block for section in report.sections for block in _section(report, section)),
        *_closing(report, address, advice),
    ]
    return pdf.Document(
        title=report.title,
        kicker=EXACT_MARK if found.exact else "Kommunrapport för nämnden",
        date=_when(report),
        address=address,
        blocks=tuple(blocks),
        keywords=("studieavbrott", report.name, report.year),
        mark=" · ".join(marks),
    )


def file_name(report: Report) -> str:
    """Without the ending. Exact figures and made-up ones say so already in the name."""
    found = report.figures
    year = report.year.replace("/", "-")
    mark = "-syntetisk" if found.synthetic else ""
    place = f"kommunrapport-{report.place}-{year}"
    if found.exact:
        return f"{EXACT.split()[0]}-far-inte-publiceras-{place}-{found.data_date:%Y-%m-%d}{mark}"
    return f"{place}-publicering-{found.number}{mark}"


def _when(report):
    found = report.figures
    made = "Läst direkt ur registret" if found.exact else f"Publicering {found.number}"
    return f"{made}, data till och med {day_words(found.data_date)}"


def _opening(report):
    if report.too_little:
        yield pdf.Heading("För få avbrott för en hel rapport")
        yield from (pdf.Text(line) for line in report.too_little)
    if report.in_short:
        yield pdf.Heading("Kort sagt")
        yield pdf.Items(report.in_short)
    if report.questions:
        yield pdf.Heading("Frågor att ställa")
        yield pdf.Items(report.questions)


def _section(report: Report, section: Section):
    yield pdf.Heading(section.title)
    yield from (pdf.Text(sentence, "before") for sentence in section.sentences)
    if section.figure is not None and section.figure.chart is not None:
        yield _picture(report, section)
    yield from (_table(grid) for grid in section.grids)
    if section.notes:
        yield pdf.Text(" ".join(section.notes), "small")


def _picture(report, section):
    figure = section.figure
    drawing = charts.svg(
        figure.chart(WIDTH),
        figure.title,
        figure.description,
        f"{section.id}-pdf",
    )
    return pdf.Picture(drawing, figure.description)


def _table(grid: Grid):
    return pdf.Table(grid.caption, grid.header, grid.rows, grid.numeric)


def _closing(report, address, advice):
    found = report.figures
    if advice:
        yield pdf.Heading("Vad som kan hjälpa")
        yield pdf.Text(
            "Fem framgångsfaktorer mot studieavbrott, med råd för skolan och kommunen, verktyg och"
            " exempel:"
        )
        yield pdf.Rich(_links(advice))
    yield pdf.Heading("Skydd och osäkerhet" if not found.exact else "Så får talen användas")
    yield from (pdf.Text(line) for line in report.protection)
    yield pdf.Heading("Så räknas det")
    yield pdf.Facts(report.definitions)
    yield pdf.Heading("Om rapporten")
    yield pdf.Facts(
        (
            ("Data till och med", day_words(found.data_date)),
            ("Publicering", "Ingen: exakta tal" if found.exact else str(found.number)),
            ("Samma tal på webben", address),
            ("Källa", "PlugInnovation, uppgifter från kommuner och skolor i Göteborgsregionen"),
        )
    )


def _links(advice):
    items = format_html_join(
        "",
        '<li><a href="{}{}">{}</a>. {}</li>',
        ((settings.SITE_URL, one.url, one.title, one.text) for one in advice),
    )
    return format_html("<ul>{}</ul>", items)
