"""A source with a sender, and the ways through the pages that the tests take."""

import io
import re
from statistics.models import Delivery, ImportBatch

import html5lib
import pytest

from pluginnovation.core.models import User

from .. import records


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.ORIGINALS_DIR = tmp_path / "originals"


@pytest.fixture
def source(db):
    records.make_school()
    return records.make_source("goteborg", name="Göteborg <b>&", synthetic=False)


@pytest.fixture
def person(db):
    def make(email="anna@example.se", role=User.Role.REPORTER, sends_for=None, **fields):
        user = User.objects.create_user(email, "ett-langt-losenord-7", role=role, **fields)
        if sends_for:
            sends_for.senders.add(user)
        return user

    return make


@pytest.fixture
def sender(person, source, client):
    """Somebody who may send for the source, logged in."""
    user = person(sends_for=source)
    client.force_login(user)
    return user


@pytest.fixture
def manager(person):
    return person("chef@example.se", User.Role.STATISTICS_MANAGER)


@pytest.fixture
def upload(client, source):
    """``upload(row, row)`` sends a file in as the logged-in person; its delivery."""

    def send(*rows, data=None, name="avbrott.csv", code=None):
        file = io.BytesIO(records.csv_bytes(rows) if data is None else data)
        file.name = name
        posted = {"kalla": code or source.code, "fil": file, "slut": "1"}
        response = client.post("/personal/skicka-in/", posted)
        assert response.status_code == 302, response.content.decode()
        return Delivery.objects.get(pk=re.search(r"(\d+)/$", response["Location"])[1])

    return send


@pytest.fixture
def decide(client):
    """``decide(delivery, "valid")`` chooses on the delivery's page; the delivery after it."""

    def choose(delivery, value):
        delivery.refresh_from_db()
        asked = {"beslut": value, "last": delivery.mark}
        client.post(f"/personal/leveranser/{delivery.pk}/beslut/", asked)
        delivery.refresh_from_db()
        return delivery

    return choose


@pytest.fixture
def page(client):
    """``page(delivery)`` is the text of its page, which is valid HTML."""

    def text(delivery, address="{}"):
        where = address.format(f"/personal/leveranser/{delivery.pk}/")
        response = client.get(where)
        assert response.status_code == 200, where
        content = response.content.decode()
        html5lib.HTMLParser(strict=True).parse(content)
        return content

    return text


@pytest.fixture
def batches():
    return ImportBatch.objects.in_order
