"""Logging in and out, under Swedish addresses and allauth's own names."""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.socialaccount import views as social
from django.urls import path, re_path
from django.views.generic import RedirectView

from . import identity_views
from .login import login
from .second_factor_views import Activate, Deactivate, NewRecoveryCodes, RecoveryCodes

urlpatterns = [
    path("logga-in/", login, name="account_login"),
    path("logga-ut/", views.logout, name="account_logout"),
    path("inaktiverat/", views.account_inactive, name="account_inactive"),
    path("losenord/byt/", views.password_change, name="account_change_password"),
    path("losenord/satt/", views.password_set, name="account_set_password"),
    path("losenord/", views.password_reset, name="account_reset_password"),
    path("losenord/skickat/", views.password_reset_done, name="account_reset_password_done"),
    # Keys hold hyphens, too: only the first one divides.
    re_path(
        r"^losenord/nytt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "losenord/klart/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("bekrafta/", views.reauthenticate, name="account_reauthenticate"),
    path("oidc/<slug:provider_id>/login/", identity_views.login, name="openid_connect_login"),
    path(
        "oidc/<slug:provider_id>/login/callback/",
        identity_views.callback,
        name="openid_connect_callback",
    ),
    path("oidc/avbrutet/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("oidc/fel/", social.login_error, name="socialaccount_login_error"),
    path("kod/", mfa.authenticate, name="mfa_authenticate"),
    path("kod/bekrafta/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("tvafaktor/", mfa.index, name="mfa_index"),
    path("tvafaktor/app/", Activate.as_view(), name="mfa_activate_totp"),
    path("tvafaktor/app/ta-bort/", Deactivate.as_view(), name="mfa_deactivate_totp"),
    path("tvafaktor/koder/", RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("tvafaktor/koder/nya/", NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("registrera/", views.signup, name="account_signup"),
    # Allauth knows the name. An address is given with the account: whoever changed it here could
    # take one that an identity provider will vouch for, of somebody else.
    path("epost/", RedirectView.as_view(pattern_name="staff"), name="account_email"),
]
