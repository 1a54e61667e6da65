"""The letters: plain text and simple HTML, without pictures and without anything that tracks."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from .. import codes
from ..exports import SYNTHETIC
from ..municipal_report import sentences
from ..publication import Figures
from ..selection import Selection, default_year
from . import links

_FOLDER = "statistics/subscriptions/letters"


def confirmation(subscription) -> EmailMultiAlternatives:
    """To whoever asked: the link that confirms, or that it is confirmed already."""
    known = subscription.confirmed_at is not None
    context = {
        "place": subscription.place_name,
        "known": known,
        "link": links.leave_link(subscription) if known else links.confirm_link(subscription),
    }
    subject = f"Bekräfta: nya data om studieavbrott, {subscription.place_name}"
    if known:
        subject = f"Du prenumererar redan: studieavbrott, {subscription.place_name}"
    return _letter(subscription, subject, "confirm", context)


def news(subscription, told: dict) -> EmailMultiAlternatives:
    """Of a publication; one that is sent twice bears the same Message-ID."""
    context = told | {"leave": links.leave_link(subscription)}
    subject = f"Nya data om studieavbrott: {subscription.place_name}"
    letter = _letter(subscription, subject, "news", context)
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    letter.extra_headers |= {
        "Message-ID": f"<statistik-{told['number']}-{subscription.pk}@{host}>",
        "List-Unsubscribe": f"<{context['leave']}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return letter


def told_of(found: Figures, place: str) -> dict:
    """What a letter says of a place, from published numbers alone."""
    year = default_year(found.codes["lasar"], found.data_date)
    selection = Selection((year,), () if place == codes.TOTAL else (place,))
    whole = sentences.key_numbers(found, selection.region)
    own = sentences.key_numbers(found, selection) if selection.kommun else whole
    said = sentences.in_short(found, selection, own, whole if selection.kommun else None)
    address = f"{settings.SITE_URL}{reverse('statistics:dashboard')}?{selection.query}"
    report = reverse("statistics:report", args=[place]) if selection.kommun else ""
    return {
        "number": found.number,
        "place": selection.place_words,
        "data_date": found.data_date,
        "sentences": said,
        "synthetic": SYNTHETIC if found.synthetic else "",
        "address": address,
        "report": f"{settings.SITE_URL}{report}" if report else "",
    }


def _letter(subscription, subject, name, context):
    letter = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{_FOLDER}/{name}.txt", context),
        to=[subscription.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    letter.attach_alternative(render_to_string(f"{_FOLDER}/{name}.html", context), "text/html")
    return letter
