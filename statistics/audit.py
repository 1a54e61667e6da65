"""Writing the audit log: the only thing that can be done with it besides reading."""

from .ingestion.personal_numbers import masked
from .models import AuditEntry, Source

Action = AuditEntry.Action
ON_THE_SERVER = "kommando på servern"


def record(
    action: Action,
    user=None,
    *,
    source: Source | None = None,
    sha256: str = "",
    rows: int | None = None,
    detail: str = "",
) -> AuditEntry:
    """Add a line. ``user`` is None for a command on the server.

    ``detail`` says in a few words what it was about: a file's name, a query string. Numbers
    shaped like a personnummer are blotted out of it.
    """
    return AuditEntry.objects.create(
        action=action,
        user=user,
        actor=user.email if user else ON_THE_SERVER,
        source=source.code if source else "",
        sha256=sha256,
        rows=rows,
        detail=masked(detail.replace("\x00", ""))[:500],
    )
