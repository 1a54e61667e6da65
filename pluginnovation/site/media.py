"""``/media/``: pictures and films, in parts where a player asks for parts.

Where a proxy is there to send them (``MEDIA_ACCEL``) it is handed the file; this is what the
application does by itself. Without ranges nobody could seek in a film. Documents are not
served here: they have their own view, which knows who may read them.
"""

import re
from datetime import UTC, datetime
from posixpath import normpath
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import condition, require_safe
from whitenoise.media_types import MediaTypes
from whitenoise.responders import SlicedFile

from . import accel

PUBLIC_FOLDERS = ("images/", "media/", "media_thumbnails/")
CHUNK = 64 * 1024
ONE_HOUR = 60 * 60
# A drawing opened by itself is a document that could run scripts.
DRAWINGS = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"

# No file has a size of more digits; Python refuses to read numbers of thousands of them.
_RANGE = re.compile(r"bytes=([0-9]{0,30})-([0-9]{0,30})")
_TYPES = MediaTypes(extra_types={".vtt": "text/vtt; charset=utf-8"})


class Span(NamedTuple):
    """The bytes from ``first`` to ``last``, both counted in."""

    first: int
    last: int


def _etag(request, path):
    size, changed = _facts(path)
    return f'"{int(changed):x}-{size:x}"'


def _last_modified(request, path):
    return datetime.fromtimestamp(int(_facts(path)[1]), UTC)


def _facts(path: str) -> tuple[int, float]:
    """Size and time of change of a public file; 404 for all else."""
    # A path with steps back could leave the folder that it begins with.
    if not path.startswith(PUBLIC_FOLDERS) or normpath(path) != path:
        raise Http404("Not a public folder")
    try:
        changed = default_storage.get_modified_time(path)
        return default_storage.size(path), changed.timestamp()
    except (OSError, ValueError, SuspiciousFileOperation) as missing:
        raise Http404("No such file") from missing


@require_safe
@condition(etag_func=_etag, last_modified_func=_last_modified)
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The whole file, the part asked for (206), or a refusal of a part that is not there (416)."""
    size, _ = _facts(path)
    if settings.MEDIA_ACCEL:
        return _described(accel.hand_over(path, _TYPES.get_type(path)))
    span = _wanted(request, path, size)
    if span is None:
        response = FileResponse(default_storage.open(path))
    elif span.first > span.last or span.first >= size:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    else:
        response = _part(path, span, size)
    response["Content-Type"] = _TYPES.get_type(path)
    response["Accept-Ranges"] = "bytes"
    # Says that it is not to be compressed on the way: a part must be a part of the file.
    response["Content-Encoding"] = "identity"
    return _described(response)


def _described(response: HttpResponse) -> HttpResponse:
    """With what holds for it whoever sends it."""
    if response["Content-Type"].startswith("image/svg"):
        response["Content-Security-Policy"] = DRAWINGS
    response["Cache-Control"] = f"public, max-age={ONE_HOUR}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _part(path: str, span: Span, size: int) -> FileResponse:
    part = SlicedFile(default_storage.open(path), *span)
    response = FileResponse(part, status=206)
    response["Content-Length"] = str(span.last - span.first + 1)
    response["Content-Range"] = f"bytes {span.first}-{span.last}/{size}"
    return response


def _wanted(request: HttpRequest, path: str, size: int) -> Span | None:
    """The one range asked for; none where there is none, it is no range, or the file changed."""
    match = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if not match or not any(match.groups()) or not _unchanged(request, path):
        return None
    first, last = match.groups()
    if not first:
        return Span(max(size - int(last), 0), size - 1) if int(last) else Span(size, 0)
    return Span(int(first), min(int(last), size - 1) if last else size - 1)


def _unchanged(request: HttpRequest, path: str) -> bool:
    """Whether ``If-Range``, where it is there, still names the file as it is."""
    condition_given = request.headers.get("If-Range", "")
    if not condition_given:
        return True
    if condition_given.startswith('"'):
        return condition_given == _etag(request, path)
    date = http_date(_last_modified(request, path).timestamp())
    return parse_http_date_safe(condition_given) == parse_http_date_safe(date)
