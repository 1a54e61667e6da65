"""What keeps machines and other sites from answering: see ``core.anonymous_forms``."""

import hashlib
from contextlib import contextmanager

from django.core.cache import cache

from pluginnovation.core import anonymous_forms
from pluginnovation.core.anonymous_forms import MARK, TRAP, Objection

FASTEST = anonymous_forms.FASTEST
LONGEST = anonymous_forms.LONGEST
# A school shares one address: three classes may answer within ten minutes.
RATE = "100/10m"
FORM = "knowledge.online"

ELSEWHERE = "Svaret kom inte från den här sidan. Dina svar står kvar. Skicka dem en gång till."
STALE = "Sidan hade stått öppen för länge. Dina svar står kvar. Skicka dem en gång till."
TOO_FAST = "Det gick för fort för att vi ska tro att en människa svarade. Skicka en gång till."
TRAPPED = "Det dolda fältet ska vara tomt. Töm det, eller skicka svaren en gång till."
TOO_MANY = (
    "Många svar har kommit från samma nätverk på kort tid. Dina svar står kvar. "
    "Vänta tio minuter och skicka dem igen."
)
_SAID = {
    None: "",
    Objection.ELSEWHERE: ELSEWHERE,
    Objection.STALE: STALE,
    Objection.TOO_FAST: TOO_FAST,
    Objection.TRAPPED: TRAPPED,
}


def mark_for(page, respondent: str, brought: str = "") -> str:
    """The signed mark of a form that is shown now; a good one that was brought back is kept."""
    return anonymous_forms.mark_for(FORM, _value(page, respondent), brought, LONGEST)


def objection(request, page, respondent: str) -> str:
    """Why this answer is not taken, in a sentence; empty where it is."""
    value = _value(page, respondent)
    return _SAID[anonymous_forms.objection(request, FORM, value, FASTEST, LONGEST)]


def too_many(request) -> int:
    """The seconds to wait where this network has sent too many answers; counts this one."""
    return anonymous_forms.too_many(request, FORM, RATE)


@contextmanager
def only_once(mark: str):
    """Around the keeping of an answer: False where one with this mark is in already.

    That is a second click on the button. What could not be kept may be sent once more.
    """
    key = f"answered:{hashlib.sha256(mark.encode()).hexdigest()}"
    is_first = cache.add(key, 1, timeout=LONGEST)
    try:
        yield is_first
    except Exception:
        if is_first:
            cache.delete(key)
        raise


def _value(page, respondent) -> str:
    return f"{page.pk}.{respondent}"


__all__ = ["MARK", "TRAP", "mark_for", "objection", "only_once", "too_many"]
