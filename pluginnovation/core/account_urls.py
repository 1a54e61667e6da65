"""Logging in and out, under Swedish addresses and allauth's own names."""

from allauth.account import views
from django.urls import path, re_path

from .login import login

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
    path("registrera/", views.signup, name="account_signup"),
    path("epost/", views.email, name="account_email"),
]
