"""Filling the index: one row for each public page, document and snippet with an address."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from pluginnovation.core import generation
from pluginnovation.core.models import BasePage, SiteDocument
from pluginnovation.site.models import SearchEntry

from .vectors import RawVector, vector_of
from .words import normalise

LONGEST_BODY = 200_000
DOCUMENT_WEIGHT = 0.8
# Models with a public address that are neither pages nor documents.
SNIPPETS = ("knowledge.RiskFactor", "knowledge.Subject")
WRITTEN_AT_ONCE = 50
FIELDS = ["kind", "title", "url", "summary", "body", "date", "expires_at", "weight", "vector"]


def key_of(thing) -> tuple[ContentType, int]:
    """What names a thing in the index; a page goes by its id, whatever its class."""
    model = Page if isinstance(thing, Page) else type(thing)
    return ContentType.objects.get_for_model(model), thing.pk


def index(*things) -> int:
    """Write the entries of these things; what is not public loses its own. Returns how many."""
    entries = [entry_of(thing) for thing in things]
    for thing, entry in zip(things, entries, strict=True):
        if entry is None:
            remove(thing)
    written = [entry for entry in entries if entry]
    SearchEntry.objects.bulk_create(
        written,
        update_conflicts=True,
        unique_fields=["content_type", "object_id"],
        update_fields=FIELDS,
    )
    # Written in one go, which sends no signal.
    generation.changed()
    return len(written)


def index_tree(page: Page) -> None:
    """A page and all below it, when their addresses or who may see them have changed."""
    for some in _in_lots(page.get_descendants(inclusive=True).specific().iterator()):
        index(*some)


def remove(thing) -> None:
    content_type, object_id = key_of(thing)
    SearchEntry.objects.filter(content_type=content_type, object_id=object_id).delete()
    generation.changed()


def rebuild(progress=lambda done: None) -> int:
    """All entries anew; those of things that are gone go. Returns how many there are."""
    kept, done = [], 0
    for some in _in_lots(everything()):
        done += index(*some)
        kept += [key_of(thing) for thing in some]
        progress(done)
    for content_type in {key[0] for key in kept} | set(_content_types()):
        ids = [key[1] for key in kept if key[0] == content_type]
        entries = SearchEntry.objects.filter(content_type=content_type)
        entries.exclude(object_id__in=ids).delete()
    return SearchEntry.objects.count()


def everything() -> Iterator:
    """All that may be found: live public pages, then documents, then snippets."""
    yield from Page.objects.live().public().filter(depth__gt=1).specific().iterator()
    yield from SiteDocument.objects.select_related("collection").iterator()
    for model in snippet_models():
        yield from model.objects.iterator()


def snippet_models() -> list[type[Model]]:
    """The models of ``SNIPPETS`` that are there and are no pages."""
    models = (apps.get_model(*label.split(".")) for label in SNIPPETS if _is_installed(label))
    return [model for model in models if not issubclass(model, Page)]


def _is_installed(label: str) -> bool:
    app_label, name = label.lower().split(".")
    return name in apps.all_models[app_label]


def entry_of(thing) -> SearchEntry | None:
    """The unsaved entry, or nothing where the thing is not for everyone."""
    if isinstance(thing, Page):
        return _page_entry(thing.specific)
    if isinstance(thing, SiteDocument):
        return _document_entry(thing)
    return _snippet_entry(thing)


def _page_entry(page: Page) -> SearchEntry | None:
    visible = page.live and not page.expired and isinstance(page, BasePage)
    url = page.get_url() if visible else None
    if not url or page.get_view_restrictions().exists():
        return None
    return _entry(
        page,
        kind=page.kind,
        title=page.title,
        url=url,
        summary=page.summary,
        body=get_text_for_indexing(page.search_text() or ""),
        date=_local_date(page.last_published_at) or page.last_reviewed,
        expires_at=page.expire_at,
    )


def _document_entry(document: SiteDocument) -> SearchEntry | None:
    if document.collection.get_view_restrictions().exists():
        return None
    return _entry(
        document,
        kind="Dokument",
        title=document.title,
        url=document.url,
        body=document.extracted_text,
        date=_local_date(document.created_at),
        weight=DOCUMENT_WEIGHT,
    )


def _snippet_entry(thing: Model) -> SearchEntry | None:
    """A snippet says of itself what a page would: ``summary`` and ``search_text()``."""
    if not getattr(thing, "live", True):
        return None
    return _entry(
        thing,
        kind=getattr(thing, "kind", "") or thing._meta.verbose_name.capitalize(),
        title=str(thing),
        url=thing.get_absolute_url(),
        summary=getattr(thing, "summary", ""),
        body=get_text_for_indexing(thing.search_text() or ""),
        date=_local_date(getattr(thing, "last_published_at", None)),
    )


def _entry(thing, *, title, summary="", body="", **fields) -> SearchEntry:
    content_type, object_id = key_of(thing)
    texts = {
        "title": " ".join(normalise(title).split())[:255],
        "summary": " ".join(normalise(summary).split()),
        "body": normalise(body)[:LONGEST_BODY].strip(),
    }
    vector = RawVector(vector_of(texts))
    return SearchEntry(
        content_type=content_type, object_id=object_id, vector=vector, **texts, **fields
    )


def _local_date(moment):
    return timezone.localdate(moment) if moment else None


def _content_types():
    return ContentType.objects.get_for_models(Page, SiteDocument, *snippet_models()).values()


def _in_lots(things: Iterable, size: int = WRITTEN_AT_ONCE) -> Iterator[list]:
    things = iter(things)
    while some := list(islice(things, size)):
        yield some
