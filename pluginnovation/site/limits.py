"""How often one address may ask for what costs something, all processes counted together.

The numbers are told in docs/drift.md. It stands before the page cache, so that kept answers
count as well: a limit that depends on what others have asked could not be relied on.
"""

import re
from typing import NamedTuple

from django.conf import settings
from django.shortcuts import render
from django_ratelimit.core import get_usage

from pluginnovation.core import problems
from pluginnovation.core.network import client_network

from .headers import BrowserPolicy

READS, WRITES = ("GET", "HEAD"), ("POST", "PUT", "PATCH", "DELETE")
# Those who are logged in save often; Django and their rights look after them.
OF_STAFF = ("/admin/", "/personal/")
# A question, also one whose name is written as a number; reading the whole query costs more.
_SEARCHES = re.compile("(?:^|&)(?:q|%71)=")


class Limit(NamedTuple):
    """``rate`` is a number of requests in a time, as django-ratelimit writes it."""

    name: str
    prefix: str
    methods: tuple[str, ...]
    rate: str


# The first that fits holds.
LIMITS = (
    Limit("api", problems.API, (*READS, *WRITES), "60/m"),
    Limit("search", "/sok/", READS, "60/m"),
    Limit("files", "/statistik/tabell/", READS, "120/m"),
    Limit("files", "/statistik/diagram/", READS, "120/m"),
    Limit("files", "/statistik/kommun/", READS, "120/m"),
    Limit("files", "/statistik/data/", READS, "120/m"),
    # It writes a file and asks for every migration.
    Limit("ready", "/halsa/redo", READS, "60/m"),
    Limit("login", "/konto/", WRITES, "20/m"),
    # One click in a mail program is sent by the mail service, for all its users.
    Limit("leave", "/statistik/prenumerera/avsluta/", WRITES, "600/m"),
    # A class may answer a questionnaire side by side from one address.
    Limit("forms", "/", WRITES, "60/m"),
)


class RateLimits:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        limit = limit_of(request) if settings.RATE_LIMITS else None
        usage = limit and get_usage(
            request,
            group=limit.name,
            key=lambda group, request: client_network(request),
            rate=limit.rate,
            increment=True,
        )
        if usage and usage["should_limit"]:
            return too_many(request, max(1, usage["time_left"]))
        return self.get_response(request)


def limit_of(request) -> Limit | None:
    path = request.path_info
    if path.startswith(OF_STAFF):
        return None
    if request.method in READS and _SEARCHES.search(request.META.get("QUERY_STRING", "")):
        # Lists are searched, too.
        return next(limit for limit in LIMITS if limit.name == "search")
    fitting = (one for one in LIMITS if request.method in one.methods)
    return next((one for one in fitting if path.startswith(one.prefix)), None)


def too_many(request, seconds: int):
    if request.path_info.startswith(problems.API):
        said = f"Fråga igen om {seconds} sekunder."
        response = problems.answer_outside(problems.Problem(429, said))
    else:
        response = render(request, "429.html", {"seconds": seconds}, status=429)
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    # It stands outside the middleware that would say this.
    return BrowserPolicy(lambda request: response).process_response(request, response)
