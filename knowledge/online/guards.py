"""What keeps machines and other sites from answering, without a cookie.

The form carries no right of anyone: it knows no login and reads no session. What Django's CSRF
cookie protects is therefore not there to protect, and a cookie would be set on a page that sets
none. Instead an answer must come from our own page (the browser says so in ``Sec-Fetch-Site`` or
``Origin``) and bring back the signed mark that the page was given, old enough that somebody can
have read it and at most a day old.
"""

import hashlib
from contextlib import suppress
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django_ratelimit.core import is_ratelimited

TRAP = "webbplats"
MARK = "marke"
FASTEST = 3
LONGEST = 24 * 60 * 60
# A school shares one address: three classes may answer within ten minutes.
RATE = "100/10m"

ELSEWHERE = "Svaret kom inte från den här sidan. Dina svar står kvar. Skicka dem en gång till."
STALE = "Sidan hade stått öppen för länge. Dina svar står kvar. Skicka dem en gång till."
TOO_FAST = "Det gick för fort för att vi ska tro att en människa svarade. Skicka en gång till."
TRAPPED = "Det dolda fältet ska vara tomt. Töm det, eller skicka svaren en gång till."
TOO_MANY = (
    "Många svar har kommit från samma nätverk på kort tid. Dina svar står kvar. "
    "Vänta tio minuter och skicka dem igen."
)

_signer = TimestampSigner(salt="knowledge.online")


def mark_for(page, respondent: str, brought: str = "") -> str:
    """The signed mark of a form that is shown now; a good one that was brought back is kept.

    Somebody who corrects an answer has had the page for as long as the first mark says.
    """
    value = f"{page.pk}.{respondent}"
    with suppress(BadSignature):
        if _signer.unsign(brought, max_age=LONGEST) == value and _is_past(brought):
            return brought
    return _signer.sign(value)


def _is_past(mark: str) -> bool:
    """False of a mark from a time to come: the clock was put back since, and it would never do."""
    try:
        _signer.unsign(mark, max_age=0)
    except SignatureExpired:
        return True
    return False


def objection(request, page, respondent: str) -> str:
    """Why this answer is not taken, in a sentence; empty where it is."""
    if not _from_here(request):
        return ELSEWHERE
    if request.POST.get(TRAP):
        return TRAPPED
    return _about_mark(request.POST.get(MARK, ""), f"{page.pk}.{respondent}")


def too_many(request) -> bool:
    """Whether this network has sent too many answers; counts this one."""
    return settings.RATE_LIMITS and is_ratelimited(
        request, group="knowledge.online", key=_network, rate=RATE, increment=True
    )


def _network(group, request) -> str:
    """The address of the visitor, behind as many proxies as ``TRUSTED_PROXIES`` says."""
    return get_adapter().get_client_ip(request)


def first_time(mark: str) -> bool:
    """False where an answer with this mark is in already: a second click on the button."""
    name = hashlib.sha256(mark.encode()).hexdigest()
    return cache.add(f"answered:{name}", 1, timeout=LONGEST)


def _from_here(request) -> bool:
    """Whether the browser says that our own page sent it; a client that says nothing is none."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(source) and urlsplit(source).netloc == request.get_host()


def _about_mark(mark: str, expected: str) -> str:
    try:
        value = _signer.unsign(mark, max_age=LONGEST)
    except SignatureExpired:
        return STALE
    except BadSignature:
        return ELSEWHERE
    if value != expected:
        return ELSEWHERE
    try:
        _signer.unsign(mark, max_age=FASTEST)
    except SignatureExpired:
        return ""
    return TOO_FAST
