"""The one login view, for editors and staff alike."""

from allauth.account import views
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse


def login(request):
    """The login; whoever is in already but may not edit is told so, not sent round in circles."""
    wanted = request.GET.get("next", "")
    turned_away = (
        request.user.is_authenticated
        and wanted.startswith(reverse("wagtailadmin_home"))
        and not request.user.has_perm("wagtailadmin.access_admin")
    )
    if turned_away:
        messages.warning(request, "Ditt konto ger inte tillgång till redaktörernas verktyg.")
        return redirect(settings.LOGIN_REDIRECT_URL)
    return views.login(request)
