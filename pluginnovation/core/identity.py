"""Logging in through a municipality's own identity provider: for those with an account here.

A provider is believed about the addresses of its own domains alone, and only where it says
that it has verified them. It stands for the password: the second factor is asked for as ever,
and superusers log in here.
"""

import logging

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.shortcuts import render

from .models import User

logger = logging.getLogger(__name__)


class MunicipalIdentityAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        """Find the account that the address belongs to; whoever has none is turned away."""
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            _turn_away(request, "asked for more than a login")
        user = _user_of(sociallogin)
        if user is None:
            _turn_away(request, "no account for the address, or the address is not verified")
        if sociallogin.is_existing:
            if sociallogin.user != user:
                _turn_away(request, "the identity belongs to another account")
        else:
            sociallogin.connect(request, user)

    def on_authentication_error(
        self, request, provider, error=None, exception=None, extra_context=None
    ):
        logger.warning("Login through %s failed: %s", provider.app.provider_id, error)


def _user_of(sociallogin) -> User | None:
    domains = sociallogin.provider.app.settings["email_domains"]
    for address in sociallogin.email_addresses:
        email = (address.email or "").lower()
        # Some providers send words where the standard wants true or false.
        if address.verified is True and email.rpartition("@")[2] in domains:
            return User.objects.filter(email=email, is_active=True, is_superuser=False).first()
    return None


def _turn_away(request, reason: str):
    logger.warning("Login through an identity provider refused: %s", reason)
    raise ImmediateHttpResponse(render(request, "socialaccount/refused.html", status=403))
