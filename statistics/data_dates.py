"""Up to which day the figures tell: one day for all sources, and never back again.

A source has told what happened up to the newest event of its interruptions in force. The day
of a publication is the newest that all sources have reached. Where that is before the day of
the last publication (a new source sent an old file), the next one waits: it would take months
away that everybody has seen, or show them without what one source has to tell.
"""

from datetime import date, timedelta

from django.db.models import Max

from .models import ImportBatch, Publication, Source

LONG = timedelta(days=31)


class NothingToPublish(Exception):
    """There is no record in force; the text says so."""


class HeldBack(NothingToPublish):
    """The day would go back; the text names who is behind and what can be done."""


def told_until() -> dict[int, date]:
    """By source of interruptions the newest day that it tells of."""
    batches = ImportBatch.objects.in_force()
    told = batches.filter(kind=ImportBatch.Kind.INTERRUPTIONS, data_date__isnull=False)
    return dict(told.order_by().values_list("source").annotate(day=Max("data_date")))


def newest_common_day() -> date:
    """The day up to which every source of interruptions has told what happened."""
    days = told_until().values()
    if not days:
        raise NothingToPublish("Det finns inga avbrott att publicera.")
    return min(days)


def last_published_day() -> date | None:
    found = Publication.objects.in_force().aggregate(day=Max("data_date"))
    return found["day"]


def next_day() -> date:
    """The day of the next publication. Raises NothingToPublish, or HeldBack: see above."""
    common, last = newest_common_day(), last_published_day()
    if last and common < last:
        raise HeldBack(
            f"De publicerade siffrorna gäller till och med {last}, och alla källor har inte "
            f"berättat så långt: {behind(last)}. Vänta på en nyare fil därifrån, eller återta "
            f"leveransen. Ska siffrorna ändå publiceras: ange --now --data-date {last} och skriv "
            "med --note vad som saknas."
        )
    return common


def day_of_preview() -> date:
    """As ``next_day``, with the last day again where the next publication would wait."""
    return max(filter(None, (newest_common_day(), last_published_day())))


def slowest() -> str:
    """Who holds the day of all figures back by more than a month; empty where nobody does.

    It may have nothing newer to tell: a small school has few interruptions.
    """
    days = told_until().values()
    if not days or max(days) - min(days) <= LONG:
        return ""
    return behind(min(days) + timedelta(days=1))


def behind(last: date) -> str:
    """The sources that have not told so far, in words; empty where all have."""
    told = told_until()
    names = dict(Source.objects.filter(pk__in=told).values_list("pk", "name"))
    behind = sorted((day, names[pk]) for pk, day in told.items() if day < last)
    return ", ".join(f"{name} till och med {day}" for day, name in behind)
