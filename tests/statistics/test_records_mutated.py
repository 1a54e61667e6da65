"""Real files, damaged in many ways: no crash, and every row is accounted for."""

import io
import random
from datetime import date
from statistics.ingestion import reader, schema
from statistics.ingestion.checks import Context
from statistics.ingestion.findings import UnusableFile
from statistics.ingestion.loader import import_file
from statistics.models import ImportBatch, Interruption, QuarantinedRow, SchoolUnit

import pytest
import xlsxwriter
from django.conf import settings

from . import records

RECORDS = settings.ROOT / "fixtures" / "records"
ROWS = 25
SCRAPS = (b";", b'"', b"\n", b"\r", b"\x00", b"\xff", b"\xc3", b"=1+1", b"200801152398", b"'",
          b"\t", "å".encode("cp1252"), b"\\N", b"9" * 70, b"2026-02-30", b" ", b",")  # fmt: skip


def _corpus():
    for path in sorted(RECORDS.glob("*.csv")):
        lines = path.read_bytes().splitlines(keepends=True)[: ROWS + 1]
        text = b"".join(lines).decode()
        yield from (text.encode(name, "replace") for name in ("utf-8", "cp1252", "utf-16"))
        yield text.replace(";", ",").encode()
        yield _workbook([line.split(";") for line in text.splitlines()])


def _workbook(rows):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def _mutated(data: bytes, dice: random.Random) -> bytes:
    """One to four damages: scraps put in, pieces taken out or doubled, lines turned round."""
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(data) + 1)
        length = dice.randint(1, 40)
        kind = dice.randrange(5)
        if kind == 0:
            data = data[:at] + dice.choice(SCRAPS) + data[at:]
        elif kind == 1:
            data = data[:at] + data[at + length :]
        elif kind == 2:
            data = data[:at] + data[at : at + length] * 2 + data[at + length :]
        elif kind == 3:
            data = data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]
        else:
            lines = data.splitlines(keepends=True)
            below = lines[1:]
            dice.shuffle(below)
            data = b"".join(lines[:1] + below)
    return data


def _mutations(count: int, seed: int):
    dice, corpus = random.Random(seed), list(_corpus())
    for number in range(count):
        yield _mutated(corpus[number % len(corpus)], dice)


@pytest.mark.parametrize(
    ("count", "seed"), [(600, 1), pytest.param(20_000, 2, marks=pytest.mark.full)]
)
def test_every_row_of_a_damaged_file_is_right_or_wrong(count, seed):
    context = Context("gr-demo", date(2026, 11, 24), frozenset(["1480", "1440"]),
                      frozenset(["99000001", "99000025"]), {"gr-demo": 1})  # fmt: skip
    usable = 0
    for data in _mutations(count, seed):
        parsed = schema.Parsed()
        try:
            table = reader.read(data)
            lines = list(schema.parse(table, context, parsed, lambda *step: None))
        except UnusableFile as error:
            assert str(error).endswith(".")
            continue
        usable += 1
        wrong = {error.row for error in parsed.errors}
        assert parsed.rows == len(lines) + len(wrong)
        assert not wrong & {int(line.split("\t", 1)[0]) for line in lines}
        assert not [line for line in lines if "\n" in line]
    assert usable > count / 4


@pytest.mark.django_db
def test_every_row_of_a_damaged_file_is_taken_unchanged_or_held():
    source = records.make_source()
    for code in ("99000001", "99000018", "99000025"):
        SchoolUnit.objects.create(code=code, name="Prov (syntetisk)", municipality_id="1480",
                                  organiser="Prov", programmes=["NA"])  # fmt: skip
    taken = 0
    for data in _mutations(40, 3):
        before = Interruption.objects.count(), QuarantinedRow.objects.count()
        try:
            report = import_file(data, "a.csv", source, accept_valid=True)
        except UnusableFile:
            after = Interruption.objects.count(), QuarantinedRow.objects.count()
            assert after == before
            continue
        taken += 1
        assert report.rows == report.new + report.changed + report.unchanged + report.wrong
        assert QuarantinedRow.objects.filter(batch=report.batch).count() == report.wrong
    assert ImportBatch.objects.count() == taken > 10
