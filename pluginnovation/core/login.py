"""The one login view, for editors and staff alike."""

from allauth.account import views
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache

from . import second_factor

NEEDS_ONE = (
    "Ditt konto ska ha två steg vid inloggningen. Koppla en app till kontot, så kommer du vidare."
)


@never_cache
def login(request):
    """The login; whoever is in already but may not go on is told why, not sent in circles."""
    user = request.user
    if user.is_authenticated and request.method != "POST":
        if user.needs_second_factor and not second_factor.was_shown(request):
            return _second_factor(request)
        if _wants_cms(request) and not user.has_perm("wagtailadmin.access_admin"):
            messages.warning(request, "Ditt konto ger inte tillgång till redaktörernas verktyg.")
            return redirect(settings.LOGIN_REDIRECT_URL)
    return Login.as_view()(request)


class Login(views.LoginView):
    """Allauth's login, with a button for each identity provider that is configured."""

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        for field in form.fields.values():
            # The label says it already, and stays when one types.
            field.widget.attrs.pop("placeholder", None)
        return form

    def get_context_data(self, **kwargs):
        providers = [
            {
                "name": app["name"],
                "url": reverse("openid_connect_login", args=[app["provider_id"]]),
            }
            for app in settings.OIDC_APPS
        ]
        return super().get_context_data(identity_providers=providers, **kwargs)


def _wants_cms(request) -> bool:
    return request.GET.get("next", "").startswith(reverse("wagtailadmin_home"))


def _second_factor(request):
    """On to showing it, or to setting it up; afterwards to where they were going."""
    if second_factor.has_one(request.user):
        wanted = request.GET.get("next", "")
        safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
        query = urlencode({"next": wanted if safe else settings.LOGIN_REDIRECT_URL})
        return redirect(f"{reverse('mfa_reauthenticate')}?{query}")
    messages.info(request, NEEDS_ONE)
    return redirect("mfa_activate_totp")
