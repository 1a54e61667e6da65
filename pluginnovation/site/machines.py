"""What machines ask for: sitemap, robots, health, where to report a hole."""

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Page

from .models import Heartbeat
from .search import indexing

# Addresses that are no pages of the content tree. Those that do not exist are left out.
FIXED_ADDRESSES = (
    "/statistik/",
    "/statistik/nationellt/",
    "/statistik/metod/",
    "/statistik/data/",
    "/riskfaktorer/",
    "/amnen/",
)
SECURITY_CONTACT = "/kontakt/"


@require_safe
def sitemap(request: HttpRequest):
    """All public pages in one flat file; those that have expired are left out."""
    pages = Page.objects.live().public().filter(depth__gt=1, expired=False)
    places = [
        {"url": page.get_url(request), "lastmod": page.last_published_at}
        for page in pages.only(*_ADDRESS_FIELDS).order_by("path")
    ]
    snippets = (thing for model in indexing.snippet_models() for thing in model.objects.all())
    addresses = [*FIXED_ADDRESSES, *(thing.get_absolute_url() for thing in snippets)]
    places += [{"url": address} for address in addresses if _exists(address)]
    known = {place["url"]: place for place in reversed(places) if place["url"]}
    return render(
        request,
        "machines/sitemap.xml",
        {"places": reversed(known.values()), "site_url": settings.SITE_URL},
        content_type="application/xml",
    )


_ADDRESS_FIELDS = ["id", "path", "depth", "url_path", "slug", "locale_id", "last_published_at"]


def _exists(address: str) -> bool:
    """Whether a view of its own answers; the content tree's view answers any address."""
    try:
        return resolve(address).url_name != "wagtail_serve"
    except Resolver404:
        return False


@require_safe
def robots(request: HttpRequest):
    return render(
        request,
        "machines/robots.txt",
        {"site_url": settings.SITE_URL},
        content_type="text/plain; charset=utf-8",
    )


@require_safe
def security(request: HttpRequest):
    """RFC 9116. It holds for a year from the day it is read."""
    expires = (timezone.now() + timedelta(days=365)).isoformat(timespec="seconds")
    context = {"site_url": settings.SITE_URL, "contact": SECURITY_CONTACT, "expires": expires}
    return render(
        request, "machines/security.txt", context, content_type="text/plain; charset=utf-8"
    )


@never_cache
@require_safe
def alive(request: HttpRequest):
    """The process answers. Touches nothing else, so that a lost database restarts nobody."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def ready(request: HttpRequest):
    """Whether visitors may be sent here: 503 and what is missing where they may not."""
    checks = {name: _state(check) for name, check in READINESS.items()}
    good = all(state == "ok" for state in checks.values())
    return JsonResponse(
        {"status": "ok" if good else "saknas", "delar": checks}, status=200 if good else 503
    )


def _state(check) -> str:
    """The class of the fault and no more: its text may hold addresses and names."""
    try:
        return check() or "ok"
    except Exception as fault:
        return f"fel: {type(fault).__name__}"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(plan)} migreringar återstår" if plan else ""


def _cache() -> str:
    cache.set("halsa", "ok", 30)
    return "" if cache.get("halsa") == "ok" else "minns inte"


def _media() -> str:
    """Writes, as only that shows it, and takes it away again."""
    from django.core.files.base import ContentFile

    name = default_storage.save("halsa.txt", ContentFile(b"ok"))
    default_storage.delete(name)
    return ""


def _worker() -> str:
    """Files that were sent in wait for it; so does whoever sent them."""
    return "" if Heartbeat.objects.is_heard(Heartbeat.WORKER) else "hörs inte"


READINESS = {
    "databas": _database,
    "migreringar": _migrations,
    "cache": _cache,
    "mediemapp": _media,
    "arbetare": _worker,
}
