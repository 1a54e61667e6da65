"""The signed links of the letters. They name a row and no address, so that no log holds one."""

from django.conf import settings
from django.core.signing import BadSignature, Signer, TimestampSigner
from django.urls import reverse

from ..models.subscriptions import DAYS_TO_CONFIRM

_confirm = TimestampSigner(salt="statistics.subscriptions.confirm")
_leave = Signer(salt="statistics.subscriptions.leave")
_SECONDS = DAYS_TO_CONFIRM * 24 * 60 * 60


def confirm_link(subscription) -> str:
    return _link("statistics:subscription-confirm", _confirm.sign(subscription.pk))


def leave_link(subscription) -> str:
    """Good as long as there is something to leave."""
    return _link("statistics:subscription-leave", _leave.sign(subscription.pk))


def confirmed_by(key: str) -> int | None:
    """The row that the key of a link is about; None where it is forged or too old."""
    return _row(key, lambda: _confirm.unsign(key, max_age=_SECONDS))


def left_by(key: str) -> int | None:
    return _row(key, lambda: _leave.unsign(key))


def _row(key, unsigned):
    try:
        return int(unsigned()) if len(key) < 200 else None
    except (BadSignature, ValueError):
        return None


def _link(name, key):
    return f"{settings.SITE_URL}{reverse(name)}?k={key}"
