"""The next publication: what it would change, what is held back and why, and making it."""

from itertools import product

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from .. import audit, rights, tables
from ..access import staff_only
from ..models import Publication
from ..publication import Beaten, Figures, NothingToPublish, Plan, calendar, plan, publish
from ..publication.contents import BLOCKED, NO_SUCH
from ..publication.making import last_number, published_on
from ..publication.record_sets import RHYTHMS, RecordSet
from . import WAY

LONGEST_NOTE = 500
SHOWN = 12
NEEDS_REASON = "Skriv varför det publiceras en annan dag än publiceringsdagen."


@staff_only(rights.may_publish)
@require_http_methods(["GET", "HEAD", "POST"])
def publications(request):
    """What is due, what would change, and the button."""
    due = calendar.due(published_on())
    asked = request.POST if request.method == "POST" else request.GET
    half_yearly = tables.HALF_YEARLY in due or asked.get("tabeller") == "alla"
    on_time = bool(due) and (tables.HALF_YEARLY in due or not half_yearly)
    reason = asked.get("skal", "").replace("\x00", "").strip()[:LONGEST_NOTE]
    problem = ""
    if request.method == "POST":
        if on_time or reason:
            _publish(request, half_yearly, reason)
            return redirect("manage:publications")
        problem = NEEDS_REASON
    return render(
        request,
        "statistics/manage/publications.html",
        {
            "breadcrumbs": WAY,
            "breadcrumb_title": "Publiceringar",
            "due": [RHYTHMS[code].label for code in due],
            "next_days": [_next(code) for code in RHYTHMS],
            "on_time": on_time,
            "half_yearly": half_yearly,
            "optional": tables.HALF_YEARLY not in due,
            "after": last_number(),
            "reason": reason,
            "problem": problem,
            "longest": LONGEST_NOTE,
            "publications": Publication.objects.defer("cells")[:SHOWN],
            **_planned(half_yearly),
        },
        status=400 if problem else 200,
    )


def _publish(request, half_yearly: bool, note: str) -> None:
    """Publish what was looked at; somebody who was faster has won."""
    after = request.POST.get("efter", "")
    try:
        with transaction.atomic():
            made = publish(
                note=note,
                half_yearly=half_yearly,
                after=int(after) if after.isascii() and after.isdigit() and len(after) < 9 else -1,
            )
            audit.record(audit.Action.PUBLISHED, request.user, detail=f"{made} {note}".strip())
    except (Beaten, NothingToPublish) as reason:
        messages.error(request, f"{reason} Se här nedan vad som gäller nu.")
    else:
        messages.success(request, f"{made} är gjord och syns för alla.")


def _next(rhythm: str) -> dict:
    today = timezone.localdate()
    return {"label": RHYTHMS[rhythm].label, "day": calendar.next_day(rhythm, today)}


def _planned(half_yearly: bool) -> dict:
    try:
        made = plan(half_yearly)
    except NothingToPublish as reason:  # no record, or a source that is behind
        return {"plan": None, "waits": str(reason)}
    return {
        "plan": made,
        "tables": [_table(made, table) for table in tables.TABLES.values()],
        "codes": [
            {"label": tables.VARIABLES[code].label, **changed}
            for code, changed in made.changes["codes"].items()
        ],
        "groups": [_group(one) for one in made.sets.values()],
    }


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


def _group(found: RecordSet) -> dict:
    """What is let out and what is held back of one rhythm's records."""
    released = [block for block in found.changes if block not in found.held]
    return {
        "label": found.rhythm.label,
        "threshold": found.rhythm.threshold,
        "first": not found.changes and not found.held and bool(found.state.blocks),
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
