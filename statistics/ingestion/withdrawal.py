"""Taking a delivery back, so that what was before it is there again.

It goes back in order: a batch together with every later batch of its source.
"""

from django.db import connection, transaction
from django.utils import timezone

from ..models import ImportBatch
from . import tables
from .loader import LOCK

# School units that only withdrawn deliveries tell of and that nothing refers to.
_DROP_UNTOLD_UNITS = """
    DELETE FROM statistics_schoolunit u
    WHERE u.code IN (
        SELECT code FROM statistics_schoolunitversion WHERE batch_id = ANY(%s)
    ) AND NOT EXISTS (
        SELECT FROM statistics_schoolunitversion v
        JOIN statistics_importbatch b ON b.id = v.batch_id
        WHERE v.code = u.code AND b.withdrawn_at IS NULL
    )
    AND NOT EXISTS (SELECT FROM statistics_interruption i WHERE i.school_unit_id = u.code)
    AND NOT EXISTS (SELECT FROM statistics_studentcount c WHERE c.school_unit_id = u.code)
"""


def affected(batch: ImportBatch):
    """The batches that go when this one does, newest first: to be shown before it happens."""
    in_force = ImportBatch.objects.in_force().filter(source=batch.source_id)
    later = in_force.filter(taken_in_at__gt=batch.taken_in_at)
    same = in_force.filter(taken_in_at=batch.taken_in_at, pk__gte=batch.pk)
    return (later | same).order_by("-taken_in_at", "-id")


@transaction.atomic
def withdraw(batch: ImportBatch) -> list[ImportBatch]:
    """Withdraw a batch and every later one of its source; the ones withdrawn, newest first.

    Nothing is deleted but entries of the school register that nobody else tells of.
    """
    with connection.cursor() as cursor:
        for number in (batch.source_id, 0):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, number])
        gone = list(affected(batch))
        now, ids = timezone.now(), [each.pk for each in gone]
        ImportBatch.objects.filter(pk__in=ids).update(withdrawn_at=now)
        cursor.execute(tables.REFRESH_REGISTER)
        cursor.execute(_DROP_UNTOLD_UNITS, [ids])
    return gone
