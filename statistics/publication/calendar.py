"""On which days the public figures may change (settings ``PUBLICATION_*``)."""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from .. import tables


def is_day(rhythm: str, day: date) -> bool:
    """Whether the tables of the rhythm are published on this day."""
    if day.day != settings.PUBLICATION_DAY:
        return False
    return rhythm == tables.MONTHLY or day.month in settings.PUBLICATION_HALF_YEAR_MONTHS


def last_day(rhythm: str, today: date) -> date:
    """The newest publication day that is not after today."""
    return next(d for d in (today - timedelta(n) for n in range(400)) if is_day(rhythm, d))


def next_day(rhythm: str, today: date) -> date:
    """The first publication day after today."""
    return next(d for d in (today + timedelta(n) for n in range(1, 400)) if is_day(rhythm, d))


def due(published: dict[str, date], today: date | None = None) -> list[str]:
    """The rhythms whose day has come since they were last published; a missed day is made up for.

    ``published`` says when each was published last. Before the first publication all are due.
    """
    today = today or timezone.localdate()
    return [
        rhythm
        for rhythm in (tables.MONTHLY, tables.HALF_YEARLY)
        if rhythm not in published or published[rhythm] < last_day(rhythm, today)
    ]
