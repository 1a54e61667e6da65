"""One day for all sources: an old file from a new source takes no month away from the public."""

from datetime import date, timedelta
from statistics import data_dates
from statistics.models import ImportBatch, Publication
from statistics.publication import newest, publish

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from pluginnovation.core.models import User

from .records import interruption, make_school, make_source, take_in

pytestmark = pytest.mark.django_db
PAGE = "/personal/publiceringar/"
DAY, OLD = date(2025, 10, 31), date(2023, 3, 14)


def rows(prefix, day, count=30):
    return [
        interruption(
            avbrott_id=f"{prefix}{n}",
            elev=f"{prefix}-{n}",
            avbrottsdatum=str(day),
            fodelsear="2006",
        )
        for n in range(count)
    ]


@pytest.fixture
def region(db):
    make_school()
    source = make_source("regionen", name="Regionen")
    take_in(source, *rows("R", DAY))
    return source


@pytest.fixture
def newcomer(region):
    return make_source("nykomling", name="Nykomlingen")


def test_the_newest_day_that_all_sources_have_told_is_the_data_date(region, newcomer):
    take_in(newcomer, *rows("N", OLD))
    assert data_dates.newest_common_day() == data_dates.next_day() == OLD
    ImportBatch.objects.filter(source=newcomer).update(withdrawn_at=now())
    assert data_dates.newest_common_day() == DAY


def test_the_page_of_publications_names_who_holds_the_day_back(region, newcomer, client):
    client.force_login(
        User.objects.create_user("chef@example.se", role=User.Role.STATISTICS_MANAGER)
    )
    take_in(newcomer, *rows("N", DAY - timedelta(days=20)))
    assert "berättat minst långt fram" not in client.get(PAGE).content.decode()
    region.batches.update(data_date=DAY + timedelta(days=20))
    page = client.get(PAGE).content.decode()
    assert f"berättat minst långt fram: Nykomlingen till och med {DAY - timedelta(days=20)}" in page
    assert "--data-date" in page


def test_an_old_file_from_a_new_source_holds_the_next_publication_and_says_who_is_behind(
    region, newcomer
):
    publish()
    take_in(newcomer, *rows("N", OLD))
    with pytest.raises(CommandError) as told:
        call_command("publish_figures", "--now")
    assert f"gäller till och med {DAY}" in str(told.value)
    assert f"Nykomlingen till och med {OLD}" in str(told.value)
    assert "Regionen" not in str(told.value)
    assert (Publication.objects.count(), newest().data_date) == (1, DAY)


def test_a_newer_file_or_taking_the_old_one_back_lets_it_go_on(region, newcomer):
    publish()
    old = take_in(newcomer, *rows("N", OLD)).batch
    ImportBatch.objects.filter(pk=old.pk).update(withdrawn_at=now())
    assert publish().data_date == DAY
    take_in(newcomer, *rows("M", DAY + timedelta(days=5)))
    assert publish().data_date == DAY


def test_on_purpose_it_is_published_with_a_note_that_the_public_can_read(
    region, newcomer, client, capsys
):
    publish()
    take_in(newcomer, *rows("N", OLD))
    with pytest.raises(
        CommandError, match=r"Nykomlingen till och med 2023-03-14\. Skriv med --note"
    ):
        call_command("publish_figures", "--now", "--data-date", str(DAY))
    note = "Nykomlingen saknas efter mars 2023"
    call_command("publish_figures", "--now", "--data-date", str(DAY), "--note", note)
    assert newest().data_date == DAY and newest().number == 2
    assert note in client.get("/statistik/data/").content.decode()


def notices(report):
    return {notice.code: notice.message for notice in report.notices}


def test_the_report_says_so_before_the_file_is_taken_in(region, newcomer):
    publish()
    found = notices(take_in(newcomer, *rows("N", OLD), dry_run=True))
    assert f"hände {OLD}" in found["holds-publication"]
    assert "väntar nästa publicering" in found["holds-publication"]
    assert "holds-publication" not in notices(take_in(newcomer, *rows("N", DAY), dry_run=True))


def test_a_source_that_is_not_to_blame_is_not_told_that_it_is(region, newcomer):
    publish()
    take_in(newcomer, *rows("N", OLD))
    found = notices(take_in(region, *rows("R2", DAY), dry_run=True))
    assert "holds-publication" not in found


def test_rows_after_the_day_that_all_have_told_are_counted_and_said_to_wait(region, newcomer):
    report = take_in(newcomer, *rows("N", DAY, 2), *rows("S", DAY + timedelta(days=1), 3),
                     dry_run=True)  # fmt: skip
    told = notices(report)["after-data-date"]
    assert told.startswith(f"Avbrott efter {DAY} står i 3 rader")


def test_the_effect_of_a_file_that_holds_publication_is_told_for_the_published_day(region):
    from statistics.publication import preview

    publish()
    take_in(make_source("sen"), *rows("N", OLD))
    assert preview().data_date == DAY
