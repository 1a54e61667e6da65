"""Sessions of those who may see what the public may not: short, and with a second factor.

Middleware after the one that finds the user. Outside ``/konto/`` a person who needs a second
factor and has not shown it is nobody, for every view, the CMS's and Wagtail's own included.
Nothing is read before somebody asks who the user is.
"""

import time

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.utils.functional import SimpleLazyObject

from . import second_factor

SEEN = "staff_seen_at"
# The session is written at most this often only to say that it is in use.
NOTE_EVERY = 60
AWAY = "Du har varit borta en stund och är utloggad. Logga in igen för att fortsätta."


class StaffSessions:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        found = request.user
        request.user = SimpleLazyObject(lambda: _as_user(request, found))
        return self.get_response(request)


def _as_user(request, found):
    """``_allowed``, to which the request shows the user of the session as Django found them."""
    answer = request.user
    request.user = found
    try:
        return _allowed(request, found)
    finally:
        request.user = answer


def _allowed(request, user):
    """The user of the session, as far as this request may know them."""
    if not user.is_authenticated or not user.needs_second_factor:
        return user
    if _is_over(request):
        logout(request)
        messages.info(request, AWAY, fail_silently=True)
        return AnonymousUser()
    _note(request)
    if request.path_info.startswith("/konto/") or second_factor.was_shown(request):
        return user
    return AnonymousUser()


def _is_over(request) -> bool:
    """Unused for too long, or begun too long ago; by whichever way the clock was put, too."""
    now = time.time()
    idle = now - request.session.get(SEEN, now)
    records = get_authentication_records(request, request.user)
    age = now - records[0]["at"] if records else 0
    return abs(idle) > settings.STAFF_IDLE_SECONDS or age > settings.STAFF_SESSION_SECONDS


def _note(request) -> None:
    now = time.time()
    if now - request.session.get(SEEN, 0) > NOTE_EVERY:
        request.session[SEEN] = now
