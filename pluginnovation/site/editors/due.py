"""When pages are to be read again: each kind keeps its date in a table of its own."""

from django.apps import apps
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Page
from wagtail.permissions import policy_registry

from pluginnovation.core.models import BasePage


def with_review_date(pages: QuerySet) -> QuerySet:
    """The pages with ``review_date``, in one query whatever their kinds."""
    return pages.annotate(review_date=Coalesce(*_review_fields()))


def _review_fields() -> list[str]:
    tables = {
        model._meta.get_field("review_by").model
        for model in apps.get_models()
        if issubclass(model, BasePage)
    }
    return sorted(f"{model._meta.model_name}__review_by" for model in tables)


def editable_by(user) -> QuerySet:
    """The pages that somebody may edit, below the root."""
    policy = policy_registry.get_by_type(Page)
    return policy.instances_user_has_permission_for(user, "change").filter(depth__gt=1)


def overdue(user) -> QuerySet:
    """The published pages that should have been read again, the longest overdue first."""
    pages = with_review_date(editable_by(user).filter(live=True))
    return pages.filter(review_date__lt=timezone.localdate()).order_by("review_date", "title")
