"""A figure as a file: the table as it is shown, and the notes that have to follow it."""

from django.utils import timezone

from . import sheets
from .figures.model import Figure
from .publication import Figures
from .sheets import Line, Sheet

SYNTHETIC = "SYNTETISKA DATA: påhittade uppgifter som inte handlar om verkliga elever."
PROTECTED = (
    "Delar behöver inte summera till helheten. .. betyder att talet är för litet för att visas,"
    " - att det inte kan finnas något."
)
EXACT = "EXAKTA UPPGIFTER - FÅR INTE PUBLICERAS"


def notes(figure: Figure, figures: Figures) -> list[str]:
    """What has to follow the numbers wherever they go."""
    definition = figure.definition
    made = (
        f"Hämtade {timezone.localtime(figures.published_at):%Y-%m-%d kl. %H.%M}."
        if figures.exact
        else f"Publicering {figures.number}."
    )
    told = [
        SYNTHETIC if figures.synthetic else "",
        f"{figure.title}. {figure.scope}.",
        definition.counted,
        definition.share,
        definition.left_out,
        *figure.notes,
        figure.preliminary,
        f"Data till och med {figure.until or figures.data_date:%Y-%m-%d}. {made}",
        figure.protection if figures.exact else f"{figure.protection} {PROTECTED}",
        "Källa: PlugInnovation.",
    ]
    return [note for note in told if note]


def stem(figure: Figure, figures: Figures) -> str:
    """The name of the figure's files, without an ending."""
    mark = "-syntetisk" if figures.synthetic else ""
    if figures.exact:
        read = timezone.localtime(figures.published_at)
        return f"EXAKT-far-inte-publiceras-{figure.id}-{read:%Y-%m-%d}{mark}"
    return f"studieavbrott-{figure.id}-publicering-{figures.number}{mark}"


def file_name(figure: Figure, figures: Figures, ending: str) -> str:
    return f"{stem(figure, figures)}.{ending}"


def sheet(figure: Figure, figures: Figures) -> Sheet:
    """The figure's table with its notes, ready for every kind of file."""
    return Sheet(
        id=figure.id,
        title=figure.title,
        label=f"{figure.scope}.",
        key_labels=(figure.row_label,),
        columns=tuple(figure.columns),
        lines=tuple(Line(row.code, (row.label,), row.values) for row in figure.rows),
        notes=tuple(notes(figure, figures)),
        name=stem(figure, figures),
        source="PlugInnovation",
        updated=figures.published_at,
        top=(EXACT,) if figures.exact else (),
        marks=(*[EXACT] * figures.exact, *[SYNTHETIC] * figures.synthetic),
        extension={"synthetic": figures.synthetic, "publication": figures.number},
    )


def as_csv(figure: Figure, figures: Figures) -> bytes:
    """For Swedish Excel."""
    return sheets.as_swedish_csv(sheet(figure, figures))


def as_xlsx(figure: Figure, figures: Figures) -> bytes:
    return sheets.as_xlsx(sheet(figure, figures))


__all__ = ["EXACT", "PROTECTED", "SYNTHETIC", "as_csv", "as_xlsx", "file_name", "notes"]
