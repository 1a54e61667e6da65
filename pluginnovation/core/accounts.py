"""Logging in: for those who were given an account; nobody makes one themselves."""

import logging
import time
from smtplib import SMTPException
from types import SimpleNamespace
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from django.conf import settings
from django.urls import reverse

logger = logging.getLogger(__name__)


class ClosedAccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def is_reauthentication_required(self, *, app, **kwargs):
        """Not just after a login: the password was typed a moment ago."""
        request = context.request
        records = get_authentication_records(request, request.user)
        if records and time.time() - records[-1]["at"] < REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reset_password_from_key_url(self, key):
        return settings.SITE_URL + urlsplit(super().get_reset_password_from_key_url(key)).path

    def send_mail(self, template_prefix, email, context):
        """A letter names the site and leads to it, whatever host the request said it was for."""
        own = {
            "current_site": SimpleNamespace(
                name=settings.WAGTAIL_SITE_NAME, domain=urlsplit(settings.SITE_URL).netloc
            ),
            "signup_url": settings.SITE_URL + reverse("account_signup"),
        }
        super().send_mail(template_prefix, email, context | own)

    def send_notification_mail(self, *args, **kwargs):
        """A letter about what was done; a mail server that is down undoes nothing."""
        try:
            super().send_notification_mail(*args, **kwargs)
        except (OSError, SMTPException):
            logger.exception("A notification could not be sent")

    def get_login_redirect_url(self, request):
        """Who only edits goes straight to the CMS, everyone else to the start page for staff."""
        user = request.user
        if not user.role and user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        return super().get_login_redirect_url(request)
