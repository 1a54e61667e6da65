"""Asking for letters, confirming, leaving. No cookie, no login; who is known is never told."""

import hashlib

from django import forms
from django.conf import settings
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django_ratelimit.core import is_ratelimited

from pluginnovation.core import anonymous_forms
from pluginnovation.core.anonymous_forms import MARK, TRAP, Objection

from ..models import Publication, Subscription
from ..models.subscriptions import PLACES
from . import links
from .sending import write_back

FORM = "statistics.subscriptions"
# One office shares an address; one mailbox is nobody's to fill.
PER_NETWORK, PER_ADDRESS = "20/h", "3/d"
SAID = {
    None: "",
    Objection.ELSEWHERE: "Formuläret kom inte från den här sidan. Skicka det en gång till.",
    Objection.STALE: "Sidan hade stått öppen för länge. Skicka en gång till.",
    Objection.TOO_FAST: "Det gick för fort för att vi ska tro att en människa skrev. Skicka igen.",
    Objection.TRAPPED: "Det dolda fältet ska vara tomt. Töm det och skicka igen.",
}
TOO_MANY = "Många har anmält sig från samma nätverk. Vänta en timme och skicka igen."
_WAY = [
    {"url": "/", "depth": 2, "title": "Start"},
    {"url": "/statistik/", "depth": 3, "title": "Statistik"},
]


class AskForm(forms.Form):
    email = forms.EmailField(
        label="E-postadress",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Skriv den e-postadress som breven ska gå till.",
            "invalid": "Adressen är inte hel. Skriv den som namn@kommun.se.",
        },
    )
    kommun = forms.ChoiceField(
        label="Data om",
        choices=list(PLACES.items()),
        error_messages={
            "required": "Välj en kommun eller hela regionen.",
            "invalid_choice": "Välj en kommun i listan, eller hela regionen.",
        },
    )

    def clean_email(self):
        return self.cleaned_data["email"].lower()


@csrf_exempt  # See core.anonymous_forms: nothing here acts in anyone's name.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """The form; whatever address is sent, the answer is the same."""
    if request.method != "POST":
        place = request.GET.get("kommun")
        start = {"kommun": place if place in PLACES else "T"}
        return _form(request, AskForm(initial=start))
    form = AskForm(request.POST)
    if wait := anonymous_forms.too_many(request, FORM, PER_NETWORK):
        response = _form(request, form, TOO_MANY, 429)
        response["Retry-After"] = str(wait)
        return response
    trouble = SAID[anonymous_forms.objection(request, FORM, "")]
    if trouble or not form.is_valid():
        return _form(request, form, trouble)
    if not _written_to_often(request, form.cleaned_data["email"]):
        _take(form.cleaned_data["email"], form.cleaned_data["kommun"])
    return redirect("statistics:subscription-asked")


@require_http_methods(["GET", "HEAD"])
def asked(request):
    return _show(request, "asked")


@csrf_exempt  # The key in the link is the right; there is no login to abuse.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request):
    """Opening the link confirms nothing: programs that look into mail open links, too."""
    key = request.GET.get("k", "")
    row = links.confirmed_by(key)
    found = Subscription.objects.filter(pk=row).first() if row else None
    if found is None:
        return _show(request, "confirm", state="gone", status=404)
    if request.method == "POST":
        _confirm(found)
    state = "ask" if found.confirmed_at is None else "done"
    return _show(request, "confirm", state=state, place=found.place_name)


@csrf_exempt  # A mail program sends the one click of RFC 8058 without any cookie.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request):
    row = links.left_by(request.GET.get("k", ""))
    if row is None:
        return _show(request, "leave", state="broken", status=404)
    if request.method == "POST":
        Subscription.objects.filter(pk=row).delete()
        return _show(request, "leave", state="done")
    found = Subscription.objects.filter(pk=row).first()
    place = found.place_name if found else ""
    return _show(request, "leave", state="ask" if found else "done", place=place)


def _written_to_often(request, email) -> bool:
    """Whether this mailbox has got its letters of today; then nothing is sent, and nothing said."""
    digest = hashlib.sha256(email.encode()).hexdigest()
    return settings.RATE_LIMITS and is_ratelimited(
        request, group=f"{FORM}.address", key=lambda *_: digest, rate=PER_ADDRESS, increment=True
    )


@transaction.atomic
def _take(email, place):
    found, is_new = Subscription.objects.get_or_create(email=email, place=place)
    if not is_new and found.confirmed_at is None:
        found.asked_on = timezone.localdate()
        found.save(update_fields=["asked_on"])
    transaction.on_commit(lambda: write_back.enqueue(found.pk))


def _confirm(found):
    """From now on; of the publications that there are already nobody is written to."""
    latest = Publication.objects.order_by("-number").values_list("number", flat=True).first()
    fresh = {"confirmed_at": timezone.now(), "asked_on": None, "told": latest or 0}
    Subscription.objects.filter(pk=found.pk, confirmed_at=None).update(**fresh)
    found.confirmed_at = found.confirmed_at or fresh["confirmed_at"]


def _form(request, form, trouble="", status=200):
    return _show(
        request,
        "ask",
        status=status,
        form=form,
        trouble=trouble,
        mark_name=MARK,
        trap_name=TRAP,
        mark=anonymous_forms.mark_for(FORM, "", request.POST.get(MARK, "")),
    )


def _show(request, name, status=200, **context):
    context |= {"breadcrumbs": _WAY, "breadcrumb_title": "Prenumerera"}
    return render(request, f"statistics/subscriptions/{name}.html", context, status=status)
