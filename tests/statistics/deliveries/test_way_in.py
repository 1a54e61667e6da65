"""From an uploaded file to a batch: the report before anything changes, and the decision."""

from statistics.models import CurrentInterruption, ImportBatch, QuarantinedRow

import pytest

from ..records import interruption

pytestmark = pytest.mark.django_db

RIGHT = interruption()
WRONG = interruption(avbrott_id="A2", elev="elev-2", hemkommun="9999")


def test_a_file_is_read_and_reported_before_anything_changes(sender, upload, page):
    delivery = upload(RIGHT, WRONG)
    assert delivery.status == "reported" and delivery.kind == "interruptions"
    assert not ImportBatch.objects.exists() and not CurrentInterruption.objects.exists()
    text = page(delivery)
    for words in ("En rad har fel", "9999", "är ingen kommunkod", "semikolon", "UTF-8", "Rad"):
        assert words in text
    assert "elev-1" not in text and "elev-2" not in text


def test_a_file_without_errors_is_taken_in_whole(sender, upload, decide, page):
    delivery = decide(upload(RIGHT), "all")
    assert delivery.status == "taken_in" and delivery.batch.new == 1
    assert delivery.batch.imported_by == sender
    assert CurrentInterruption.objects.count() == 1
    assert "Filen är intagen" in page(delivery)


def test_the_right_rows_are_taken_and_the_others_held(sender, upload, decide):
    delivery = decide(upload(RIGHT, WRONG), "valid")
    assert (delivery.batch.new, delivery.batch.quarantined) == (1, 1)
    held = QuarantinedRow.objects.get()
    assert held.row_number == 3 and "elev" not in held.values


def test_a_file_can_be_left(sender, upload, decide, page):
    delivery = decide(upload(RIGHT, WRONG), "leave")
    assert delivery.status == "left" and not ImportBatch.objects.exists()
    assert not delivery.findings.exists()
    assert "Filen togs inte in" in page(delivery)


def test_a_file_with_errors_cannot_be_taken_in_whole(sender, upload, decide):
    delivery = decide(upload(RIGHT, WRONG), "all")
    assert delivery.status == "reported" and not ImportBatch.objects.exists()
