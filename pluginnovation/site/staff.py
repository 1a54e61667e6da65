"""The start page of those who are logged in."""

from statistics import rights
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pluginnovation.core.models import User

# What each role may do with the figures, as a sentence. Rights are checked where they are used.
ROLES = {
    User.Role.REPORTER: "Du lämnar kommunens uppgifter om studieavbrott.",
    User.Role.MUNICIPAL_READER: "Du läser kommunens egna uppgifter om studieavbrott.",
    User.Role.REGIONAL_READER: "Du läser uppgifterna för alla kommuner i regionen.",
    User.Role.STATISTICS_MANAGER: "Du svarar för statistiken i hela regionen.",
}


@never_cache
@login_required
@require_safe
def start(request: HttpRequest):
    """Who one is here, and what one can do."""
    user = request.user
    context = {
        "role_sentence": ROLES.get(user.role, ""),
        "sends_files": user.role in {User.Role.REPORTER, User.Role.STATISTICS_MANAGER},
        "reads_exact": rights.may_read_something_exact(user),
        "manages": rights.may_manage(user),
        "edits": user.has_perm("wagtailadmin.access_admin"),
        "breadcrumbs": [{"url": "/", "depth": 2}],
        "breadcrumb_title": "För personal",
    }
    return render(request, "pages/staff.html", context)


def cms_login(request: HttpRequest):
    """The CMS's own login gives way to the one that all share."""
    wanted = request.GET.get("next") or reverse("wagtailadmin_home")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")
