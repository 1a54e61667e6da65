"""The full-page cache: what everybody gets, made once for each generation.

It stands before all other middleware and answers without a query, a session or a template. Only
what is the same for everyone is kept: no request with a session, no response with a cookie or a
form token, nothing that says it is private, nothing that was asked with a personal number.
Bodies lie there compressed.
"""

import gzip
import logging
from functools import lru_cache
from hashlib import sha256
from urllib.parse import unquote_plus, urlsplit

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import DisallowedHost
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import cc_delim_re, patch_cache_control
from django.utils.http import parse_etags

from pluginnovation.core import generation
from pluginnovation.watching.scrub import may_hold_a_number

logger = logging.getLogger(__name__)

# The application itself, what is never the same for all, and files, which have their own rules.
NEVER = (
    "/admin/",
    "/konto/",
    "/personal/",
    "/static/",
    "/media/",
    "/dokument/",
    "/halsa",
    "/metrics",
    "/.well-known/",
)
# A browser and a proxy may keep a page but ask each time whether it is still so: that costs a
# 304 without a body, and nobody ever sees an old figure.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
PRIVATE = {"private": True, "no_cache": True}
VARY = "Accept-Encoding"
# Longer addresses are answered, but nobody fills the disk with them.
LONGEST_PATH = 200
LONGEST_QUERY = 300
MOST_PARAMETERS = 20
LARGEST_BODY = 1024 * 1024
ONE_DAY = 24 * 60 * 60
_ALSO_WITHOUT_BODY = (
    "Content-Security-Policy",
    "Access-Control-Allow-Origin",
)
BYPASS = "HTTP_X_BYPASS_PAGE_CACHE"


class PageCacheMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not settings.PAGE_CACHE or not is_for_everyone(request):
            with generation.settled():
                response = self.get_response(request)
            return keep_apart(request, response)
        # Before the page is made: a page must never stand under a name newer than itself.
        name = generation.current()
        store, key = place(request, name)
        kept = store.get(key) if name else None
        if kept is None:
            accepted = request.META.pop("HTTP_ACCEPT_ENCODING", "")
            with generation.settled():
                response = self.get_response(request)
            request.META["HTTP_ACCEPT_ENCODING"] = accepted
            kept = keepable(request, response)
            if kept is None:
                return response
            if name:
                store.set(key, kept, ONE_DAY)
        else:
            request.from_page_cache = True
        return answer(request, kept)


def is_for_everyone(request) -> bool:
    """Whether the request could be anybody's: it reads, is of bounded length and bears no login."""
    query = request.META.get("QUERY_STRING", "")
    return (
        request.method in ("GET", "HEAD")
        and not request.path_info.startswith(NEVER)
        and len(request.path_info) <= LONGEST_PATH
        and len(query) <= LONGEST_QUERY
        and not may_hold_a_number(unquote_plus(query))
        and query.count("&") < MOST_PARAMETERS
        and not _is_somebodys(request)
        and "HTTP_AUTHORIZATION" not in request.META
        and not (settings.PAGE_CACHE_BYPASS and BYPASS in request.META)
        and _known_host(request)
    )


def _is_somebodys(request) -> bool:
    """Whether it bears a login, or a message for somebody."""
    return not request.COOKIES.keys().isdisjoint({settings.SESSION_COOKIE_NAME, "messages"})


def _known_host(request) -> bool:
    """Only the hosts that are ours by name: a port of one's own would make a page of its own."""
    try:
        return request.get_host() in _hosts(settings.SITE_URL, tuple(settings.ALLOWED_HOSTS))
    except DisallowedHost:
        return False


@lru_cache(maxsize=4)
def _hosts(site_url: str, allowed: tuple[str, ...]) -> frozenset[str]:
    netloc, port = urlsplit(site_url).netloc, urlsplit(site_url).port
    with_port = [f"{host}:{port}" for host in allowed] if port else []
    return frozenset([netloc, *allowed, *with_port])


def place(request, name: str | None):
    """The store and the key. Pages of questions have a store apart: they push out each other."""
    query = request.META.get("QUERY_STRING", "")
    asked = (request.scheme, request.get_host(), request.path, request.path_info, query)
    parts = (name, timezone.localdate(), *asked)
    key = sha256("\n".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()
    return caches["questions" if query else "pages"], key


def keepable(request, response) -> tuple | None:
    """Type and headers, tag and compressed body of a response for everyone; None for others."""
    vary = {one.lower() for one in cc_delim_re.split(response.get("Vary", "")) if one}
    control = response.get("Cache-Control", "").lower()
    if (
        response.status_code != 200
        or response.streaming
        or response.cookies
        or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        or vary - {"cookie", "accept-encoding"}
        or any(word in control for word in ("private", "no-store", "no-cache"))
        or len(response.content) > LARGEST_BODY
    ):
        return None
    body = response.content
    headers = {
        name: value
        for name, value in response.headers.items()
        if name.lower() not in ("vary", "cache-control", "content-length", "etag", "expires")
    }
    tag = f'W/"{sha256(body).hexdigest()[:32]}"'
    return headers, tag, gzip.compress(body, 6, mtime=0)


def answer(request, kept: tuple) -> HttpResponse:
    """The kept page, as the client takes it; 304 where the client has it already."""
    headers, tag, compressed = kept
    if _has(tag, request.META.get("HTTP_IF_NONE_MATCH", "")):
        response = HttpResponse(status=304)
        for name in _ALSO_WITHOUT_BODY:
            if name in headers:
                response.headers[name] = headers[name]
        del response.headers["Content-Type"]
    else:
        response = _whole(request, headers, compressed)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.headers["Vary"] = VARY
    return response


def _has(tag: str, wanted: str) -> bool:
    """Whether ``If-None-Match`` names the page, as strong or as weak a tag as a proxy made it."""
    known = {one.removeprefix("W/") for one in parse_etags(wanted)} if wanted else ()
    return "*" in known or tag.removeprefix("W/") in known


def _whole(request, headers, compressed) -> HttpResponse:
    takes_gzip = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    response = HttpResponse(compressed if takes_gzip else gzip.decompress(compressed))
    for name, value in headers.items():
        response.headers[name] = value
    if takes_gzip:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.content))
    return response


def keep_apart(request, response):
    """What was made for somebody who is logged in, or is told something, stays with them."""
    if _is_somebodys(request) and not response.has_header("Cache-Control"):
        patch_cache_control(response, **PRIVATE)
    return response
