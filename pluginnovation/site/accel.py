"""Handing a file to the proxy: who may have it is decided here, and the proxy sends it.

With ``MEDIA_ACCEL`` the answer names the file in ``X-Accel-Redirect``, below a prefix that the
proxy answers to nobody else (deploy/). It brings ranges and costs no process here. The module is
also Wagtail's ``SENDFILE_BACKEND``, for documents, after their view has asked who it is.
"""

from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import HttpResponse


class Handed(HttpResponse):
    """An answer whose body the proxy puts in, so that nothing of its length is said here."""

    def __setitem__(self, header, value):
        if header.lower() not in ("content-length", "content-encoding"):
            super().__setitem__(header, value)


def hand_over(path: str, content_type: str) -> HttpResponse:
    """The answer for a file by its name in the storage, which the caller has found to be there."""
    response = Handed(content_type=content_type)
    response["X-Accel-Redirect"] = f"{settings.MEDIA_ACCEL}/{quote(path)}"
    return response


def sendfile(request, filename, mimetype=None, **kwargs) -> HttpResponse:
    """As Wagtail asks: an absolute path, which has to lie in the folder of media."""
    folder, file = Path(settings.MEDIA_ROOT).resolve(), Path(filename).resolve()
    if not file.is_relative_to(folder):
        raise SuspiciousFileOperation("Not in the folder of media")
    return hand_over(file.relative_to(folder).as_posix(), mimetype)
