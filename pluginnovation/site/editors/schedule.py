"""What is due: pages to publish, pages whose time is out. One that cannot stops no other."""

import logging
from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Page, Revision

REFUSED = "pluginnovation.publish.refused"

logger = logging.getLogger(__name__)


def publish_due() -> dict[str, int]:
    """Publish and take down what is due; ``{"published": 2, "expired": 0, "refused": 1}``."""
    done = {"published": 0, "expired": 0, "refused": 0}
    for thing in list(_expired()):
        with transaction.atomic():
            thing.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        done["expired"] += 1
    due = Revision.objects.filter(approved_go_live_at__lte=timezone.now())
    for revision in due.order_by("approved_go_live_at"):
        done["published" if _publish(revision) else "refused"] += 1
    return done


def _expired() -> Iterator[models.Model]:
    drafted = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    for model in [Page, *(model for model in drafted if not issubclass(model, Page))]:
        yield from model.objects.filter(live=True, expire_at__lte=timezone.now())


def _publish(revision: Revision) -> bool:
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except ValidationError as error:
        _refuse(revision, error.messages)
        return False
    return True


def _refuse(revision: Revision, reasons: list[str]) -> None:
    """Keep the draft, take it off the schedule, and tell who set the time why."""
    thing = revision.as_object()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    log(instance=thing, action=REFUSED, data={"reasons": reasons}, revision=revision)
    logger.warning("Not published on time: %s %s: %s", type(thing).__name__, thing.pk, reasons)
    if not (revision.user and revision.user.email):
        return
    address = ""
    if isinstance(thing, Page):
        address = settings.SITE_URL + reverse("wagtailadmin_pages:edit", args=[thing.pk])
    send_mail(
        f"Kunde inte publiceras: {thing}",
        "\n\n".join(
            [
                f"”{thing}” skulle ha publicerats nu, men det gick inte:",
                *reasons,
                "Utkastet finns kvar. Rätta det och publicera igen.",
                address,
            ]
        ),
        settings.DEFAULT_FROM_EMAIL,
        [revision.user.email],
        fail_silently=True,
    )
