"""Originals are encrypted and kept for days; retention deletes what is past its time."""

import logging
import os
from datetime import date, timedelta
from io import StringIO
from statistics import retention
from statistics.ingestion import originals
from statistics.ingestion.findings import UnusableFile
from statistics.models import (
    Activity,
    AuditEntry,
    CurrentActivity,
    CurrentInterruption,
    ImportBatch,
    Interruption,
    Original,
    QuarantinedRow,
    RetentionProtocol,
)

import pyrage
import pytest
from django.core.management import call_command
from django.utils import timezone

from . import records
from .records import ACTIVITY, csv_bytes, interruption, take_in

pytestmark = pytest.mark.django_db

NUMBER = records.personal_number()
TODAY = date(2026, 11, 24)


@pytest.fixture
def source(settings, tmp_path):
    settings.ORIGINALS_DIR = tmp_path / "originals"
    records.make_school()
    return records.make_source()


def files(settings):
    return sorted(settings.ORIGINALS_DIR.glob("*"))


def test_an_original_comes_back_as_it_was_and_cannot_be_read_on_the_disk(source, settings):
    data = csv_bytes([interruption(elev=NUMBER)])
    original = originals.keep(data, f"{NUMBER}.csv", source)
    (path,) = files(settings)
    assert originals.content_of(original) == data
    assert NUMBER.encode() not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    assert (original.file_name, original.size) == ("[personnummer].csv", len(data))


def test_another_key_does_not_open_it_and_a_key_before_the_old_one_does(source, settings):
    original = originals.keep(b"innehall", "a.csv", source)
    old, new = settings.ORIGINALS_KEY, str(pyrage.x25519.Identity.generate())
    settings.ORIGINALS_KEY = new
    with pytest.raises(UnusableFile, match="dekryptera"):
        originals.content_of(original)
    settings.ORIGINALS_KEY = f"{new} {old}"
    assert originals.content_of(original) == b"innehall"


def test_a_key_that_is_none_is_told_at_the_start(settings):
    assert originals.key_is_one() == []
    for wrong in ("", "hemligt"):
        settings.ORIGINALS_KEY = wrong
        assert [error.id for error in originals.key_is_one()] == ["statistics.E001"]


def test_no_original_is_kept_longer_than_thirty_days(source, settings):
    settings.ORIGINALS_DAYS = 365
    original = originals.keep(b"x", "a.csv", source)
    assert original.keep_until - original.received_at == timedelta(days=30)


def test_a_file_that_cannot_be_noted_leaves_nothing_on_the_disk(source, settings, monkeypatch):
    monkeypatch.setattr(Original, "save", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        originals.keep(b"x", "a.csv", source)
    assert files(settings) == []


def test_the_command_keeps_the_original_of_what_it_takes_in_and_of_nothing_else(
    source, settings, tmp_path
):
    path = tmp_path / "avbrott.csv"
    for row, kept in ((interruption(hemkommun="9"), 0), (interruption(), 1)):
        path.write_bytes(csv_bytes([row]))
        try:
            call_command("import_interruptions", path, source="gr-demo", stdout=StringIO())
        except SystemExit:
            assert not kept
        assert (Original.objects.count(), len(files(settings))) == (kept, kept)
    batch = ImportBatch.objects.get()
    assert originals.content_of(batch.original) == path.read_bytes()
    line = AuditEntry.objects.get()
    assert (line.action, line.sha256, line.rows) == ("taken_in", batch.sha256, 1)


def test_expired_originals_are_deleted_and_their_rows_say_when(source, settings):
    old, young = (originals.keep(b"x", name, source) for name in ("a.csv", "b.csv"))
    Original.objects.filter(pk=old.pk).update(keep_until=timezone.now() - timedelta(minutes=1))
    (line,) = retention.apply()
    assert (line.what, line.count, line.source) == ("originals", 1, source)
    assert files(settings) == [originals.path_of(young)]
    old.refresh_from_db()
    assert not old.is_kept
    with pytest.raises(UnusableFile, match="borttagen"):
        originals.content_of(old)


def test_files_that_a_killed_process_left_behind_are_deleted_after_a_day(source, settings):

    kept = originals.path_of(originals.keep(b"x", "a.csv", source))
    folder = settings.ORIGINALS_DIR
    orphan, half, fresh = folder / "1.age", folder / "2.age.part", folder / "3.age"
    yesterday = timezone.now().timestamp() - 25 * 3600
    for path in (orphan, half, fresh):
        path.write_bytes(b"x")
    for path in (kept, orphan, half):
        os.utime(path, (yesterday, yesterday))
    retention.apply()
    assert files(settings) == sorted([kept, fresh])


OLD = {"fodelsear": "1999", "avbrottsdatum": "2016-11-23", "elev": "gammal"}


def test_interruptions_past_their_time_go_with_all_versions_and_activities(source):
    take_in(source, interruption(**OLD, avbrott_id="G"), interruption())
    take_in(source, interruption(**OLD, avbrott_id="G", aterstart="2017-01-01"))
    take_in(
        source,
        ACTIVITY | {"elev": "gammal", "datum": "2025-01-01"},
        ACTIVITY | {"elev": "", "avbrott_id": "G", "datum": "2020-01-01"},
        ACTIVITY,
    )
    lines = retention.apply(today=TODAY)
    assert [(line.what, line.count) for line in lines] == [("interruptions", 2), ("activities", 2)]
    assert RetentionProtocol.objects.count() == 2
    assert CurrentInterruption.objects.get().local_id == "A1"
    assert Activity.objects.get().observed_on == date(2025, 12, 1)
    assert ImportBatch.objects.count() == 3
    assert retention.apply(today=TODAY) == []


def test_the_day_itself_is_kept_and_a_version_that_began_later_keeps_all(source):
    take_in(source, interruption(**OLD | {"avbrottsdatum": "2016-11-24"}, avbrott_id="G"))
    take_in(source, interruption(**OLD, avbrott_id="H"))
    take_in(source, interruption(**OLD | {"avbrottsdatum": "2017-11-24"}, avbrott_id="H"))
    assert retention.apply(today=TODAY) == []
    assert Interruption.objects.count() == 3


def test_an_activity_stays_with_the_students_other_interruption(source):
    take_in(source, interruption(**OLD, avbrott_id="G"))
    take_in(source, interruption(fodelsear="1999", elev="gammal", avbrottsdatum="2019-01-01"))
    take_in(source, ACTIVITY | {"elev": "gammal", "datum": "2020-01-01"})
    retention.apply(today=TODAY)
    assert CurrentInterruption.objects.get().activity_code == "ARB"


@pytest.mark.parametrize("by_student_too", [False, True])
def test_an_activity_that_names_what_goes_stays_where_it_belongs_to_a_newer_one(
    source, by_student_too
):
    newer = interruption(fodelsear="1999", elev="gammal", avbrottsdatum="2019-01-01")
    named = ACTIVITY | {"elev": "", "avbrott_id": "G"}
    take_in(source, interruption(**OLD, avbrott_id="G"), newer)
    rows = [named | {"datum": "2020-01-01"}, named | {"datum": "2018-05-05"}]
    if by_student_too:  # the same student and day once more: of two tellings the later holds
        rows.append(ACTIVITY | {"elev": "gammal", "datum": "2020-01-01", "aktivitet": "UTL"})
    take_in(source, *rows)
    take_in(source, named | {"datum": "2021-01-01", "aktivitet": "UTL"})
    before = list(CurrentActivity.objects.filter(interruption__local_id="A1").values_list("code"))
    gone = {line.what: line.count for line in retention.apply(today=TODAY)}
    # That of 2018 belonged to what went.
    assert gone == {"interruptions": 1, "activities": 1 + by_student_too}
    kept = Activity.objects.all()
    assert len(kept) == 2 and {one.local_id for one in kept} == {None}
    after = list(CurrentActivity.objects.filter(interruption__local_id="A1").values_list("code"))
    assert sorted(after) == sorted(before) and len(after) == 2
    assert retention.apply(today=TODAY) == []


def test_rows_in_quarantine_go_when_they_are_too_old(source):
    take_in(source, interruption(hemkommun="9"), accept_valid=True)
    QuarantinedRow.objects.update(since=timezone.now() - timedelta(days=367))
    take_in(source, interruption(avbrott_id="B", hemkommun="9"), accept_valid=True)
    (line,) = retention.apply()
    assert (line.what, line.count) == ("held_rows", 1)
    assert [row.key for row in QuarantinedRow.objects.waiting()] == ["B"]


def test_a_dry_run_says_the_same_and_deletes_nothing(source, settings):
    take_in(source, interruption(**OLD, avbrott_id="G"))
    originals.keep(b"x", "a.csv", source)
    Original.objects.update(keep_until=timezone.now())
    out = StringIO()
    call_command("apply_retention", dry_run=True, stdout=out)
    assert "1 Versioner av avbrott" in out.getvalue()
    assert "1 Originalfiler" in out.getvalue()
    assert (Interruption.objects.count(), len(files(settings))) == (1, 1)
    assert not RetentionProtocol.objects.exists()
    call_command("apply_retention", stdout=StringIO())
    assert (Interruption.objects.count(), len(files(settings))) == (0, 0)
    assert AuditEntry.objects.filter(action="erased").count() == 2


def test_the_protocol_and_the_log_name_nobody(source, caplog):
    caplog.set_level(logging.DEBUG)
    take_in(source, interruption(**OLD | {"elev": NUMBER}, avbrott_id="HEMLIGT-ID"))
    retention.apply(today=TODAY)
    told = repr(list(RetentionProtocol.objects.values())) + str(RetentionProtocol.objects.get())
    assert "HEMLIGT" not in told
    assert NUMBER not in told + caplog.text
