"""kill -9 of a real worker in each phase: the next one does all of it, and nothing is half done."""

import os
import subprocess
import sys
from datetime import timedelta
from statistics.deliveries import jobs, queue, steps
from statistics.ingestion import originals
from statistics.models import (
    Delivery,
    ImportBatch,
    Interruption,
    Original,
    QuarantinedRow,
    SchoolUnit,
)
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from pluginnovation.core.models import User
from pluginnovation.embedded_postgres import ROOT

from .. import records
from ..records import csv_bytes, interruption

# More than the rows after which progress is told: ``reading`` stands in the midst of COPY.
RIGHT, WRONG = 2_300, 2
# The worker of a server, but that it says where it is, and stands there to be killed.
WORKER = """
import sys, time, django
from pathlib import Path
from django.conf import settings
settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
settings.ORIGINALS_DIR = Path(sys.argv[1])
django.setup()
from django.core.management import call_command
from statistics.deliveries import reading, steps

def stand(step):
    if step == sys.argv[2]:
        print(step, flush=True)
        time.sleep(90)

def telling(work):
    def told(*args, progress, **options):
        def also(step, *counts):
            progress(step, *counts)
            stand(step)
        return work(*args, progress=also, **options)
    return told

def finish(*args, whole=steps.finish):
    whole(*args)
    stand("finished")

reading.import_file, steps.finish = telling(reading.import_file), finish
call_command("db_worker", batch=True, startup_delay=False, interval=0.1, verbosity=0)
"""


@pytest.fixture
def worker(settings):
    """Starts a worker that ends when nothing is left to do; with a moment, it stands there."""
    path = f"/{connection.settings_dict['NAME']}"
    address = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=path))
    own = {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "pluginnovation.settings.test"}
    started = []

    def start(moment="never"):
        command = [sys.executable, "-c", WORKER, str(settings.ORIGINALS_DIR), moment]
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **own}, stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def delivery(settings, django_db_setup, django_db_blocker):
    """One that other processes see. What the test makes is taken away again: a transactional
    test would empty every table, the registers of places with them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with django_db_blocker.unblock():
        records.make_school()
        source = records.make_source("dodas")
        user = User.objects.create_user("dodas@example.se", "x", role=User.Role.REPORTER)
        rows = [interruption(avbrott_id=f"K{n}", elev=f"elev-k{n}") for n in range(RIGHT)]
        rows += [interruption(avbrott_id=f"F{n}", hemkommun="9999") for n in range(WRONG)]
        try:
            original = originals.keep(csv_bytes(rows), "stor.csv", source, user)
            yield steps.receive(original, user)
        finally:
            _take_away(source, user)
            connection.close()


def _take_away(source, user):
    for model in (QuarantinedRow, Interruption, Delivery, ImportBatch, Original):
        model.objects.filter(source=source).delete()
    DBTaskResult.objects.all().delete()
    with connection.cursor() as cursor:  # the log refuses it to everybody, triggers and all
        cursor.execute("ALTER TABLE statistics_auditentry DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM statistics_auditentry WHERE source = %s", [source.code])
        cursor.execute("ALTER TABLE statistics_auditentry ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE statistics_auditentry DISABLE TRIGGER audit_is_never_emptied")
    source.delete()
    SchoolUnit.objects.filter(code=records.SCHOOL).delete()
    user.delete()


def _killed(worker, delivery, moment, status):
    """A worker takes the delivery, and is killed at the moment, with the delivery in its hand."""
    process = worker(moment)
    assert process.stdout.readline().strip() == moment
    process.kill()
    process.wait()
    delivery.refresh_from_db()
    assert delivery.status == status and delivery.lease
    assert _kept(delivery) == (0, 0, 0), "all of the batch or nothing"
    past = timezone.now() - queue.SILENCE - timedelta(seconds=1)
    Delivery.objects.filter(pk=delivery.pk).update(heartbeat_at=past)
    delivery.refresh_from_db()


def _kept(delivery):
    own = {"source": delivery.source}
    return tuple(
        model.objects.filter(**own).count() for model in (ImportBatch, Interruption, QuarantinedRow)
    )


def _taken_up(worker, delivery):
    """Somebody looks at the page, and another worker does what there is to do."""
    queue.revive(delivery)
    assert worker().wait(timeout=120) == 0
    delivery.refresh_from_db()


READING = ["reading", "comparing", "storing"]
DECIDING = ["reading", "comparing", "storing", "finished"]


@pytest.mark.full
@pytest.mark.parametrize("moment", READING)
def test_killed_while_the_file_is_tried(worker, delivery, moment):
    _killed(worker, delivery, moment, "reading")
    _taken_up(worker, delivery)
    assert (delivery.status, delivery.attempts) == ("reported", 2)
    assert delivery.report["counts"]["new"] == RIGHT and _kept(delivery) == (0, 0, 0)
    assert delivery.findings.count() == WRONG


@pytest.mark.parametrize(
    "moment",
    [pytest.param(each, marks=[pytest.mark.full] * (each != "finished")) for each in DECIDING],
)
def test_killed_while_the_rows_are_taken_in(worker, delivery, moment):
    jobs.work_on.call(delivery.pk)
    delivery.refresh_from_db()
    steps.decide(delivery, "valid", delivery.sent_by)
    _killed(worker, delivery, moment, "deciding")
    _taken_up(worker, delivery)
    assert (delivery.status, delivery.attempts) == ("taken_in", 2)
    assert _kept(delivery) == (1, RIGHT, WRONG)


@pytest.mark.full
def test_killed_every_time_it_fails_with_its_reason_and_changes_nothing(worker, delivery):
    for attempt in range(1, queue.MOST_ATTEMPTS + 1):
        _killed(worker, delivery, "comparing", "reading")
        assert delivery.attempts == attempt
        queue.revive(delivery)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.reason) == ("failed", queue.GAVE_UP)
    assert _kept(delivery) == (0, 0, 0)
