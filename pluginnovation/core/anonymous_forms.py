"""What keeps machines and other sites from sending a form that has no login, without a cookie.

The form carries no right of anyone: it knows no login and reads no session. What Django's CSRF
cookie protects is therefore not there to protect, and a cookie would be set on a page that sets
none. Instead what is sent must come from our own page (the browser says so in ``Sec-Fetch-Site``
or ``Origin``) and bring back the signed mark that the page was given, old enough that somebody
can have read it and not older than a day.
"""

from contextlib import suppress
from enum import Enum
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django_ratelimit.core import get_usage

from .network import client_network

TRAP = "webbplats"
MARK = "marke"
FASTEST = 3
LONGEST = 24 * 60 * 60


class Objection(Enum):
    """Why something is not taken; each form has its own sentences for them."""

    ELSEWHERE = "elsewhere"
    TRAPPED = "trapped"
    STALE = "stale"
    TOO_FAST = "too fast"


def mark_for(form: str, value: str, brought: str = "", longest: int = LONGEST) -> str:
    """The signed mark of a form that is shown now; a good one that was brought back is kept.

    Somebody who corrects an answer has had the page for as long as the first mark says.
    """
    signer = TimestampSigner(salt=form)
    with suppress(BadSignature):
        if signer.unsign(brought, max_age=longest) == value and _is_past(signer, brought):
            return brought
    return signer.sign(value)


def _is_past(signer: TimestampSigner, mark: str) -> bool:
    """False of a mark from a time to come: the clock was put back since, and it would never do."""
    try:
        signer.unsign(mark, max_age=0)
    except SignatureExpired:
        return True
    return False


def objection(
    request, form: str, value: str, fastest: int = FASTEST, longest: int = LONGEST
) -> Objection | None:
    """Why what was sent is not taken; None where it is."""
    if not from_here(request):
        return Objection.ELSEWHERE
    if request.POST.get(TRAP):
        return Objection.TRAPPED
    signer, mark = TimestampSigner(salt=form), request.POST.get(MARK, "")
    try:
        brought = signer.unsign(mark, max_age=longest)
    except SignatureExpired:
        return Objection.STALE
    except BadSignature:
        return Objection.ELSEWHERE
    if brought != value:
        return Objection.ELSEWHERE
    with suppress(SignatureExpired):
        signer.unsign(mark, max_age=fastest)
        return Objection.TOO_FAST
    return None


def too_many(request, form: str, rate: str) -> int:
    """For how many seconds this network, which has sent too many of them, has to wait; 0 where it
    has not. Counts this one."""
    usage = settings.RATE_LIMITS and get_usage(
        request,
        group=form,
        key=lambda group, request: client_network(request),
        rate=rate,
        increment=True,
    )
    return max(1, usage["time_left"]) if usage and usage["should_limit"] else 0


def from_here(request) -> bool:
    """Whether the browser says that our own page sent it; a client that says nothing is none."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(source) and urlsplit(source).netloc == request.get_host()
