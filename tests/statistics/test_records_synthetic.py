import csv
import io
from collections import Counter
from datetime import date
from statistics import codes, demo, synthetic
from statistics.ingestion.loader import import_file
from statistics.ingestion.personal_numbers import is_shaped_like_one
from statistics.models import (
    CurrentActivity,
    CurrentInterruption,
    CurrentStudentCount,
    ImportBatch,
    SchoolUnit,
    Source,
)
from statistics.synthetic.dice import Dice, Wheel

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command

from . import records

UNTIL = date(2026, 10, 31)


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")), delimiter=";"))


@pytest.fixture(scope="module")
def sample():
    return {kind: rows_of(demo.RECORDS / name) for kind, name in synthetic.FILE_NAMES.items()}


@pytest.fixture(scope="module")
def interruptions(sample):
    return sample["interruptions"]


def test_the_same_seed_and_date_give_the_same_bytes_and_another_seed_others(tmp_path):
    folders = [tmp_path / name for name in ("a", "b", "c")]
    for folder, seed in zip(folders, (1, 1, 2), strict=True):
        synthetic.write(folder, 200, seed, UNTIL)
    contents = [[path.read_bytes() for path in sorted(folder.iterdir())] for folder in folders]
    assert contents[0] == contents[1]
    assert contents[0] != contents[2]


def test_the_files_in_the_project_are_what_the_command_writes(tmp_path):
    out = tmp_path / "ny"
    call_command(
        "generate_interruptions", "--rows=6000", "--seed=1", "--until=2026-10-31", f"--out={out}"
    )
    for name in synthetic.FILE_NAMES.values():
        assert (out / name).read_bytes() == (demo.RECORDS / name).read_bytes(), name


@pytest.mark.parametrize("rows", [1, 2, 37])
def test_there_are_as_many_interruptions_as_asked_for(tmp_path, rows):
    paths = synthetic.write(tmp_path, rows, 7, UNTIL)
    assert len(rows_of(paths["interruptions"])) == rows


def test_no_rows_at_all_are_refused(tmp_path):
    with pytest.raises(CommandError):
        call_command("generate_interruptions", rows=0, out=tmp_path)


def test_nothing_in_the_files_looks_like_a_personal_number(sample):
    values = {value for rows in sample.values() for row in rows for value in row.values()}
    assert not [value for value in values if is_shaped_like_one(value)]


def test_every_school_unit_says_that_it_is_synthetic(sample):
    assert len(sample["school_units"]) == 60
    assert all("(syntetisk)" in row["namn"] for row in sample["school_units"])
    assert all(row["huvudman"].startswith("Syntetisk") for row in sample["school_units"])


def test_the_sample_has_six_school_years_up_to_its_last_day(interruptions):
    days = [date.fromisoformat(row["avbrottsdatum"]) for row in interruptions]
    assert len({codes.school_year(day) for day in days}) == 6
    assert max(days) <= UNTIL
    assert len(interruptions) == 6000


def test_all_thirteen_municipalities_are_there_by_size_and_a_few_others(interruptions):
    homes = Counter(row["hemkommun"] for row in interruptions)
    assert set(codes.REGION) < set(homes)
    assert homes.most_common(1)[0][0] == "1480"
    outside = sum(count for home, count in homes.items() if home not in codes.REGION)
    assert 0.01 < outside / 6000 < 0.08


def test_interruptions_peak_in_autumn_and_in_january(interruptions):
    months = Counter(int(row["avbrottsdatum"][5:7]) for row in interruptions)
    assert {month for month, _ in months.most_common(4)} == {8, 9, 10, 1}


def test_more_boys_than_girls_and_more_vocational_than_preparatory(interruptions):
    assert 0.52 < sum(row["kon"] == "M" for row in interruptions) / 6000 < 0.6
    types = Counter(codes.programme_of(row["program"]).type for row in interruptions)
    assert types["YP"] > types["HF"] > types["IM"] > types["OVR"] > 0


def test_kon_is_always_filled(interruptions):
    assert {row["kon"] for row in interruptions} == {"K", "M"}


def test_there_are_ongoing_ones_returns_and_graduations(interruptions):
    ongoing = sum(not row["aterstart"] and not row["examensdatum"] for row in interruptions)
    assert 0.4 < ongoing / 6000 < 0.7
    assert sum(bool(row["aterstart"]) for row in interruptions) > 1500
    assert sum(bool(row["examensdatum"]) for row in interruptions) > 600


def test_some_students_interrupt_twice(interruptions):
    assert any(count == 2 for count in Counter(row["elev"] for row in interruptions).values())


def test_every_activity_of_the_list_is_seen(sample):
    seen = Counter(row["aktivitet"] for row in sample["activities"])
    assert set(seen) == set(codes.ACTIVITIES)
    assert len(sample["activities"]) > 2 * 6000


def test_programmes_change_their_codes_when_the_national_list_does(interruptions):
    year_one = [row for row in interruptions if row["arskurs"] == "1"]
    early = {row["program"] for row in year_one if row["avbrottsdatum"] < "2025-07-01"}
    late = {row["program"] for row in year_one if row["avbrottsdatum"] >= "2025-09-01"}
    assert {"HV", "NA"} <= early
    assert {"FR25", "NA25"} <= late
    assert not any(code.endswith("25") for code in early)


def test_a_school_that_is_closed_or_not_yet_open_has_no_students(sample):
    units = {row["skolenhet"]: row for row in sample["school_units"]}
    assert any(row["till"] for row in units.values())
    for row in sample["students"]:
        unit, start = units[row["skolenhet"]], row["lasar"][:4]
        assert unit["fran"] <= f"{start}-07-01"
        assert not unit["till"] or unit["till"] > f"{start}-07-01"


def test_students_are_many_enough_for_the_interruptions(sample):
    totals = Counter()
    for row in sample["students"]:
        totals[row["lasar"]] += int(row["elever"])
    assert len(totals) == 6
    assert all(30_000 < total < 45_000 for total in totals.values())


@pytest.mark.django_db
def test_the_files_are_taken_in_without_an_error_and_a_second_time_without_a_change(tmp_path):
    source = records.make_source()
    paths = synthetic.write(tmp_path, 300, 3, date(2025, 2, 10))
    for again in (False, True):
        for kind, path in paths.items():
            report = import_file(path.read_bytes(), path.name, source)
            assert report.kind == kind
            assert report.errors == report.warnings == report.unknown_columns == []
            assert report.unchanged == (report.rows if again else 0)
    assert CurrentInterruption.objects.count() == 300


@pytest.mark.django_db
def test_the_demo_loads_the_four_files_once(capsys):
    demo.load()
    batches = ImportBatch.objects.count()
    demo.load()
    assert batches == ImportBatch.objects.count() == 4
    assert Source.objects.get(code="gr-demo").synthetic
    assert CurrentInterruption.objects.count() == 6000
    assert SchoolUnit.objects.count() == 60
    assert CurrentStudentCount.objects.exists()
    assert CurrentActivity.objects.count() > 12_000
    assert ImportBatch.objects.filter(synthetic=False).count() == 0


def test_the_dice_keep_to_their_bounds_and_weights():
    dice = Dice(5)
    throws = Counter(dice.between(1, 6) for _ in range(6000))
    assert set(throws) == {1, 2, 3, 4, 5, 6}
    assert all(800 < count < 1200 for count in throws.values())
    assert Wheel({"never": 0, "always": 1}).turn(dice) == "always"
    assert {dice.day(UNTIL, UNTIL) for _ in range(9)} == {UNTIL}
    assert 2 < sum(dice.whole(2.5) for _ in range(1000)) / 1000 < 3


def as_workbook(path):
    """The same file as a spreadsheet program would save it: dates and numbers as such."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for number, row in enumerate(csv.reader(path.open(encoding="utf-8"), delimiter=";")):
        for position, value in enumerate(row):
            if value.isdecimal():
                sheet.write_number(number, position, int(value))
            elif len(value) == 10 and value[4] == value[7] == "-":
                sheet.write_datetime(number, position, date.fromisoformat(value))
            else:
                sheet.write_string(number, position, value)
    book.close()
    return file.getvalue()


@pytest.mark.django_db
def test_a_spreadsheet_of_the_same_rows_changes_nothing(tmp_path):
    source = records.make_source()
    for path in synthetic.write(tmp_path, 150, 4, UNTIL).values():
        import_file(path.read_bytes(), path.name, source)
        report = import_file(as_workbook(path), f"{path.stem}.xlsx", source)
        assert (report.errors, report.unchanged) == ([], report.rows)
