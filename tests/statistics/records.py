"""Helpers of the tests of records: sources, school units, and files made of a few values."""

import csv
import io
from statistics.ingestion.findings import UnusableFile
from statistics.ingestion.loader import import_file
from statistics.ingestion.reader import read
from statistics.models import CurrentInterruption, SchoolUnit, Source

from django.db import connection
from stdnum import luhn

SCHOOL = "99000001"

INTERRUPTION = {
    "avbrott_id": "A1",
    "elev": "elev-1",
    "kon": "K",
    "fodelsear": "2008",
    "hemkommun": "1480",
    "skolenhet": SCHOOL,
    "program": "NA25",
    "arskurs": "1",
    "avbrottsdatum": "2025-10-01",
    "aterstart": "",
    "examensdatum": "",
    "aktivitet": "",
    "aktivitet_datum": "",
    "orsak": "",
}
ACTIVITY = {"elev": "elev-1", "avbrott_id": "", "kalla": "", "datum": "2025-12-01",
            "aktivitet": "ARB"}  # fmt: skip
STUDENTS = {"lasar": "2025/26", "skolenhet": SCHOOL, "hemkommun": "1480", "program": "NA25",
            "kon": "K", "elever": "31"}  # fmt: skip
SCHOOL_UNIT = {"skolenhet": "99000002", "namn": "Ekdungegymnasiet (syntetisk)", "kommun": "1480",
               "huvudman": "Syntetisk huvudman", "program": "NA BA25 NA25", "fran": "2011-07-01",
               "till": ""}  # fmt: skip


def make_source(code="gr-demo", **fields):
    return Source.objects.create(
        **{"code": code, "name": f"Källa {code}", "kind": "region", "synthetic": True} | fields
    )


def make_school(code=SCHOOL):
    return SchoolUnit.objects.create(
        code=code,
        name="Björkdungegymnasiet (syntetisk)",
        municipality_id="1480",
        organiser="Syntetisk huvudman",
        programmes=["NA", "IMS"],
    )


def csv_bytes(rows, encoding="utf-8", delimiter=";", header=None):
    """A file of dictionaries; the first one's keys are the header row."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    columns = list(header or rows[0])
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return text.getvalue().encode(encoding)


def interruption(**values):
    return INTERRUPTION | values


def take_in(source, *rows, name="avbrott.csv", **options):
    """Import rows given as dictionaries."""
    return import_file(csv_bytes(rows), name, source, **options)


def counts(report):
    return report.new, report.changed, report.unchanged, report.wrong


def current(local_id="A1"):
    return CurrentInterruption.objects.get(local_id=local_id)


def personal_number(birth="20080115", serial="239"):
    """A made-up number of twelve digits with the right check digit."""
    return f"{birth}{serial}{luhn.calc_check_digit(birth[2:] + serial)}"


def only_row(data):
    """The row of a file that has one."""
    (row,) = read(data).rows
    return row


def read_or_refuse(data):
    """The rows of a file, or None where it is refused, which is in a sentence."""
    try:
        return read(data).rows
    except UnusableFile as error:
        assert str(error).endswith(".")
        return None


def whole_database():
    """Every row of every table as text: the task queue, the audit log and the sessions too."""
    with connection.cursor() as cursor:
        texts = []
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{name}" t')
            texts.append(cursor.fetchone()[0] or "")
    return "".join(texts)
