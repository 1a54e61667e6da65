"""A whole table of the open data as CSV, one cell a row, with its description beside it.

The selection is the table's default one; for another there is the API.
"""

from django.conf import settings
from django.http import Http404
from django.views.decorators.http import require_safe

from . import permalinks, sheets, tables
from .api import dataset
from .api.addresses import SOURCE
from .api.codelists import COUNTS
from .api.query import build
from .figures.model import Column
from .publication import Figures

CSV_ENDINGS = "|".join(
    ending.replace(".", r"\.") for ending in sheets.ENDINGS if ending not in ("xlsx", "json")
)


@require_safe
def file(request, table_id, ending):
    """``publicering=3`` asks that publication; without it the newest answers."""
    asked = permalinks.asked(request.GET)
    found = tables.TABLES.get(table_id)
    if found is None or asked.figures is None:
        raise Http404("Det finns ingen sådan tabell, eller ingen sådan publicering.")
    address = settings.SITE_URL + request.get_full_path()
    return sheets.response(sheet(asked.figures, found), ending, address)


def sheet(figures: Figures, table: tables.Table) -> sheets.Sheet:
    """Each published cell of the default selection, its codes in one text and its labels."""
    question = build(figures, table, {}, {})
    dimensions = question.dimensions[:-1]
    lines = []
    for cell in question.cells():
        codes = [cell[one.code] for one in dimensions]
        labels = tuple(one.values[code] for one, code in zip(dimensions, codes, strict=True))
        count = dataset.count(figures, question, cell)
        lines.append(sheets.Line("|".join(codes), labels, (count,)))
    mark = "-syntetisk" if figures.synthetic else ""
    return sheets.Sheet(
        id=table.id,
        title=dataset.title(table),
        label="Koderna i kolumnen kod står i samma ordning som kolumnerna efter den.",
        key_labels=tuple(one.label for one in dimensions),
        columns=(Column("antal", COUNTS["antal"]),),
        lines=tuple(lines),
        notes=(*dataset.notes(figures, table), f"Källa: {SOURCE}."),
        name=f"{table.id}-publicering-{figures.number}{mark}",
        source=SOURCE,
        updated=figures.published_at,
    )
