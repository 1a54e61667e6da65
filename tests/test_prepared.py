"""The databases that the tests copy: made anew whenever what they are made of has changed."""

import os
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from django.apps import apps

from pluginnovation import embedded_postgres
from pluginnovation.embedded_postgres import ROOT

from . import prepared
from .running_site import fresh_database

MIGRATION = "pluginnovation/site/migrations/0002_home.py"


def name(root):
    return prepared.name_of("tables", prepared.made_of(root, prepared.OF_TABLES))


@pytest.fixture
def root(tmp_path):
    file = tmp_path / MIGRATION
    file.parent.mkdir(parents=True)
    file.write_text("operations = []")
    return tmp_path


def edited(root):
    (root / MIGRATION).write_text("operations = [1]")


def renamed(root):
    (root / MIGRATION).rename(root / MIGRATION.replace("home", "start"))


def one_more(root):
    (root / "statistics").mkdir()
    (root / "statistics" / "models.py").touch()


@pytest.mark.parametrize("change", [edited, renamed, one_more])
def test_another_migration_or_model_makes_another_name(root, change):
    before = name(root)
    assert name(root) == before
    change(root)
    assert name(root) != before


def test_so_does_another_version_of_a_package(root, monkeypatch):
    def with_wagtail(version):
        packages = [SimpleNamespace(name="wagtail", version=version)]
        monkeypatch.setattr(metadata, "distributions", lambda: packages)
        return name(root)

    assert with_wagtail("8.0") == with_wagtail("8.0") != with_wagtail("8.0.1")


def test_what_python_compiles_on_the_way_does_not(root):
    before = name(root)
    (root / MIGRATION).with_suffix(".pyc").touch()
    assert name(root) == before


def test_every_app_is_of_this_house_or_a_package():
    """The first are read file by file, of the others the version tells all."""
    for app in apps.get_app_configs():
        path = Path(app.path)
        own = any(path.is_relative_to(ROOT / folder) for folder in prepared.OF_TABLES)
        assert own or "site-packages" in path.parts


def test_where_one_is_finished_those_before_it_go():
    for database in ("prepared_try_old", "half_prepared_try_killed", "half_prepared_try_new"):
        fresh_database(database)
    query = "SELECT datname FROM pg_database WHERE datname ~ 'prepared_try_'"
    with prepared._server("tables") as server:
        prepared._finish(server, "try", "prepared_try_new")
        assert server.execute(query).fetchall() == [("prepared_try_new",)]
        with pytest.raises(psycopg.OperationalError, match="not currently accepting"):
            psycopg.connect(os.environ["DATABASE_URL"], dbname="prepared_try_new")
        server.execute("DROP DATABASE prepared_try_new")


def test_of_two_that_start_the_server_one_makes_the_database():
    if not embedded_postgres.is_running():
        pytest.skip("another server is used")
    name = "pluginnovation_started_twice"
    code = f"from pluginnovation import embedded_postgres as own; own.start({name!r})"
    waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"
    number = [embedded_postgres.LOCK & 0xFFFFFFFF]
    url = embedded_postgres.start("postgres")
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute("SELECT pg_advisory_lock(%s)", [embedded_postgres.LOCK])
        process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
        until = time.monotonic() + 60
        while not server.execute(waiting, number).fetchone() and time.monotonic() < until:
            assert process.poll() is None
            time.sleep(0.05)
        server.execute(f"CREATE DATABASE {name}")
        server.execute("SELECT pg_advisory_unlock(%s)", [embedded_postgres.LOCK])
        assert process.wait(60) == 0
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
