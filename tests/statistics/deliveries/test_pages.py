"""The report's pages, the columns by hand, the file back, lists, history and taking back."""

import csv
import io
from statistics.deliveries import blank_files, views_lists
from statistics.deliveries.columns import COLUMNS, SLUGS
from statistics.ingestion import headers, reader, withdrawal
from statistics.ingestion.loader import import_file
from statistics.models import AuditEntry, ImportBatch, QuarantinedRow, Source
from statistics.publication import newest, publish

import openpyxl
import pytest

from .. import records
from ..records import csv_bytes, interruption

pytestmark = pytest.mark.django_db

RIGHT = interruption()
WRONG = interruption(avbrott_id="A2", elev="elev-2", hemkommun="9999")


def many(count, **values):
    return [interruption(avbrott_id=f"M{n}", elev=f"elev-m{n}", **values) for n in range(count)]


def test_all_errors_are_there_page_by_page(sender, upload, page):
    delivery = upload(*many(120, program="XX9"), interruption(orsak="HEJ", hemkommun="1"))
    text = page(delivery)
    assert "Visa alla 120" in text and "121 rader har fel" in text
    first, second = (page(delivery, f"{{}}fel/1/?sida={n}") for n in (1, 2))
    assert first.count("XX9") >= 100 and "sida 2 av 2" in second
    assert ">121<" in second and ">121<" not in first
    assert "är ingen kod för orsak" in text
    assert page(delivery, "{}fel/1/?sida=hej")


def test_a_group_that_is_not_there_is_no_page(sender, upload, client):
    where = f"/personal/leveranser/{upload(WRONG).pk}/fel/9/"
    assert client.get(where).status_code == 404


def test_the_report_costs_the_same_for_few_and_many(
    sender, upload, client, django_assert_max_num_queries
):
    few, lots = upload(WRONG), upload(*many(60, program="XX9", hemkommun="1", orsak="HEJ"))
    for delivery in (few, lots):
        # 1 session, 2 user, 3 the delivery with its people, 4 the right to see it, 5 the right
        # to decide, 6 all groups' first rows, 7 and 8 permissions, for the bar of the CMS
        with django_assert_max_num_queries(8):
            client.get(f"/personal/leveranser/{delivery.pk}/")


def test_what_the_public_would_see_is_protected_before_and_after(sender, source, upload, page):
    import_file(csv_bytes(many(30)), "forut.csv", source)
    publish()
    more = [interruption(avbrott_id=f"N{n}", elev=f"elev-n{n}") for n in range(40)]
    delivery = upload(*more)
    line = next(x for x in delivery.report["effect"]["lines"] if x["place"] == "1480")
    now = newest().total("avbrott", hemkommun="1480", lasar="2025/26").value
    assert line["before"] == str(now)
    assert abs(int(line["after"]) - 70) <= 5
    assert "Göteborg" in page(delivery) and "Utan filen" in page(delivery)
    assert newest().total("avbrott", hemkommun="1480", lasar="2025/26").value == now


def test_a_file_that_changes_nothing_says_so(sender, source, upload, page):
    import_file(csv_bytes([RIGHT]), "forut.csv", source)
    assert "Ingen siffra som alla ser" in page(upload(RIGHT))


def test_what_changed_is_told_by_column(sender, source, upload, page):
    import_file(csv_bytes([RIGHT]), "forut.csv", source)
    text = page(upload(interruption(aterstart="2025-12-01")))
    assert "<code>aterstart</code> i 1 rad" in text


def test_columns_are_mapped_by_hand_and_remembered(sender, source, upload, decide, client, page):
    row = {("Elevens beteckning" if k == "elev" else k): v for k, v in RIGHT.items()}
    delivery = upload(row)
    assert delivery.status == "failed" and "saknar kolumnen elev" in delivery.reason
    assert "Säg vilka kolumnerna är" in page(delivery)
    given = {"slag": "interruptions", "rubrik": ["Elevens beteckning"], "kolumn": ["elev"]}
    client.post(f"/personal/leveranser/{delivery.pk}/kolumner/", given)
    delivery.refresh_from_db()
    assert delivery.status == "reported" and delivery.report["counts"]["new"] == 1
    assert "som ni har angett" in page(delivery)
    decide(delivery, "all")
    assert upload(row, name="nasta.csv").status == "reported"


@pytest.mark.parametrize(
    "given",
    [
        {"slag": "interruptions", "rubrik": ["X", "Y"], "kolumn": ["elev", "elev"]},
        {"slag": "interruptions", "rubrik": ["X"], "kolumn": ["finns-inte"]},
        {"slag": "\x00", "rubrik": ["X"], "kolumn": ["elev"]},
    ],
)
def test_a_mapping_that_cannot_be_is_refused_in_words(sender, upload, client, given):
    row = {("X" if k == "elev" else k): v for k, v in RIGHT.items()} | {"Y": ""}
    delivery = upload(row)
    where = f"/personal/leveranser/{delivery.pk}/"
    response = client.post(f"{where}kolumner/", given, follow=True)
    assert response.status_code == 200 and 'class="message' in response.content.decode()
    delivery.refresh_from_db()
    assert delivery.status == "failed"


def test_the_file_comes_back_with_its_errors_and_without_formulas(sender, upload, client):
    evil = interruption(avbrott_id="=cmd()", hemkommun="9999") | {"Not": " ＠SUM(A1)"}
    delivery = upload(RIGHT | {"Not": ""}, evil)
    where = f"/personal/leveranser/{delivery.pk}/fil."
    text = client.get(f"{where}csv").content.decode("utf-8-sig")
    header, right, wrong = csv.reader(io.StringIO(text), delimiter=";")
    assert header[:3] == ["fel_att_ratta", "avbrott_id", "elev"]
    assert right[0] == "" and "ingen kommunkod" in wrong[0]
    assert wrong[1] == "'=cmd()" and wrong[-1] == "' ＠SUM(A1)" and wrong[2] == "elev-1"
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{where}xlsx").content)).active
    cell = sheet.cell(3, header.index("hemkommun") + 1)
    assert cell.value == "9999" and "ingen kommunkod" in cell.comment.text
    assert cell.fill.fgColor.rgb == "FFF6E0D6"
    assert sheet.cell(2, header.index("hemkommun") + 1).comment is None
    assert {c.data_type for line in sheet.iter_rows() for c in line} <= {"s", "n"}
    assert sheet.cell(3, 2).value == "=cmd()" and sheet.cell(3, 2).data_type == "s"


def test_the_annotated_file_can_be_corrected_and_sent_again(sender, upload, client):
    delivery = upload(RIGHT, WRONG)
    data = client.get(f"/personal/leveranser/{delivery.pk}/fil.xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.active
    at = [c.value for c in sheet[1]].index("hemkommun") + 1
    sheet.cell(3, at).value = "1480"
    out = io.BytesIO()
    book.save(out)
    counts = upload(data=out.getvalue(), name="rattad.xlsx").report["counts"]
    assert (counts["new"], counts["wrong"]) == (2, 0)


def test_held_rows_wait_visibly_and_leave_when_they_are_right(sender, upload, decide, client):
    decide(upload(RIGHT, WRONG), "valid")
    QuarantinedRow.objects.update(since="2026-01-01T12:00Z")
    text = client.get("/personal/leveranser/karantan/").content.decode()
    assert "1 rad väntar" in text and "dagar, länge" in text and "ingen kommunkod" in text
    file = client.get("/personal/leveranser/karantan/interruptions.csv").content.decode()
    assert "A2" in file and "elev-2" not in file
    assert client.get("/personal/leveranser/karantan/hej.csv").status_code == 404
    assert "karantan/interruptions.xlsx" in text and "karantan/interruptions.csv" in text
    assert "1 rad i karantän" in client.get("/personal/leveranser/").content.decode()
    decide(upload(WRONG | {"hemkommun": "1480"}), "all")
    assert "Inga rader väntar" in client.get("/personal/leveranser/karantan/").content.decode()


def test_held_rows_that_nobody_will_correct_are_dismissed_and_that_is_logged(
    sender, upload, decide, client
):
    decide(upload(RIGHT, WRONG, WRONG | {"avbrott_id": "A3"}), "valid")
    first, second = QuarantinedRow.objects.order_by("row_number")
    page = client.get("/personal/leveranser/karantan/").content.decode()
    assert f'name="rad" value="{first.pk}"' in page
    asked = {"rad": [first.pk, "x", "9" * 30]}
    answer = client.post("/personal/leveranser/karantan/avfarda/", asked, follow=True)
    assert "En rad är avfärdad" in answer.content.decode()
    assert list(QuarantinedRow.objects.waiting()) == [second]
    line = AuditEntry.objects.get(action="dismissed")
    assert (line.user, line.source, line.rows) == (sender, "goteborg", 1)
    assert line.detail == f"leverans {first.batch_id}, rad 3"
    again = client.post("/personal/leveranser/karantan/avfarda/", asked, follow=True)
    assert "Inget är ändrat" in again.content.decode()
    assert AuditEntry.objects.filter(action="dismissed").count() == 1


def test_the_held_rows_of_others_are_dismissed_by_nobody(
    sender, person, upload, decide, client, django_user_model
):
    decide(upload(RIGHT, WRONG), "valid")
    asked = {"rad": [QuarantinedRow.objects.get().pk]}
    other = person("bo@example.se", sends_for=records.make_source("annan"))
    for user, status in ((other, 302), (person("re@example.se", "regional_reader"), 403)):
        client.force_login(user)
        answer = client.post("/personal/leveranser/karantan/avfarda/", asked)
        assert answer.status_code == status
    assert QuarantinedRow.objects.waiting().count() == 1
    assert not AuditEntry.objects.filter(action="dismissed").exists()


def test_the_next_page_of_a_list_is_of_the_same_source(sender, upload, decide, client, monkeypatch):
    monkeypatch.setattr(views_lists, "PAGE", 1)
    decide(upload(RIGHT, WRONG, WRONG | {"avbrott_id": "A3"}), "valid")
    upload(RIGHT)
    for where in ("", "karantan/"):
        page = client.get(f"/personal/leveranser/{where}?kalla=goteborg").content.decode()
        assert 'href="?kalla=goteborg&amp;sida=2" rel="next"' in page


def test_held_rows_are_fetched_as_a_workbook_filled_in_and_sent_again(
    sender, upload, decide, client
):
    number = records.personal_number()
    evil = WRONG | {"elev": number, "kon": "", "fodelsear": "", "orsak": "=cmd()"}
    decide(upload(RIGHT, evil), "valid")
    response = client.get("/personal/leveranser/karantan/interruptions.xlsx")
    assert response["Content-Disposition"] == 'attachment; filename="karantan-interruptions.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    header = [cell.value for cell in book.active[1]]
    held = {name: book.active.cell(2, at) for at, name in enumerate(header, 1)}
    assert held["orsak"].value == "=cmd()" and held["orsak"].data_type != "f"
    assert not held["elev"].value and "ingen kommunkod" in held["fel"].value
    assert number not in str([cell.value for row in book.active for cell in row])

    for name, value in {"elev": number, "hemkommun": "1480", "orsak": ""}.items():
        held[name].value = value
    out = io.BytesIO()
    book.save(out)
    decide(upload(data=out.getvalue(), name="rattad.xlsx"), "all")
    assert not QuarantinedRow.objects.waiting().exists()


def test_more_held_rows_than_a_workbook_should_have_are_offered_as_text(
    sender, upload, decide, client, monkeypatch
):
    decide(upload(RIGHT, WRONG), "valid")
    monkeypatch.setattr(views_lists, "MOST_ROWS_XLSX", 0)
    response = client.get("/personal/leveranser/karantan/interruptions.xlsx", follow=True)
    assert "Hämta den som CSV" in response.content.decode()


def test_the_list_shows_each_delivery_and_what_became_of_it(
    sender, upload, decide, client, django_assert_max_num_queries
):
    upload(RIGHT, WRONG, name="vantar.csv")
    decide(upload(RIGHT, name="intagen.csv"), "all")
    upload(data=b"%PDF", name="trasig.csv")
    # 1 session, 2 user, 3 sources, 4 and 5 the page of deliveries, 6 their wrong rows, 7 the
    # quarantine, 8 batches by command, 9 and 10 permissions, for the bar of the CMS
    with django_assert_max_num_queries(10):
        text = client.get("/personal/leveranser/").content.decode()
    for words in ("vantar.csv", "Väntar på beslut", "Intagen", "Gick inte att läsa", "1 nya"):
        assert words in text
    assert "Återta" not in text, "that is for the manager"


def test_taking_back_shows_first_what_goes_with_it(
    sender, manager, source, upload, decide, client, page
):
    first = decide(upload(RIGHT, name="forsta.csv"), "all")
    second = decide(upload(interruption(aterstart="2025-12-01"), name="andra.csv"), "all")
    where = f"/personal/leveranser/aterta/{first.batch_id}/"
    assert client.get(where).status_code == 403
    client.force_login(manager)
    text = client.get(where).content.decode()
    assert "forsta.csv" in text and "andra.csv" in text
    client.post(where, {"med": [first.batch_id]})
    assert ImportBatch.objects.in_force().count() == 2, "more would go than was shown"
    client.post(where, {"med": [first.batch_id, second.batch_id]})
    assert not ImportBatch.objects.in_force().exists()
    assert "Leveransen är återtagen" in page(second)
    assert AuditEntry.objects.filter(action="withdrew", user=manager).count() == 2


def test_who_takes_a_delivery_back_second_is_told_and_changes_nothing(
    sender, manager, upload, decide, client, monkeypatch
):
    taken = decide(upload(RIGHT), "all").batch
    client.force_login(manager)

    def as_it_was_looked_at(batch):
        monkeypatch.setattr(withdrawal, "affected", affected)
        going = list(affected(batch))
        withdrawal.withdraw(batch)  # by somebody else, just after the look
        return going

    affected = withdrawal.affected
    monkeypatch.setattr(withdrawal, "affected", as_it_was_looked_at)
    where = f"/personal/leveranser/aterta/{taken.pk}/"
    answer = client.post(where, {"med": [taken.pk]}, follow=True).content.decode()
    assert "har ändrats sedan sidan visades" in answer and "redan återtagen" in answer
    assert not ImportBatch.objects.in_force().exists()
    assert not AuditEntry.objects.filter(action="withdrew").exists()


def test_the_history_of_a_record_tells_what_changed_and_not_who(sender, upload, decide, client):
    decide(upload(RIGHT), "all")
    changed = decide(upload(interruption(aterstart="2025-12-01"), name="andra.csv"), "all")
    where = "/personal/leveranser/historik/?id="
    text = client.get(f"{where}A1").content.decode()
    assert "tomt blev 2025-12-01" in text and "Gäller nu" in text
    assert "elev-1" not in text and "2008" not in text
    withdrawal.withdraw(changed.batch)
    assert "Återtagen" in client.get(f"{where}A1").content.decode()
    assert "inget avbrott" in client.get(f"{where}a%00%3Cscript%3E").content.decode()
    refused = client.get(f"{where}20080115-2398").content.decode()
    assert "aldrig på personnummer" in refused and "2398" not in refused


def test_the_history_of_others_is_not_told(sender, source, person, upload, decide, client):
    decide(upload(RIGHT), "all")
    other = records.make_source("ale")
    client.force_login(person("ale@example.se", sends_for=other))
    text = client.get(f"/personal/leveranser/historik/?kalla={source.code}&id=A1").content
    assert "Gäller nu" not in text.decode()


@pytest.mark.parametrize("slug", SLUGS)
def test_a_blank_file_is_what_the_reader_knows(db, client, slug):
    kind = SLUGS[slug]
    records.make_school()
    for ending in ("csv", "xlsx"):
        data = client.get(f"/personal/skicka-in/mallar/{slug}.{ending}").content
        table = reader.read(data)
        assert table.kind.code == kind and not table.rows
        assert list(table.layout.names) == [column.name for column in COLUMNS[kind]]
    assert set(headers.KINDS[kind].columns) == {column.name for column in COLUMNS[kind]}


def test_the_blank_workbook_has_drop_downs_and_explanations(db):
    records.make_school()
    book = openpyxl.load_workbook(io.BytesIO(blank_files.as_xlsx("interruptions")))
    assert book.sheetnames == ["Studieavbrott", "Förklaringar", "Koder"]
    lists = [v for v in book["Studieavbrott"].data_validations.dataValidation if v.type == "list"]
    assert len(lists) == 7
    told = {cell.value for row in book["Koder"].iter_rows() for cell in row}
    assert {"VUX", "FEL", "1480", "NA", records.SCHOOL, "Komvux"} <= told
    assert {d.is_day for d in COLUMNS["interruptions"]} == {True, False}


def test_the_examples_of_the_blank_file_are_right(sender, upload):
    columns = COLUMNS["interruptions"]
    row = {column.name: column.example for column in columns} | {"aterstart": "2025-11-12"}
    row |= {"aktivitet_datum": "2025-11-01"}
    assert upload(row).report["counts"]["wrong"] == 0


def test_the_page_of_the_blank_files_is_for_everybody(client, db):
    text = client.get("/personal/skicka-in/mallar/").content.decode()
    assert "SS 12000" in text and "avbrott.xlsx" in text
    assert client.get("/personal/skicka-in/mallar/hej.csv").status_code == 404


def test_a_sender_without_a_source_is_told_where_to_ask(person, client):
    client.force_login(person())
    text = client.get("/personal/skicka-in/").content.decode()
    assert "inte kopplat till någon källa" in text and "<form class" not in text


def test_a_manager_chooses_among_all_sources(manager, source, client):
    records.make_source("ale", name="Ale")
    client.force_login(manager)
    text = client.get("/personal/skicka-in/?kalla=ale").content.decode()
    assert 'value="ale" selected' in text
    assert Source.objects.count() == 2
