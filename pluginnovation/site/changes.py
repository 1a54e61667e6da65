"""What changes the generation: everything that editors keep and every publication of figures."""

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from pluginnovation.core import generation

# Rooms whose models are all shown to the public, save those named below.
EDITORIAL = ("core", "knowledge", "casestudies", "site")
SHOWN_BESIDE = ("statistics.Publication",)
# Users are not shown, and a login writes one; the search index says itself when it changes. An
# answer to a questionnaire shows nothing before it closes; deleting some may (knowledge.signals).
NOT_SHOWN = (
    "core.User",
    "core.SiteRendition",
    "knowledge.QuestionnaireAnswer",
    "site.Heartbeat",
)
OF_WAGTAIL = (
    Page,
    Site,
    Locale,
    Redirect,
    Collection,
    PageViewRestriction,
    CollectionViewRestriction,
)


def shown_models() -> list[type[Model]]:
    """Named one by one: a receiver of ``post_delete`` for all would make every deletion slow."""
    rooms = [model for label in EDITORIAL for model in apps.get_app_config(label).get_models()]
    kept = [model for model in rooms if model._meta.label not in NOT_SHOWN]
    return [*kept, *(apps.get_model(label) for label in SHOWN_BESIDE), *OF_WAGTAIL]


def connect() -> None:
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(generation.changed, dispatch_uid="generation")
    for model in shown_models():
        for signal in (post_save, post_delete):
            signal.connect(generation.changed, sender=model, dispatch_uid="generation")
        for field in model._meta.local_many_to_many:
            through = field.remote_field.through
            m2m_changed.connect(generation.changed, sender=through, dispatch_uid="generation")
