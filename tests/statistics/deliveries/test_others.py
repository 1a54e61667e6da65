"""Whoever changes a number in an address, or writes code into a file, gets nothing by it."""

from statistics.models import AuditEntry, Delivery, Interruption, Source

import html5lib
import pytest

from pluginnovation.core.models import User

from ...site.test_attacks import SCRIPT, handlers_and_scripts
from .. import records
from ..records import interruption

pytestmark = pytest.mark.django_db
OF_A_DELIVERY = (
    "",
    "fel/1/",
    "beslut/",
    "godkann/",
    "kolumner/",
    "fil.csv",
    "fil.xlsx",
)
OTHERS = [role for role in User.Role.values if role != User.Role.STATISTICS_MANAGER]


@pytest.fixture
def theirs(sender, upload, client):
    """A delivery of the first sender, and nobody logged in any more."""
    delivery = upload(interruption(), interruption(aterstart="i mars"))
    client.logout()
    return delivery


@pytest.mark.parametrize("role", OTHERS)
def test_the_delivery_of_others_is_not_there(theirs, person, client, role):
    other = person("bo@example.se", role=role)
    if role == User.Role.REPORTER:
        records.make_source("annan", name="Annan", synthetic=False).senders.add(other)
    client.force_login(other)
    before = Delivery.objects.values().get(pk=theirs.pk)
    logged = AuditEntry.objects.exclude(user=other).count()
    for end in OF_A_DELIVERY:
        for method in (client.get, client.post):
            response = method(f"/personal/leveranser/{theirs.pk}/{end}", {"beslut": "all"})
            assert response.status_code in (403, 404, 405), (end, response.status_code)
            assert "i mars" not in response.content.decode()
    assert "avbrott.csv" not in client.get("/personal/leveranser/").content.decode()
    assert Delivery.objects.values().get(pk=theirs.pk) == before
    assert AuditEntry.objects.exclude(user=other).count() == logged
    assert not Interruption.objects.exists()


def test_nobody_sends_for_a_source_of_others(theirs, person, client):
    own = records.make_source("annan", name="Annan", synthetic=False)
    client.force_login(person("bo@example.se", sends_for=own))
    file = records.csv_bytes([interruption()])
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = {
        "kalla": theirs.source.code,
        "fil": SimpleUploadedFile("a.csv", file),
        "slut": "1",
    }
    response = client.post("/personal/skicka-in/", sent)
    assert response.status_code == 400 and Delivery.objects.count() == 1


def clean(text):
    html5lib.HTMLParser(strict=True).parse(text)
    return not list(handlers_and_scripts(text)) and "<script>alert" not in text


def test_code_in_cells_headers_and_file_names_is_text_on_every_page(sender, upload, client):
    row = interruption(aterstart=SCRIPT, skolenhet=SCRIPT, id=SCRIPT)
    delivery = upload({**row, SCRIPT: SCRIPT}, row, name="<img src=x onerror=alert(1)>.csv")
    seen = 0
    for end in ("", "fel/1/", "fel/2/", "kolumner/"):
        response = client.get(f"/personal/leveranser/{delivery.pk}/{end}")
        if response.status_code == 200:
            assert clean(response.content.decode()), end
            seen += "alert(1)" in response.content.decode()
    assert seen, "it is shown, as text"
    assert clean(client.get("/personal/leveranser/").content.decode())


def test_a_file_whose_headers_are_all_code_is_text_too(sender, upload, client):
    delivery = upload({SCRIPT: "1", f"2{SCRIPT}": "2"})
    for end in ("", "kolumner/"):
        response = client.get(f"/personal/leveranser/{delivery.pk}/{end}")
        assert response.status_code in (200, 302, 404, 405)
        assert clean(response.content.decode()) if response.status_code == 200 else True
    assert "alert(1)" in client.get(f"/personal/leveranser/{delivery.pk}/").content.decode()


def test_a_search_in_the_history_never_becomes_code(sender, client):
    for name in ("id", "q", "kalla"):
        response = client.get("/personal/leveranser/historik/", {name: SCRIPT})
        assert response.status_code == 200 and clean(response.content.decode())


def test_the_name_of_a_source_is_text_to_its_sender(sender, source, upload, client):
    Source.objects.filter(pk=source.pk).update(name=SCRIPT)
    delivery = upload(interruption())
    for address in ("/personal/", "/personal/skicka-in/", f"/personal/leveranser/{delivery.pk}/"):
        assert clean(client.get(address).content.decode()), address
