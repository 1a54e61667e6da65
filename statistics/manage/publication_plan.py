"""What the next publication would change, and what is held back and why, in plain values."""

from itertools import product

from .. import tables
from ..publication import Figures, NothingToPublish, Plan, plan
from ..publication.contents import BLOCKED, NO_SUCH
from ..publication.record_sets import RecordSet


def planned(half_yearly: bool) -> dict:
    """``plan`` is None where there is nothing to publish; ``waits`` says why."""
    try:
        made = plan(half_yearly)
    except NothingToPublish as reason:  # no record, or a source that is behind
        return {"plan": None, "waits": str(reason)}
    return {
        "plan": _of(made.figures) | {"before": _of(made.before) if made.before else None},
        "tables": [_table(made, table) for table in tables.TABLES.values()],
        "codes": [
            {"label": tables.VARIABLES[code].label, **changed}
            for code, changed in made.changes["codes"].items()
        ],
        "groups": [_group(made, one) for one in made.sets.values()],
    }


def _of(figures: Figures) -> dict:
    return {"number": figures.number, "data_date": figures.data_date}


def _cells(figures: Figures, table: tables.Table) -> dict:
    cells = product(*(figures.codes[code] for code in table.variables))
    return dict(zip(cells, figures.values[table.id], strict=True))


def _table(made: Plan, table: tables.Table) -> dict:
    """How many published cells a table has, how many change, and how many are blocked."""
    now = {cell: v for cell, v in _cells(made.figures, table).items() if v != NO_SUCH}
    old = _cells(made.before, table) if made.before and table.id in made.before.values else {}
    return {
        "label": table.label,
        "cells": len(now),
        "changed": sum(old.get(cell, 0) != value for cell, value in now.items()),
        "blocked": sum(value is BLOCKED for value in now.values()),
        "new": table.rhythm in made.sets,
        "day": made.figures.date_of(table.id),
    }


def _group(made: Plan, found: RecordSet) -> dict:
    """What is let out and what is held back of one rhythm's records."""
    before = made.before.values if made.before else {}
    released = [block for block in found.changes if block not in found.held]
    return {
        "label": found.rhythm.label,
        "threshold": found.rhythm.threshold,
        "first": not any(table.id in before for table in found.rhythm.tables),
        "released": [_block(found, block) for block in released],
        "held": [_block(found, block) for block in sorted(found.held)],
    }


def _block(found: RecordSet, block: str) -> dict:
    place, *year = block.split("|")
    known = found.state.blocks.get(block)
    return {
        "place": tables.PLACES[place],
        "year": "".join(year),
        "changes": found.changes.get(block, 0),
        "day": known[1] if known else None,
    }
