"""What somebody should look at before a file is taken in, though no row of it is wrong."""

from django.utils import timezone

from .. import data_dates
from ..codes import UNKNOWN_ACTIVITY
from ..models import ImportBatch, Source
from .findings import Notice
from .later import ATTACHED

# A file this many times smaller or larger than the last one, and by this many rows.
VOLUME_FACTOR, VOLUME_ROWS = 2, 20
# A share of rows without a known activity, and the rows from which a share says something.
UNKNOWN_SHARE, UNKNOWN_ROWS = 0.5, 20

# Schools that the source reported interruptions of in the time that the file covers.
_VANISHED = """
    SELECT u.name, u.code, count(*) FROM statistics_current_version v
    JOIN statistics_schoolunit u ON u.code = v.school_unit_id
    WHERE v.source_id = %(source)s
        AND v.interrupted_on BETWEEN (SELECT min(interrupted_on) FROM import_staging)
            AND (SELECT max(interrupted_on) FROM import_staging)
        AND v.school_unit_id NOT IN (SELECT school_unit_id FROM import_staging)
    GROUP BY u.code ORDER BY u.name
"""
# Whether there may be one, which seldom is so, is quick to ask.
_GONE = """
    SELECT EXISTS (
        SELECT school_unit_id FROM statistics_interruption WHERE source_id = %(source)s
        EXCEPT SELECT school_unit_id FROM import_staging
    )
"""
_UNKNOWN = {
    "interruptions": "activity_on IS NULL AND resumed_on IS NULL AND graduated_on IS NULL",
    "activities": f"code = '{UNKNOWN_ACTIVITY}'",
}


def of_file(cursor, kind: str, source: Source, rows: int) -> list[Notice]:
    """What is odd about the file whose right rows are in the staging table."""
    return [
        *_volume(kind, source, rows),
        *_vanished_schools(cursor, kind, source),
        *_unknown_activities(cursor, kind),
        *_beside_the_published(cursor, kind, source),
    ]


def waiting_activities(cursor) -> int:
    """How many staged activities find no interruption yet."""
    cursor.execute(
        f"SELECT count(*) - (SELECT count(*) FROM ({ATTACHED}) a) FROM import_staging"  # noqa: S608
    )
    return cursor.fetchone()[0]


def _volume(kind: str, source: Source, rows: int) -> list[Notice]:
    last = ImportBatch.objects.in_force().filter(source=source, kind=kind).in_order().last()
    if last is None or abs(last.rows - rows) < VOLUME_ROWS:
        return []
    if last.rows / VOLUME_FACTOR <= rows <= last.rows * VOLUME_FACTOR:
        return []
    day = timezone.localdate(last.taken_in_at)
    return [
        Notice(
            "volume",
            f"Filen har {rows} rader. Den förra från källan, {day}, hade {last.rows}. "
            "Kontrollera att urvalet är rätt.",
        )
    ]


def _vanished_schools(cursor, kind: str, source: Source) -> list[Notice]:
    if kind != ImportBatch.Kind.INTERRUPTIONS:
        return []
    cursor.execute(_GONE, {"source": source.pk})
    if not cursor.fetchone()[0]:
        return []
    cursor.execute(_VANISHED, {"source": source.pk})
    return [
        Notice(
            "vanished-school",
            f"{name} ({code}) finns inte i filen, men källan har tidigare rapporterat {count} "
            "avbrott där i den tid som filen gäller.",
        )
        for name, code, count in cursor.fetchall()
    ]


def _unknown_activities(cursor, kind: str) -> list[Notice]:
    if kind not in _UNKNOWN:
        return []
    cursor.execute(
        f"SELECT count(*), count(*) FILTER (WHERE {_UNKNOWN[kind]}) FROM import_staging"  # noqa: S608
    )
    rows, unknown = cursor.fetchone()
    if rows < UNKNOWN_ROWS or unknown <= rows * UNKNOWN_SHARE:
        return []
    return [
        Notice(
            "unknown-activities",
            f"I {unknown} av {rows} rader är det okänt vad eleven gör. Finns uppgiften i ett "
            "annat system?",
        )
    ]


def _beside_the_published(cursor, kind: str, source: Source) -> list[Notice]:
    """The file holds the next publication back, or tells of days that it will not reach."""
    if kind != ImportBatch.Kind.INTERRUPTIONS:
        return []
    cursor.execute(f"SELECT max({_NEWEST}) FROM import_staging")  # noqa: S608
    newest = cursor.fetchone()[0]
    if newest is None:
        return []
    told, last = data_dates.told_until(), data_dates.last_published_day()
    told[source.pk] = max(newest, told.get(source.pk, newest))
    if last and told[source.pk] < last:
        return [Notice("holds-publication", _HOLDS.format(newest=newest, last=last))]
    until = max(filter(None, (min(told.values()), last)))
    cursor.execute("SELECT count(*) FROM import_staging WHERE interrupted_on > %s", [until])
    later = cursor.fetchone()[0]
    return [Notice("after-data-date", _AFTER.format(rows=later, until=until))] if later else []


_NEWEST = "greatest(interrupted_on, resumed_on, graduated_on, activity_on)"
_HOLDS = (
    "Det senaste som filen berättar om hände {newest}, men de publicerade siffrorna gäller till "
    "och med {last}. Tas filen in väntar nästa publicering tills källan har skickat in senare "
    "uppgifter. Är filen äldre än den skulle vara: exportera den på nytt."
)
_AFTER = (
    "Avbrott efter {until} står i {rows} rader. De syns inte i de publicerade siffrorna förrän "
    "alla källor har berättat längre fram än så."
)
