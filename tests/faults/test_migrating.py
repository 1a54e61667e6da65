"""Two deployments migrate one database at once: one goes after the other."""

import os
import subprocess
import sys
import time

import psycopg
import pytest
from django.conf import settings

from pluginnovation.embedded_postgres import ROOT
from pluginnovation.site.management.commands.migrate import LOCK

from ..running_site import fresh_database

NAME = "pluginnovation_migrated_twice" + os.environ.get("PYTEST_XDIST_WORKER", "")


@pytest.fixture
def database():
    url = fresh_database(NAME)
    yield url
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')


def start(url, *arguments):
    environment = {**os.environ, "DATABASE_URL": url}
    environment["DJANGO_SETTINGS_MODULE"] = "pluginnovation.settings.test"
    command = [sys.executable, "-W", "ignore", "manage.py", "migrate", *arguments]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def waiting(server):
    """How many processes wait for the lock."""
    query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    return server.execute(query).fetchone()[0]


def test_a_migration_waits_until_the_other_is_done(database):
    with psycopg.connect(database, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        process = start(database, "contenttypes")
        until = time.monotonic() + 60
        while not waiting(other) and process.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        assert process.poll() is None
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert other.execute(tables).fetchone() == (0,)
        other.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0, said
        assert other.execute(tables).fetchone() > (0,)
        assert other.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone() == (True,)


@pytest.mark.full
def test_two_that_begin_in_the_same_moment_both_succeed(database):
    both = [start(database), start(database)]
    said = [process.communicate(timeout=600)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sorted("No migrations to apply" in text for text in said) == [False, True]
    with psycopg.connect(database) as connection:
        rows = connection.execute(
            "SELECT count(*), count(DISTINCT (app, name)) FROM django_migrations"
        )
        count, distinct = rows.fetchone()
        assert count == distinct > 100
        role = "SELECT has_table_privilege(%s, 'site_searchentry', 'SELECT')"
        assert connection.execute(role, [settings.PUBLIC_DATABASE_ROLE]).fetchone() == (True,)
