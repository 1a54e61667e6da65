"""The door of the staff's pages about records: one decorator that every such view has.

It asks for a login and for the right, opens the records in the database for the time of the
view, and lets no cache keep the answer. What else is asked
of a user (a particular source, a municipality) the view asks ``rights`` for itself.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.utils.cache import patch_cache_control

from .database_role import records_open


def staff_only(may: Callable) -> Callable:
    """``@staff_only(rights.may_send_something)``: 403 for whoever is in without the right."""

    def decorate(view):
        @login_required
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not may(request.user):
                raise PermissionDenied
            with records_open():
                response = view(request, *args, **kwargs)
            patch_cache_control(response, private=True, no_store=True)
            return response

        return guarded

    return decorate
