"""Middleware, the outermost: gives each request an id, counts it, and writes one line of it."""

import logging
import secrets
import time

from django.conf import settings

from . import metrics
from .logs import request_id
from .scrub import path_of

logger = logging.getLogger("pluginnovation.requests")
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
# What Prometheus asks every few seconds, and whoever looks whether the site lives.
QUIET = ("/metrics", "/halsa")


class Watch:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began = time.perf_counter()
        # Never what a client says: an id of theirs could be anybody's number.
        name = secrets.token_hex(8)
        before = request_id.set(name)
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - began
            if settings.METRICS_TOKEN:
                metrics.count(view_of(request), response.status_code, seconds)
            if settings.REQUEST_LOG and not request.path_info.startswith(QUIET):
                _write(request, response, seconds)
        finally:
            request_id.reset(before)
        response.headers["X-Request-ID"] = name
        return response


def view_of(request) -> str:
    """The name of the view, of which there are so many and no more; never an address."""
    if getattr(request, "from_page_cache", False):
        return "page cache"
    match = getattr(request, "resolver_match", None)
    return (match and match.view_name) or "none"


def _write(request, response, seconds: float) -> None:
    told = {
        "method": request.method if request.method in _METHODS else "other",
        "path": path_of(request),
        "view": view_of(request),
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
    }
    logger.info("request", extra={"of_a_request": told})
