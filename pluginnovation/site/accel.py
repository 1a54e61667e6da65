"""Handing a file to the proxy: who may have it is decided here, and the proxy sends it.

With ``MEDIA_ACCEL`` the answer names the file in ``X-Accel-Redirect``, below a prefix that the
proxy answers to nobody else (deploy/). It brings ranges and costs no process here. The module is
also Wagtail's ``SENDFILE_BACKEND``, for documents, after their view has asked who it is; without
a proxy it sends them itself.
"""

from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, HttpResponse
from django.utils.http import http_date


class Handed(HttpResponse):
    """An answer whose body the proxy puts in, so that nothing of its length is said here."""

    def __setitem__(self, header, value):
        if header.lower() not in ("content-length", "content-encoding"):
            super().__setitem__(header, value)


class Sent(FileResponse):
    """A file as it is. Wagtail writes what it knows of an encoding, which is ``None``."""

    def __setitem__(self, header, value):
        as_it_is = header.lower() == "content-encoding"
        super().__setitem__(header, "identity" if as_it_is else value)


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
    if settings.MEDIA_ACCEL:
        response = hand_over(file.relative_to(folder).as_posix(), mimetype)
    else:
        response = Sent(file.open("rb"))
        response["Last-Modified"] = http_date(file.stat().st_mtime)
    # Some are for some people alone: no store on the way may keep one for the next who asks.
    response["Cache-Control"] = "private, no-cache"
    return response
