"""``/metrics``: how many requests, how long, with which answer, for Prometheus.

Few series, and bounded ones: a label is the name of a view or a status, never an address, an id
or what a client wrote. Of several web processes each writes into a file of its own in
``PROMETHEUS_MULTIPROC_DIR`` (gunicorn.conf.py), and whichever is asked adds them up.
"""

import secrets

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

REQUESTS = Counter("pluginnovation_requests", "Requests answered", ["view", "status"])
SECONDS = Histogram(
    "pluginnovation_request_seconds",
    "Time until the answer began",
    ["view"],
    buckets=(0.005, 0.02, 0.1, 0.3, 1, 3, 10),
)


def count(view: str, status: int, seconds: float) -> None:
    REQUESTS.labels(view, status).inc()
    SECONDS.labels(view).observe(seconds)


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """For whoever bears the token of ``METRICS_TOKEN``; without that setting there is no page."""
    if not settings.METRICS_TOKEN:
        raise Http404
    if not _bears(request, settings.METRICS_TOKEN):
        response = HttpResponse("Token saknas.\n", status=401, content_type="text/plain")
        response.headers["WWW-Authenticate"] = 'Bearer realm="metrics"'
        return response
    return HttpResponse(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)


def _bears(request, token: str) -> bool:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and secrets.compare_digest(
        given.strip().encode("utf-8", "replace"), token.encode()
    )


def _registry():
    if not settings.METRICS_DIR:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry, settings.METRICS_DIR)
    return registry
