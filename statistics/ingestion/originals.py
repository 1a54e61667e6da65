"""The files as they were sent in: encrypted with age, outside the database, for some days.

They are there for audit and for giving the sender an annotated copy. The key stands in the
settings; of several, separated by spaces, the first encrypts and all of them decrypt.
"""

import io
import os
import uuid
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import pyrage
from django.conf import settings
from django.core import checks
from django.utils import timezone

from ..models import DeliveryFinding, Original, Source
from . import pseudonyms
from .findings import UnusableFile
from .personal_numbers import kept_name

LONGEST_DAYS = 30
# How long a file without its row, left behind where a process was killed, is let alone.
ORPHAN_HOURS = 24
GONE = "Originalfilen är borttagen. Den sparas en begränsad tid. Skicka in filen på nytt."


@dataclass(frozen=True, slots=True)
class Sealed:
    """An encrypted file on the disk that no row knows of yet: its id, plain size, keyed hash."""

    id: uuid.UUID
    size: int
    sha256: str


def seal(content: BinaryIO) -> Sealed:
    """Encrypt what is read, which is never whole in memory. Then ``note`` or ``discard`` it."""
    read, key = _Measured(content), uuid.uuid4()
    _encrypt(read, _path(key))
    return Sealed(key, read.size, read.key.hexdigest())


def note(sealed: Sealed, file_name: str, source: Source, user=None) -> Original:
    """The row of a sealed file, which is whole on the disk by now."""
    now = timezone.now()
    return Original.objects.create(
        id=sealed.id,
        source=source,
        file_name=kept_name(file_name),
        sha256=sealed.sha256,
        size=sealed.size,
        received_at=now,
        received_from=user,
        keep_until=now + timedelta(days=min(settings.ORIGINALS_DAYS, LONGEST_DAYS)),
    )


def discard(sealed: Sealed) -> None:
    """Throw a sealed file away that is not to be noted."""
    _path(sealed.id).unlink(missing_ok=True)


def keep(data: bytes, file_name: str, source: Source, user=None) -> Original:
    """Encrypt a file and note it. The file is whole on the disk before its row is there."""
    sealed = seal(io.BytesIO(data))
    try:
        return note(sealed, file_name, source, user)
    except BaseException:
        discard(sealed)
        raise


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
    """Delete the file now, and what was found in its cells; its row stays and says when."""
    path_of(original).unlink(missing_ok=True)
    original.removed_at = timezone.now()
    original.save(update_fields=["removed_at"])
    DeliveryFinding.objects.filter(delivery__original=original).delete()


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
    return _path(original.pk)


def _path(key: uuid.UUID) -> Path:
    return settings.ORIGINALS_DIR / f"{key}.age"


class _Measured:
    """A reader that counts and hashes what is read through it."""

    def __init__(self, content: BinaryIO):
        self.content, self.size, self.key = content, 0, pseudonyms.file_keying()

    def read(self, size: int = -1) -> bytes:
        chunk = self.content.read(size)
        self.size += len(chunk)
        self.key.update(chunk)
        return chunk


def _encrypt(content: BinaryIO, path: Path) -> None:
    """Under a name of its own first, for the owner's eyes alone, and then in place."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(f"{path.name}.part")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            _encrypt_into(file, content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _encrypt_into(file: BinaryIO, content: BinaryIO) -> None:
    """Raises what the disk said, which the library would hide in an error of its own."""
    out = _Writer(file)
    try:
        pyrage.encrypt_io(content, out, [_identities()[0].to_public()])
    except pyrage.EncryptError:
        if out.fault:
            raise out.fault from None
        raise


class _Writer:
    """Writes on, and keeps the fault where the disk refuses."""

    def __init__(self, file: BinaryIO):
        self._file, self.fault = file, None

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data)
        except OSError as fault:
            self.fault = fault
            raise

    def flush(self) -> None:
        self._file.flush()


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
