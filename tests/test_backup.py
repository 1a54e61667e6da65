"""A backup is what can be restored: every row and every file, with the right key alone."""

import os
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pyrage
import pytest
from django.db import connection
from psycopg import sql

from pluginnovation import backup, secret_keys

from .running_site import fresh_database

NAME = "pluginnovation_restored"


@pytest.fixture(scope="module")
def key():
    return str(pyrage.x25519.Identity.generate())


@pytest.fixture
def source(db, tmp_path, key):
    """The test database, with what the migrations put there, and some files."""
    files = {"media/images/åäö.jpg": b"\xff\xd8" + os.urandom(5_000), "media/media/a/b.vtt": b""}
    files["originals/1.age"] = os.urandom(2_000)
    for name, data in files.items():
        (tmp_path / "from" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "from" / name).write_bytes(data)
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return {
        "DATABASE_URL": urlunsplit(url),
        "VAR_DIR": str(tmp_path / "from"),
        "BACKUP_KEY": key,
        "files": files,
    }


@pytest.fixture
def target(source, tmp_path, key):
    url = fresh_database(NAME)
    yield {"DATABASE_URL": url, "VAR_DIR": str(tmp_path / "to"), "BACKUP_KEY": key}
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')


def contents(url):
    """The number of rows of every table and one digest of all of them."""
    names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    query = "SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {} t"
    with psycopg.connect(url) as server:
        return {
            name: server.execute(sql.SQL(query).format(sql.Identifier(name))).fetchone()
            for (name,) in server.execute(names).fetchall()
        }


def test_a_backup_brings_back_every_row_and_every_file(source, target, tmp_path):
    archive = tmp_path / "a.tar.age"
    manifest = backup.back_up(archive, source)
    assert archive.stat().st_mode & 0o077 == 0
    assert backup.restore(archive, target) == manifest
    before, after = contents(source["DATABASE_URL"]), contents(target["DATABASE_URL"])
    assert before == after and len(before) > 80
    assert before["core_municipality"][0] >= 290
    for name, data in source["files"].items():
        assert (tmp_path / "to" / name).read_bytes() == data
    with pytest.raises(backup.Refused, match="inte tom"):
        backup.restore(archive, target)


def test_only_the_key_opens_it_and_damage_is_noticed_before_anything_changes(
    source, target, tmp_path
):
    archive = tmp_path / "a.tar.age"
    backup.back_up(archive, source)
    assert b"core_municipality" not in archive.read_bytes()
    other = {**target, "BACKUP_KEY": str(pyrage.x25519.Identity.generate())}
    with pytest.raises(backup.Refused, match="fel nyckel"):
        backup.restore(archive, other)
    data = bytearray(archive.read_bytes())
    data[len(data) // 2] ^= 1
    archive.write_bytes(data)
    with pytest.raises(backup.Refused, match="skadad"):
        backup.restore(archive, target)
    assert contents(target["DATABASE_URL"]) == {}
    assert not (tmp_path / "to").exists()


def test_without_a_key_no_backup_is_made(source, tmp_path):
    with pytest.raises(backup.Refused, match="BACKUP_KEY saknas"):
        backup.back_up(tmp_path / "a", {**source, "BACKUP_KEY": ""})
    assert not (tmp_path / "a").exists()


def test_a_database_that_is_away_leaves_no_half_archive(source, tmp_path):
    gone = {**source, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    with pytest.raises(backup.Refused, match="svarar inte"):
        backup.back_up(tmp_path / "a", gone)
    assert not (tmp_path / "a").exists()


def test_every_key_is_in_the_table_with_how_it_may_be_changed():
    table = (backup.ROOT / "docs" / "drift.md").read_text()
    rows = {line.split("`")[1]: line for line in table.splitlines() if line.startswith("| `")}
    for name, one in secret_keys.KEYS.items():
        assert ("Never change it" in rows[name]) != one.changeable


def test_the_command_makes_every_key_anew():
    first, second = secret_keys.lines(), secret_keys.lines()
    assert [line.split("=")[0] for line in first.splitlines()] == list(secret_keys.KEYS)
    assert not set(first.splitlines()) & set(second.splitlines())
