"""Which pages a visitor may see in lists."""

from django.db.models import Exists, OuterRef
from django.db.models.functions import Length, Substr
from modelcluster.queryset import FakeQuerySet
from wagtail.models import PageViewRestriction


def published(queryset):
    """The live pages outside private sections, without the query that ``public()`` costs.

    A page is private where a restriction sits on it or above it: where the path of the
    restricted page begins the path of this one. What a draft relates to is in memory, not in
    the database, and is looked up there.
    """
    if isinstance(queryset, FakeQuerySet):
        queryset = queryset.model.objects.filter(pk__in=[each.pk for each in queryset])
    above = PageViewRestriction.objects.filter(
        page__path=Substr(OuterRef("path"), 1, Length("page__path"))
    )
    return queryset.filter(~Exists(above), live=True)
