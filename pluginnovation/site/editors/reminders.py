"""A letter, once, to those who answer for a page when it is time to read it again."""

import logging
from collections import defaultdict
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import DateField, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import formats, timezone
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

from pluginnovation.core.models import User

from . import roles
from .due import with_review_date

REMINDED = "pluginnovation.review.reminded"
MOST = 20

logger = logging.getLogger(__name__)


def remind() -> int:
    """Write to each person about all of their pages; the number of letters that went.

    A page is told of once for each review date. One that nobody could be told of, for want of
    people or because no mail went, is tried again the next night.
    """
    pages_of = defaultdict(list)
    moderators = list(_moderators())
    for page in untold().select_related("owner"):
        for person in _responsible(page, moderators):
            pages_of[person].append(page)
    told, letters = {}, 0
    for person, pages in pages_of.items():
        if _send(person, pages):
            letters += 1
            told |= {page.pk: page for page in pages}
    for page in told.values():
        log(instance=page, action=REMINDED, data={"review_by": page.review_date.isoformat()})
    return letters


def untold() -> QuerySet:
    """The published pages whose review date has passed without a letter about that date."""
    told_date = Cast(KeyTextTransform("review_by", "data"), DateField())
    told = PageLogEntry.objects.filter(page=OuterRef("pk"), action=REMINDED)
    told = told.annotate(told_date=told_date).filter(told_date=OuterRef("review_date"))
    pages = with_review_date(Page.objects.filter(live=True, depth__gt=1))
    pages = pages.filter(review_date__lt=timezone.localdate()).filter(~Exists(told))
    return pages.order_by("review_date", "title")


def _responsible(page: Page, moderators: list[User]) -> list[User]:
    """The owner, where there is one who may edit the page and wants mail; else the moderators."""
    owner = page.owner
    can_be_told = owner and owner.is_active and owner.email
    if can_be_told and _wants(owner, "rejected_notifications"):
        return [owner] if page.permissions_for_user(owner).can_edit() else moderators
    return moderators


def _moderators() -> QuerySet:
    wants = Q(wagtail_userprofile=None) | Q(wagtail_userprofile__submitted_notifications=True)
    group = User.objects.filter(groups__name=roles.MODERATORS, is_active=True)
    return group.filter(wants).exclude(email="").order_by("pk")


def _wants(person: User, kind: str) -> bool:
    """What somebody chose under *Konto*; who never opened it wants everything."""
    profile = getattr(person, "wagtail_userprofile", None)
    return profile is None or getattr(profile, kind)


def _send(person: User, pages: list[Page]) -> bool:
    try:
        send_mail(subject(pages), text(pages), settings.DEFAULT_FROM_EMAIL, [person.email])
    except (SMTPException, OSError) as reason:
        logger.error("No reminder went to user %s: %s", person.pk, type(reason).__name__)
        return False
    return True


def subject(pages: list[Page]) -> str:
    if len(pages) == 1:
        return f"Dags att granska igen: {pages[0].title}"
    return f"Dags att granska {len(pages)} sidor igen"


def text(pages: list[Page]) -> str:
    listed = [_line(page) for page in pages[:MOST]]
    if len(pages) > MOST:
        listed.append(f"… och {len(pages) - MOST} till.")
    report = settings.SITE_URL + reverse("report_overdue")
    return "\n\n".join(
        [
            "Datumet ”granska senast” har gått för det som står här. Läs igenom: stämmer det "
            "fortfarande, och leder länkarna dit de ska? Sätt sedan ett nytt datum under fliken "
            "Marknadsför.",
            *listed,
            f"Allt som väntar på granskning: {report}",
            "Det här mejlet kommer en gång för varje sida och datum. Vilka mejl du får väljer du "
            f"under Konto: {settings.SITE_URL}{reverse('wagtailadmin_account')}",
        ]
    )


def _line(page: Page) -> str:
    address = settings.SITE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])
    return f"{page.title} (skulle ha granskats {formats.date_format(page.review_date)})\n{address}"
