"""Keeping the index in step with what editors do."""

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from pluginnovation.core.models import SiteDocument

from . import indexing
from .files import read_document


def page_changed(instance, **kwargs):
    indexing.index(instance)


def tree_changed(instance, **kwargs):
    indexing.index_tree(instance)


def document_saved(instance, raw=False, **kwargs):
    """What the title says is found at once; what the file says when it has been read."""
    if raw:
        return
    indexing.index(instance)
    transaction.on_commit(lambda: read_document.enqueue(instance.pk))


def snippet_saved(instance, raw=False, **kwargs):
    if not raw:
        indexing.index(instance)


def thing_deleted(instance, **kwargs):
    indexing.remove(instance)


def page_restricted(instance, **kwargs):
    """Also called when the page itself goes, and its restriction with it."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page:
        indexing.index_tree(page)


def collection_restricted(instance, **kwargs):
    collections = instance.collection.get_descendants(inclusive=True)
    indexing.index(*SiteDocument.objects.filter(collection__in=collections))


def connect():
    for signal in (page_published, page_unpublished):
        signal.connect(page_changed)
    for signal in (page_slug_changed, post_page_move):
        signal.connect(tree_changed)
    post_save.connect(document_saved, sender=SiteDocument)
    for model in indexing.snippet_models():
        post_save.connect(snippet_saved, sender=model)
    # Deleting a page deletes its row of `Page` too. Only named senders: a receiver for all
    # models would make Django delete every row of the whole database one by one.
    for model in (Page, SiteDocument, *indexing.snippet_models()):
        post_delete.connect(thing_deleted, sender=model)
    for signal in (post_save, post_delete):
        signal.connect(page_restricted, sender=PageViewRestriction)
        signal.connect(collection_restricted, sender=CollectionViewRestriction)
