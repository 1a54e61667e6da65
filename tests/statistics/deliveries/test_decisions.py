"""Who may decide, once, and what happens when two want different things."""

from statistics import audit
from statistics.deliveries import reading, steps
from statistics.ingestion.loader import import_file
from statistics.models import AuditEntry, Delivery, ImportBatch, QuarantinedRow

import pytest
from django.db import IntegrityError, transaction

from pluginnovation.core.models import User

from .. import records
from ..records import csv_bytes, interruption

pytestmark = pytest.mark.django_db

RIGHT = interruption()
WRONG = interruption(avbrott_id="A2", elev="elev-2", hemkommun="9999")


def test_two_people_decide_at_once_and_one_decision_holds(sender, upload):
    mine = upload(RIGHT)
    theirs = Delivery.objects.get(pk=mine.pk)
    steps.decide(mine, "leave", sender)
    with pytest.raises(steps.TooLate):
        steps.decide(theirs, "all", sender)
    assert not ImportBatch.objects.exists()


def test_a_report_that_nobody_has_read_is_not_decided_upon(sender, source, upload, client, page):
    delivery = upload(RIGHT)
    assert f'name="last" value="{delivery.mark}"' in page(delivery)
    read = {"beslut": "all", "last": delivery.mark}
    import_file(csv_bytes([RIGHT]), "annan.csv", source)
    steps.read_again(delivery)  # by somebody else, who mapped a column
    where = f"/personal/leveranser/{delivery.pk}/beslut/"
    for asked in (read, {"beslut": "all"}):
        assert "läs och bestäm igen" in client.post(where, asked, follow=True).content.decode()
    delivery.refresh_from_db()
    assert (delivery.status, delivery.report["counts"]["unchanged"]) == ("reported", 1)


def test_whoever_comes_second_is_told_so(sender, upload, decide, client):
    delivery = decide(upload(RIGHT), "all")
    where = f"/personal/leveranser/{delivery.pk}/"
    response = client.post(f"{where}beslut/", {"beslut": "leave"}, follow=True)
    assert "Inget är ändrat" in response.content.decode()
    delivery.refresh_from_db()
    assert delivery.status == "taken_in"


@pytest.mark.parametrize(
    ("here", "there"),
    [("taken_in", "reported"), ("left", "uploaded"), ("reported", "taken_in")],
)
def test_the_database_refuses_steps_that_there_are_not(sender, upload, decide, here, there):
    delivery = upload(RIGHT)
    if here != "reported":
        decide(delivery, {"taken_in": "all", "left": "leave"}[here])
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(status=there)


def test_what_changed_since_the_report_is_reported_anew(sender, source, upload, decide, page):
    delivery = upload(RIGHT)
    import_file(csv_bytes([RIGHT]), "annan.csv", source)
    delivery = decide(delivery, "all")
    assert delivery.status == "reported" and delivery.decision == ""
    assert delivery.report["counts"]["unchanged"] == 1
    assert "har ändrats sedan rapporten" in page(delivery)


def test_a_second_person_approves_where_the_source_asks_for_it(
    sender, manager, source, upload, decide, client, page
):
    type(source).objects.update(needs_approval=True)
    delivery = decide(upload(RIGHT), "all")
    assert delivery.status == "approving" and not ImportBatch.objects.exists()
    where = f"/personal/leveranser/{delivery.pk}/godkann/"
    asked = {"svar": "ja", "last": delivery.mark}
    client.post(where, asked)
    delivery.refresh_from_db()
    assert delivery.status == "approving", "nobody approves what is their own"
    client.force_login(manager)
    assert "Godkänner du beslutet?" in page(delivery)
    client.post(where, asked | {"last": "ett annat besluts"})
    delivery.refresh_from_db()
    assert delivery.status == "approving", "another decision than was read"
    client.post(where, asked)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.approved_by) == ("taken_in", manager)
    told = list(AuditEntry.objects.order_by("id").values_list("action", flat=True))
    assert told == ["sent", "approved", "taken_in"]


def test_a_manager_does_not_approve_what_the_manager_sent(manager, source, upload, decide, client):
    type(source).objects.update(needs_approval=True)
    client.force_login(manager)
    delivery = decide(upload(RIGHT), "all")
    asked = {"svar": "ja", "last": delivery.mark}
    client.post(f"/personal/leveranser/{delivery.pk}/godkann/", asked)
    delivery.refresh_from_db()
    assert delivery.status == "approving"
    with pytest.raises(IntegrityError), transaction.atomic():
        steps.approve(delivery, manager)


def test_a_refusal_undoes_the_decision_and_says_why(
    sender, manager, source, upload, decide, client, page
):
    type(source).objects.update(needs_approval=True)
    delivery = decide(upload(RIGHT, WRONG), "valid")
    client.force_login(manager)
    client.post(
        f"/personal/leveranser/{delivery.pk}/godkann/",
        {
            "last": delivery.mark,
            "svar": "nej",
            "skal": f"Fråga om {records.personal_number()} <script>först",
        },
    )
    delivery.refresh_from_db()
    assert delivery.status == "reported"
    text = page(delivery)
    assert "först" in text and "<script>f" not in text
    assert records.personal_number() not in delivery.reason
    assert not QuarantinedRow.objects.exists()


def test_a_batch_and_its_delivery_hold_together_or_not(sender, upload, decide, monkeypatch):
    delivery = upload(RIGHT)

    def lost(delivery, batch):
        raise steps.TooLate

    monkeypatch.setattr(reading.steps, "finish", lost)
    decide(delivery, "all")
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("role", [User.Role.MUNICIPAL_READER, User.Role.REGIONAL_READER, ""])
def test_who_has_another_role_sees_none_of_the_pages(person, client, role):
    client.force_login(person(role=role))
    for where in ("skicka-in/", "leveranser/", "leveranser/karantan/", "leveranser/historik/"):
        assert client.get(f"/personal/{where}").status_code == 403


def test_who_is_not_logged_in_is_sent_to_the_login(client):
    for where in ("skicka-in/", "leveranser/", "leveranser/1/", "leveranser/aterta/1/"):
        response = client.get(f"/personal/{where}")
        assert response.status_code == 302 and "/konto/logga-in/" in response["Location"]


def test_somebody_elses_delivery_is_not_there(sender, upload, person, client):
    delivery = upload(RIGHT, WRONG)
    other = records.make_source("ale")
    client.force_login(person("ale@example.se", sends_for=other))
    where = f"/personal/leveranser/{delivery.pk}/"
    for address in (where, f"{where}fel/1/", f"{where}fil.csv", f"{where}fil.xlsx"):
        assert client.get(address).status_code == 404
    for address in ("beslut/", "godkann/", "kolumner/"):
        assert client.post(where + address, {"beslut": "valid"}).status_code == 404
    assert delivery.file_name not in client.get("/personal/leveranser/").content.decode()
    assert client.get(f"/personal/leveranser/{10**18}/").status_code == 404
    delivery.refresh_from_db()
    assert delivery.status == "reported"


def test_nobody_but_the_sender_fetches_the_file_back(sender, manager, upload, client):
    where = f"/personal/leveranser/{upload(RIGHT).pk}/fil.csv"
    assert client.get(where).status_code == 200
    assert AuditEntry.objects.filter(action=audit.Action.FETCHED_ORIGINAL, user=sender).exists()
    client.force_login(manager)
    assert client.get(where).status_code == 404
