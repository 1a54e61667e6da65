"""Allauth's way to an identity provider and back, with words where the provider is down."""

from functools import wraps

from allauth.socialaccount.providers.openid_connect import views
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from requests import RequestException


def _answering(view):
    @never_cache
    @wraps(view)
    def answered(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except (RequestException, ValueError, KeyError):
            # No connection, or an answer that is none: not of ours to mend.
            return render(request, "socialaccount/authentication_error.html", status=502)

    return answered


login = _answering(views.login)
callback = _answering(views.callback)
