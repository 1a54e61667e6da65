"""The files as they were sent in: encrypted with age, outside the database, for some days.

They are there for audit and for giving the sender an annotated copy. The key comes from the
environment; of several, separated by spaces, the first encrypts and all of them decrypt.
"""

import io
import os
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import pyrage
from django.conf import settings
from django.core import checks
from django.utils import timezone

from ..models import Original, Source
from . import pseudonyms
from .findings import UnusableFile
from .personal_numbers import kept_name

LONGEST_DAYS = 30
# How long a file without its row, left behind where a process was killed, is let alone.
ORPHAN_HOURS = 24
GONE = "Originalfilen är borttagen. Den sparas en begränsad tid. Skicka in filen på nytt."


def keep(data: bytes, file_name: str, source: Source, user=None) -> Original:
    """Encrypt a file and note it. The file is whole on the disk before its row is there."""
    now = timezone.now()
    original = Original(
        source=source,
        file_name=kept_name(file_name),
        sha256=pseudonyms.file_key(data),
        size=len(data),
        received_at=now,
        received_from=user,
        keep_until=now + timedelta(days=min(settings.ORIGINALS_DAYS, LONGEST_DAYS)),
    )
    path = path_of(original)
    try:
        _encrypt(io.BytesIO(data), path)
        original.save(force_insert=True)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return original


def content_of(original: Original) -> bytes:
    """The file as it was sent. Raises UnusableFile where it is no longer kept."""
    out = io.BytesIO()
    try:
        with path_of(original).open("rb") as file:
            pyrage.decrypt_io(file, out, _identities())
    except FileNotFoundError:
        raise UnusableFile(GONE) from None
    except pyrage.DecryptError:
        raise UnusableFile(
            "Originalfilen går inte att dekryptera: den är skadad, eller nyckeln är bytt."
        ) from None
    return out.getvalue()


def remove(original: Original) -> None:
    """Delete the file now; its row stays and says when."""
    path_of(original).unlink(missing_ok=True)
    original.removed_at = timezone.now()
    original.save(update_fields=["removed_at"])


def expired():
    """Originals whose days are over and whose files are still there."""
    return Original.objects.filter(removed_at=None, keep_until__lte=timezone.now())


def orphans() -> list[Path]:
    """Files without a row, old enough that nobody is still at work on them."""
    old = (timezone.now() - timedelta(hours=ORPHAN_HOURS)).timestamp()
    found = [path for path in settings.ORIGINALS_DIR.glob("*.age*") if path.stat().st_mtime < old]
    rows = Original.objects.filter(removed_at=None)
    known = {str(pk) for pk in rows.values_list("pk", flat=True)}
    return [path for path in found if path.name.removesuffix(".age") not in known]


def path_of(original: Original) -> Path:
    return settings.ORIGINALS_DIR / f"{original.pk}.age"


def _encrypt(content: BinaryIO, path: Path) -> None:
    """Under a name of its own first, for the owner's eyes alone, and then in place."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(f"{path.name}.part")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            pyrage.encrypt_io(content, file, [_identities()[0].to_public()])
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _identities() -> list[pyrage.x25519.Identity]:
    return [pyrage.x25519.Identity.from_str(key) for key in settings.ORIGINALS_KEY.split()]


@checks.register()
def key_is_one(**kwargs):
    """Said before the first file comes that could not be kept."""
    try:
        known = bool(_identities())
    except pyrage.IdentityError:
        known = False
    if known:
        return []
    return [
        checks.Error("ORIGINALS_KEY is no age key.", "See docs/drift.md.", id="statistics.E001")
    ]
