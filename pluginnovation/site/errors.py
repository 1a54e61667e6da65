"""The pages for what is not there and for what went wrong."""

import errno
import re
import sys

import psycopg
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from django.shortcuts import render

from pluginnovation.core import problems
from pluginnovation.core.second_factor import Unreadable
from pluginnovation.watching.scrub import may_hold_a_number

from .search.views import SECTIONS
from .search.word_lists import STOP_WORDS
from .search.words import words

LONGEST_GUESS = 100
RETRY_SECONDS = 30
DATABASE_AWAY = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
FOR_PROGRAMS = {
    500: "Felet är noterat. Fråga igen, och skriv till oss om det inte går över.",
    503: f"Databasen går inte att nå. Fråga igen om {RETRY_SECONDS} sekunder.",
    507: "Servern är full. Fråga igen om en stund.",
}
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


def failed(request: HttpRequest):
    """What went wrong, as far as the visitor can do something about it. Asks nothing of anybody:
    the page is made without database, session or user."""
    fault = sys.exc_info()[1]
    if isinstance(fault, DATABASE_AWAY):
        response = _said(request, 503)
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    elif isinstance(fault, Unreadable):
        response = render(None, "503-second-factor.html", status=503)
    elif isinstance(fault, OSError) and fault.errno in DISK_FULL:
        _give_room(request)
        response = _said(request, 507)
    else:
        response = _said(request, 500)
    response.headers["Cache-Control"] = "no-store"
    return response


def _said(request: HttpRequest, status: int):
    """A page for people; for programs that ask the API what they can read."""
    if request.path_info.startswith(problems.API):
        return problems.answer_outside(problems.Problem(status, FOR_PROGRAMS[status]))
    return render(None, f"{status}.html", status=status)


def _give_room(request: HttpRequest) -> None:
    """Take away at once what had come of a file, and not when somebody forgets the request."""
    for handler in getattr(request, "_upload_handlers", ()):
        if isinstance(handler, TemporaryFileUploadHandler):
            handler.upload_interrupted()


def not_found(request: HttpRequest, exception=None):
    """A page that was not there: search it by the words of its address."""
    context = {"guess": words_of_path(request.path), "sections": SECTIONS, "canonical_url": ""}
    return render(request, "404.html", context, status=404)


def words_of_path(path: str) -> str:
    """``/fallstudier/Koll-pa-franvaron.html`` as ``fallstudier koll franvaron``; of an address with
    something like a personal number nothing is said again."""
    if may_hold_a_number(path):
        return ""
    stem = re.sub(r"\.\w{1,5}$", "", path.rstrip("/"))
    found = [word.text.lower() for word in words(stem.replace("_", " "))]
    telling = [word for word in found if len(word) > 2 and word not in STOP_WORDS]
    return " ".join(telling)[:LONGEST_GUESS]
