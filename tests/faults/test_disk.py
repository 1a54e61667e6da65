"""The disk is full while a file comes in: a clear sentence, and nothing left behind."""

import errno
import os
import random
from pathlib import Path
from statistics.models import Delivery, Original
from unittest.mock import patch

import html5lib
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client

from pluginnovation.core.models import SiteDocument, User

from ..statistics import records

pytestmark = pytest.mark.django_db


@pytest.fixture
def disk(monkeypatch, settings, tmp_path):
    """``disk(1000)``: from now on 1,000 bytes fit, through whichever function they are written."""
    settings.MEDIA_ROOT, settings.ORIGINALS_DIR = tmp_path / "media", tmp_path / "originals"

    def leave(free):
        left, write, fdopen = [free], os.write, os.fdopen

        def take(count):
            left[0] -= count
            if left[0] < 0:
                raise OSError(errno.ENOSPC, "No space left on device")

        class Full:
            def __init__(self, file):
                self.file = file

            def write(self, data):
                take(len(data))
                return self.file.write(data)

            def __enter__(self):
                return self

            def __exit__(self, *args):
                self.file.close()

            def __getattr__(self, name):
                return getattr(self.file, name)

        def full_write(handle, data):
            if handle > 2:
                take(len(data))
            return write(handle, data)

        monkeypatch.setattr(os, "write", full_write)
        monkeypatch.setattr(os, "fdopen", lambda *args, **kwargs: Full(fdopen(*args, **kwargs)))

    leave.files = lambda: [path for path in tmp_path.rglob("*") if path.is_file()]
    return leave


@pytest.fixture
def browser():
    """A client that gets the page of a fault as a visitor does."""
    return Client(raise_request_exception=False)


def says_that_there_is_no_room(response):
    html5lib.HTMLParser(strict=True).parse(response.text)
    return response.status_code == 507 and "är inte sparat" in response.text


def test_a_file_that_is_sent_in_is_refused_with_a_sentence(disk, browser):
    records.make_school()
    source = records.make_source("goteborg", name="Göteborg", synthetic=False)
    user = User.objects.create_user("anna@example.se", role=User.Role.REPORTER)
    source.senders.add(user)
    browser.force_login(user)
    disk(50_000)
    data = random.Random(1).randbytes(200_000)
    sent = {"kalla": source.code, "fil": SimpleUploadedFile("avbrott.csv", data), "slut": "1"}
    assert says_that_there_is_no_room(browser.post("/personal/skicka-in/", sent))
    assert disk.files() == []
    assert not Delivery.objects.exists() and not Original.objects.exists()


def test_a_document_of_an_editor_is_refused_with_a_sentence(disk, browser):
    browser.force_login(User.objects.create_superuser("a@example.se", "ett-langt-losenord-7"))
    disk(70_000)
    assert says_that_there_is_no_room(browser.post("/admin/documents/add/", document(100_000)))
    assert disk.files() == [] and not SiteDocument.objects.exists()


def test_a_large_document_is_refused_while_it_comes_in(disk, browser, settings, tmp_path):
    """One above ``FILE_UPLOAD_MAX_MEMORY_SIZE`` goes through a temporary file."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    browser.force_login(User.objects.create_superuser("a@example.se", "ett-langt-losenord-7"))

    def full(self, raw_data, start):
        if start > 100_000:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.file.write(raw_data)

    with patch.object(TemporaryFileUploadHandler, "receive_data_chunk", full):
        response = browser.post("/admin/documents/add/", document(3_000_000))
    assert says_that_there_is_no_room(response)
    assert disk.files() == [] and not SiteDocument.objects.exists()


def document(size):
    file = SimpleUploadedFile("plan.txt", b"Plan \n" * (size // 6), content_type="text/plain")
    return {"title": "Plan", "file": file}


def test_another_file_of_the_same_name_is_left_alone(disk):
    name = default_storage.save("images/a.jpg", ContentFile(b"hel"))
    disk(70_000)
    with pytest.raises(OSError, match="No space"):
        default_storage.save("images/a.jpg", ContentFile(b"x" * 100_000))
    assert [path.read_bytes() for path in disk.files()] == [b"hel"]
    assert Path(default_storage.path(name)).exists()
