"""Logging in: for those who were given an account; nobody makes one themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse


class ClosedAccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def get_login_redirect_url(self, request):
        """Who only edits goes straight to the CMS, everyone else to the start page for staff."""
        user = request.user
        if not user.role and user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        return super().get_login_redirect_url(request)
