"""Media in an object store, by the environment alone."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.models import Collection, CollectionViewRestriction

from pluginnovation.settings import stores
from pluginnovation.site import machines

from ..object_store import object_store


@pytest.fixture
def bucket(settings, monkeypatch):
    with object_store() as (address, kept):
        monkeypatch.setenv("MEDIA_BUCKET_ENDPOINT", address)
        monkeypatch.setenv("MEDIA_BUCKET_REGION", "eu-north-1")
        monkeypatch.setenv("MEDIA_BUCKET_KEY", "nyckel")
        monkeypatch.setenv("MEDIA_BUCKET_SECRET", "hemlig")
        settings.STORAGES = {**settings.STORAGES, "default": stores.media_storage("media-hink")}
        yield kept


def test_without_a_bucket_files_lie_on_the_disk_and_no_library_is_loaded():
    assert stores.media_storage("") == {"BACKEND": "pluginnovation.core.storage.TidyStorage"}


def test_a_film_is_kept_there_and_served_in_parts_from_here(db, client, bucket):
    name = default_storage.save("media/film åäö.webm", ContentFile(b"0123456789"))
    assert bucket == {f"/media-hink/{name}": b"0123456789"}
    address = default_storage.url(name)
    assert address.startswith("/media/media/film") and address.isascii()
    part = client.get(address, headers={"range": "bytes=2-4"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"234")
    assert part["Content-Type"] == "video/webm"
    assert client.get("/media/media/borta.webm").status_code == 404


def test_a_document_there_is_as_private_as_here(store, client, bucket):
    collection = Collection.get_first_root_node().add_child(name="Internt")
    document = store("plan.txt", b"hemligt", collection=collection)
    assert b"".join(client.get(document.url).streaming_content) == b"hemligt"
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    refused = client.get(document.url)
    assert refused.status_code == 302 and refused["Location"].startswith("/konto/logga-in/")
    assert client.get(f"/media/{document.file.name}").status_code == 404


def test_readiness_writes_there_and_takes_it_away(bucket):
    assert machines.READINESS["mediemapp"]() == ""
    assert bucket == {}


def test_what_lies_in_a_bucket_cannot_be_handed_to_a_proxy_that_reads_a_disk():
    with pytest.raises(ImproperlyConfigured, match="MEDIA_ACCEL"):
        stores.media_storage("hink", accel="/-/media")
