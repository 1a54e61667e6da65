"""The text of documents, read in the background and within bounds."""

import subprocess
import sys
from pathlib import PurePath

from django.conf import settings
from django_tasks import task

from pluginnovation.core.models import SiteDocument

from .reader import LARGEST_FILE, MOST_CHARACTERS, READERS

MOST_SECONDS = 60


@task()
def read_document(document_id: int) -> int:
    """Read a document's file, keep its text and index it. Returns the number of characters."""
    from .indexing import index

    document = SiteDocument.objects.filter(pk=document_id).first()
    if document is None:
        return 0
    text = text_of(document.file)
    SiteDocument.objects.filter(pk=document_id).update(extracted_text=text)
    document.extracted_text = text
    index(document)
    return len(text)


def text_of(file, seconds: float = MOST_SECONDS) -> str:
    """The text of a stored file; empty where its kind has none, or it is missing or too large.

    A process of its own reads it: a broken or hostile file costs its bounded time and memory
    and nothing else. What was read until then is kept.
    """
    kind = PurePath(file.name).suffix.lower().lstrip(".")
    try:
        if kind not in READERS or file.size > LARGEST_FILE:
            return ""
        with file.open("rb") as stream:
            data = stream.read()
    except OSError:
        return ""
    text = _read_apart(kind, data, seconds).decode("utf-8", "replace")
    # PostgreSQL stores no NUL.
    return text.replace("\0", " ").strip()[:MOST_CHARACTERS]


def _read_apart(kind: str, data: bytes, seconds: float) -> bytes:
    command = [sys.executable, "-m", "pluginnovation.site.search.reader", kind]
    try:
        # The command is fixed but for one of the known kinds.
        return subprocess.run(  # noqa: S603
            command, input=data, capture_output=True, timeout=seconds, cwd=settings.ROOT
        ).stdout
    except subprocess.TimeoutExpired as slow:
        return slow.stdout or b""
