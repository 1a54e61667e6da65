"""What arrives: whole, too large, cut off, hostile; and that it is nowhere in the clear."""

import io
import logging
import zipfile
from statistics.deliveries import jobs, reading, uploads, views_send
from statistics.ingestion import originals, workbooks
from statistics.models import Delivery, DeliveryFinding, ImportBatch

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from .. import records
from ..records import csv_bytes, interruption

pytestmark = pytest.mark.django_db

SEND = "/personal/skicka-in/"


def named(data, name="avbrott.csv"):
    file = io.BytesIO(data)
    file.name = name
    return file


def nothing_kept(settings):
    return not Delivery.objects.exists() and not list(settings.ORIGINALS_DIR.glob("*"))


def test_the_file_lies_encrypted_and_comes_back_the_same(sender, upload, settings):
    data = csv_bytes([interruption(elev=records.personal_number())])
    delivery = upload(data=data)
    (path,) = settings.ORIGINALS_DIR.glob("*")
    assert b"avbrott_id" not in path.read_bytes()
    assert originals.content_of(delivery.original) == data


def test_a_personal_number_is_in_no_table_after_an_upload_that_fails(sender, upload, page):
    number = records.personal_number()
    row = interruption(elev=number, avbrott_id=number, hemkommun=number, program=f"x {number}")
    delivery = upload(row, interruption(elev=number[:-1] + "x"), name=f"{number}.csv")
    assert number not in delivery.file_name and number not in str(delivery.report)
    assert DeliveryFinding.objects.exists()
    for finding in DeliveryFinding.objects.all():
        assert number not in finding.message and number not in (finding.value or "")
    assert number not in page(delivery)


def test_on_the_whole_way_no_number_is_left_anywhere(
    sender, upload, page, decide, client, settings, caplog, monkeypatch, mailoutbox
):
    """Database, task queue, log, pages, quarantine file, error mail; and what breaks on the way."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.ADMINS = [("Drift", "drift@example.se")]
    caplog.set_level(logging.DEBUG)
    number = records.personal_number()
    own = {"elev": number, "kon": "", "fodelsear": ""}
    rows = (
        interruption(**own),
        interruption(avbrott_id="B", **own | {"hemkommun": number}),
        interruption(avbrott_id=f"C{number}", elev=number[:-1] + "x", orsak=number),
    )
    delivery = upload(*rows, name=f"{number}.csv")
    assert number in originals.content_of(delivery.original).decode()
    jobs.work_on.call(delivery.pk)
    told = page(delivery) + page(delivery, "{}fel/1/")
    decide(delivery, "valid")
    jobs.work_on.call(delivery.pk)
    told += page(delivery)
    for where in ("", "karantan/", "karantan/interruptions.csv", "historik/?id=A1"):
        told += client.get(f"/personal/leveranser/{where}").content.decode()
    assert ImportBatch.objects.get().quarantined == 2 and DBTaskResult.objects.count() >= 2

    def breaks(*args, **options):
        raise RuntimeError(f"{number} i en rad")

    monkeypatch.setattr(reading, "import_file", breaks)
    broken = upload(*rows)
    jobs.work_on.call(broken.pk)
    told += page(broken) + caplog.text + records.whole_database()
    told += "".join(mail.subject + str(mail.message()) for mail in mailoutbox)
    assert "RuntimeError" in told
    for spelling in (number, number[2:], f"{number[2:8]}-{number[8:]}", number[:-1] + "x"):
        assert spelling not in told


def test_a_file_above_the_limit_is_refused_in_words_and_not_kept(
    sender, source, client, settings, monkeypatch
):
    monkeypatch.setattr(uploads, "MAX_BYTES", 100_000)
    posted = {"kalla": source.code, "fil": named(b"x" * 300_000), "slut": "1"}
    response = client.post(SEND, posted)
    assert response.status_code == 413
    assert "större än 200 megabyte" in response.content.decode()
    assert nothing_kept(settings)


def test_a_body_far_above_the_limit_is_not_even_read(sender, client, monkeypatch, settings):
    monkeypatch.setattr(views_send, "MOST_DRAINED", 10)
    response = client.post(SEND, {"fil": named(b"x" * 100), "slut": "1"})
    assert response.status_code == 413 and nothing_kept(settings)


def test_a_body_that_was_cut_off_is_not_taken_for_the_file(sender, source, client, settings):
    """The browser's connection broke after half of the file: what came is thrown away."""
    half = (
        f'--x\r\nContent-Disposition: form-data; name="kalla"\r\n\r\n{source.code}\r\n--x\r\n'
        'Content-Disposition: form-data; name="fil"; filename="avbrott.csv"\r\n'
        "Content-Type: text/csv\r\n\r\navbrott_id;elev;hemkommun\r\nA1;elev-1;14"
    )
    response = client.generic("POST", SEND, half, content_type="multipart/form-data; boundary=x")
    assert response.status_code == 400
    assert "kom inte fram hel" in response.content.decode()
    assert nothing_kept(settings)


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({}, "Välj en fil"),
        ({"fil": named(b"")}, "Filen är tom"),
        ({"fil": named(b"a;b\n"), "kalla": "finns-inte"}, "Välj vem du skickar in för"),
        ({"fil": named(b"a;b\n"), "kalla": "a\x00b"}, "Välj vem du skickar in för"),
    ],
)
def test_what_is_missing_is_said(sender, source, client, settings, posted, words):
    for each in posted.values():
        if hasattr(each, "seek"):
            each.seek(0)
    response = client.post(SEND, {"kalla": source.code, **posted, "slut": "1"})
    assert response.status_code == 400 and words in response.content.decode()
    assert nothing_kept(settings)


def test_nobody_sends_for_a_source_of_others(sender, client, settings):
    other = records.make_source("ale")
    posted = {"kalla": other.code, "fil": named(csv_bytes([interruption()])), "slut": "1"}
    assert client.post(SEND, posted).status_code == 400
    assert nothing_kept(settings)


def test_another_site_cannot_send_in_ones_name(sender, source, settings):
    client = Client(enforce_csrf_checks=True)
    client.force_login(sender)
    posted = {"kalla": source.code, "fil": named(csv_bytes([interruption()])), "slut": "1"}
    assert client.post(SEND, posted).status_code == 403
    assert not Delivery.objects.exists()


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (4 * 2**20))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "Filen är en PDF"),
        (b"\x00\x01\x02\xff\xfe\x00", "varken text"),
        ("avbrott_id;Ã¥tgärd\xe5".encode("cp1252") + "å".encode(), "teckenkodningar"),
        (b"  \n", "Filen är tom"),
    ],
)
def test_a_file_that_is_none_fails_with_a_sentence(sender, upload, page, data, words):
    delivery = upload(data=data)
    assert delivery.status == "failed" and words in delivery.reason
    assert words in page(delivery)


def test_a_workbook_that_unpacks_to_anything_fails_with_a_sentence(
    sender, upload, page, monkeypatch
):
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 2**20)
    delivery = upload(data=bomb(), name="avbrott.xlsx")
    assert delivery.status == "failed" and "för stor när den packas upp" in page(delivery)


def test_markup_in_names_headers_and_values_is_text(sender, upload, page):
    evil = '"><script>alert(1)</script>'
    row = interruption(hemkommun=evil, program=evil) | {evil: evil}
    text = page(upload(row, name="<img src=x onerror=alert(1)>.csv"))
    assert "<script>alert" not in text and "<img src=x" not in text
    assert "&lt;script&gt;" in text and "&lt;b&gt;&amp;" in text


def test_what_was_found_goes_with_the_original(sender, upload):
    delivery = upload(interruption(hemkommun="9999"))
    assert delivery.findings.exists()
    originals.remove(delivery.original)
    assert not delivery.findings.exists()
