"""A process that is killed in the middle of an import leaves all of its delivery or nothing."""

import os
import random
import subprocess
import sys
import time
from statistics.ingestion.loader import import_file
from statistics.models import ImportBatch, Interruption, QuarantinedRow, SchoolUnit, Source

import pytest
from django.db import connection

from pluginnovation.embedded_postgres import ROOT

from . import records
from .records import csv_bytes, interruption

ROWS = [interruption(avbrott_id=f"D{n}", elev=f"elev-{n}") for n in range(1, 3000)]
ROWS.append(interruption(avbrott_id="fel", hemkommun="9999"))
# Takes the file in; says where it is and waits there to be killed.
IMPORT = """
import sys, time, django
django.setup()
from statistics.ingestion.loader import import_file
from statistics.models import Source

moment = sys.argv[2]

def stand(step, *more):
    print(step, flush=True)
    if step == moment:
        time.sleep(60)

print("begun", flush=True)
data = open(sys.argv[1], "rb").read()
source = Source.objects.get(code="dodad")
import_file(data, "a.csv", source, accept_valid=True, progress=stand, look=lambda: stand("written"))
print("committed", flush=True)
"""


@pytest.fixture
def source(django_db_setup, django_db_blocker):
    """A source in a database that other processes see; what comes of it is taken away again."""
    with django_db_blocker.unblock():
        records.make_school()
        made = records.make_source("dodad")
        try:
            yield made
        finally:
            for model in (QuarantinedRow, Interruption, ImportBatch):
                model.objects.filter(source=made).delete()
            Source.objects.filter(pk=made.pk).delete()
            SchoolUnit.objects.filter(code=records.SCHOOL).delete()
            connection.close()


def _killed(path, moment, after=0.0):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "pluginnovation.settings.test",
        "TEST_DATABASE": connection.settings_dict["NAME"],
    }
    start = (
        "import os; from django.conf import settings; "
        "settings.DATABASES['default']['NAME'] = os.environ['TEST_DATABASE']\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", start + IMPORT, str(path), moment],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    said = ""
    while (line := process.stdout.readline()) and said != moment:
        said = line.strip()
        if said == moment:
            break
    time.sleep(after)
    process.kill()
    process.wait()
    assert said == moment


def _left(source):
    """What another connection sees once the server has noticed that the process is gone."""
    import_file(csv_bytes([], header=ROWS[0]), "tom.csv", source, dry_run=True)  # waits its turn
    return (
        ImportBatch.objects.filter(source=source).count(),
        Interruption.objects.filter(source=source).count(),
        QuarantinedRow.objects.filter(source=source).count(),
    )


@pytest.mark.django_db
def test_left_alone_the_import_takes_all_of_it():
    records.make_school()
    report = import_file(csv_bytes(ROWS), "a.csv", records.make_source(), accept_valid=True)
    assert (report.new, report.wrong, report.batch.rows) == (2999, 1, 3000)


MOMENTS = [
    pytest.param("reading", marks=pytest.mark.full),
    pytest.param("comparing", marks=pytest.mark.full),
    pytest.param("storing", marks=pytest.mark.full),
    "written",
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_moment_nothing_is_left_and_the_file_can_be_sent_again(
    source, tmp_path, moment
):
    path = tmp_path / "a.csv"
    path.write_bytes(csv_bytes(ROWS))
    _killed(path, moment)
    assert _left(source) == (0, 0, 0)
    report = import_file(path.read_bytes(), "a.csv", source, accept_valid=True)
    assert (report.new, report.wrong, _left(source)) == (2999, 1, (1, 2999, 1))


@pytest.mark.full
@pytest.mark.parametrize("seed", range(8))
def test_killed_at_a_chance_moment_all_or_nothing_is_left(source, tmp_path, seed):
    path = tmp_path / "a.csv"
    path.write_bytes(csv_bytes(ROWS))
    _killed(path, "begun", after=random.Random(seed).uniform(0, 1))
    assert _left(source) in {(0, 0, 0), (1, 2999, 1)}
