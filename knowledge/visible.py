"""Which pages a visitor may see in lists."""

from django.db.models import Exists, OuterRef
from django.db.models.functions import Length, Substr
from wagtail.models import PageViewRestriction


def published(queryset):
    """The live pages outside private sections, without the query that ``public()`` costs.

    A page is private where a restriction sits on it or above it: where the path of the
    restricted page begins the path of this one.
    """
    above = PageViewRestriction.objects.filter(
        page__path=Substr(OuterRef("path"), 1, Length("page__path"))
    )
    return queryset.filter(~Exists(above), live=True)
