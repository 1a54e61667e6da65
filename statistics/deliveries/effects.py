"""What a file would change in the published figures: protected before, protected after.

Both are whole publications that nobody keeps. Only the places that the source tells about
are compared, and nothing here sees a true count.
"""

from dataclasses import asdict, dataclass
from itertools import product

from .. import codes, tables
from ..disclosure import BLOCKED, STRUCTURAL, TOTAL, Count
from ..publication import Figures

MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One figure that changes: interruptions of one place in one school year."""

    place: str
    year: str
    before: str
    after: str


def places_of(source) -> tuple[str, ...]:
    """The municipalities whose figures a source's files may change, as the figures name them."""
    told = source.municipalities.values_list("code", flat=True) or codes.REGION
    return tuple(dict.fromkeys(map(codes.region_code, told)))


def effect(before: Figures | None, after: Figures | None, places: tuple[str, ...]) -> dict:
    """``lines`` of the main table, and of each table how many cells change and how many not.

    ``waits`` are the places that keep their old figures: too few records would have changed.
    """
    if after is None:
        return {
            "lines": [],
            "more": 0,
            "tables": [],
            "waits": [],
            "data_date": None,
            "data_date_before": None,
        }
    lines = list(_lines(before, after, (*places, TOTAL)))
    return {
        "lines": [asdict(line) for line in lines[:MOST_LINES]],
        "more": max(0, len(lines) - MOST_LINES),
        "tables": [
            counted
            for table in tables.TABLES.values()
            if (counted := _counted(before, after, table, places))["changed"]
        ],
        "waits": [tables.PLACES[p] for p in places if p in after.held_places("avbrott")],
        "data_date": after.data_date.isoformat(),
        "data_date_before": before.data_date.isoformat() if before else None,
    }


def _lines(before, after, places):
    for year in reversed(after.codes["lasar"]):
        for place in places:
            old = _cell(before, "avbrott", {"hemkommun": place, "lasar": year})
            new = _cell(after, "avbrott", {"hemkommun": place, "lasar": year})
            if _written(old) != _written(new):
                yield Line(place, year, _written(old), _written(new))


def _counted(before, after, table, places) -> dict:
    """How many of the cells of these places, and of all schools in them, would be others."""
    changed = total = 0
    at = next((v for v in table.variables if v in ("hemkommun", "skolkommun")), None)
    lists = [places if code == at else after.codes[code] for code in table.variables]
    for cell in product(*lists):
        fixed = dict(zip(table.variables, cell, strict=True))
        new = _cell(after, table.id, fixed)
        if new.status == STRUCTURAL:
            continue
        total += 1
        changed += _written(_cell(before, table.id, fixed)) != _written(new)
    return {"table": table.id, "title": table.label, "changed": changed, "cells": total}


def _cell(figures: Figures | None, table: str, fixed: dict) -> Count:
    try:
        return figures.cell(table, **fixed) if figures else Count(0)
    except KeyError:  # a year, month or school that the other publication does not know
        return Count(0)


def _written(count: Count) -> str:
    return str(count.value) if count.value is not None else count.status or BLOCKED
