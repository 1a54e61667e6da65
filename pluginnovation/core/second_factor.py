"""The second factor: who has to have one, and whether a session has shown it.

Everybody with a role in the statistics needs one, also those who only send files: they can
fetch their own files back, with the personal numbers in them. So do those who may do all
things in the CMS, as they can give themselves a role. Where it is missing, the person counts
as not logged in (``staff_sessions``), wherever they logged in.
"""

import base64
import hmac

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    record_authentication,
)
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.app_settings import TOTP_PERIOD, TOTP_TOLERANCE
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core import checks
from django.core.cache import cache
from django.db import connection

METHOD = "mfa"
# What of a second factor lies encrypted in the database.
SECRETS = ("secret", "seed")


class Unreadable(Exception):
    """A secret was encrypted under another key: PSEUDONYM_KEY is not what it was."""


def has_one(user) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()


def was_shown(request) -> bool:
    """Whether this session has shown the second factor of its user."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == METHOD for record in records)


def note_shown(request) -> None:
    record_authentication(request, request.user, METHOD, type=Authenticator.Type.TOTP)


def forget_shown(request) -> None:
    """The session has to show a second factor again: its app was just taken away."""
    records = get_authentication_records(request, request.user)
    kept = [record for record in records if record.get("method") != METHOD]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = kept


def set_up(user, secret: str) -> None:
    """Give a user an authenticator app with a known secret (the demo)."""
    TOTP.activate(user, secret)


def take_away(user) -> None:
    """Remove app and recovery codes: at the next login the user sets up new ones."""
    Authenticator.objects.filter(user_id=user.pk).delete()


def unreadable():
    """All authenticators whose secret the key of today does not open."""
    bad = [one.pk for one in Authenticator.objects.all() if not _is_readable(one)]
    return Authenticator.objects.filter(pk__in=bad)


def _is_readable(authenticator) -> bool:
    adapter, data = SecondFactorAdapter(), authenticator.data
    try:
        for name in SECRETS:
            if name in data:
                adapter.decrypt(data[name])
    except Unreadable:
        return False
    return True


@checks.register(checks.Tags.database)
def every_one_is_readable(databases=None, **kwargs):
    """``manage.py check --database default``: whether the key is the one of this database."""
    if not databases or "default" not in databases or not _has_table():
        return []
    lost = unreadable().values("user").distinct().count()
    if not lost:
        return []
    hint = "docs/drift.md, Secrets: give the old key back, or run forget_second_factors."
    said = f"PSEUDONYM_KEY does not open the second factor of {lost} accounts."
    return [checks.Error(said, hint=hint, id="core.E001")]


def _has_table() -> bool:
    return Authenticator._meta.db_table in connection.introspection.table_names()


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets lie encrypted in the database, under a key made of one that never changes."""

    def get_totp_issuer(self) -> str:
        return settings.WAGTAIL_SITE_NAME

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as other_key:
            raise Unreadable("PSEUDONYM_KEY is not the one of this database") from other_key

    def build_totp_svg(self, url: str) -> str:
        """A drawing to stand within the page: no XML header, a size, no style attributes."""
        import qrcode
        from qrcode.image.svg import SvgPathImage

        drawn = qrcode.make(url, image_factory=SvgPathImage, border=2)
        return drawn.to_string(encoding="unicode")


def _cipher() -> Fernet:
    key = hmac.digest(settings.PSEUDONYM_KEY, b"second-factor|", "sha256")
    return Fernet(base64.urlsafe_b64encode(key))


class _OnlyOnce:
    """A code is good once, for as long as it could be good: a clock may be a step off."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = "Kod"
        field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    def clean_code(self):
        code = super().clean_code()
        key = f"second-factor:{self.user.pk}:{normalize_user_code(code)}"
        if not cache.add(key, 1, timeout=TOTP_PERIOD * (2 * TOTP_TOLERANCE + 1)):
            raise get_adapter().validation_error("incorrect_code")
        return code


class OnceAuthenticateForm(_OnlyOnce, AuthenticateForm):
    pass


class OnceReauthenticateForm(_OnlyOnce, ReauthenticateForm):
    pass


class OnceActivateForm(_OnlyOnce, ActivateTOTPForm):
    pass
