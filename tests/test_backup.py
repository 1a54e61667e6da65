"""A backup is what can be restored: every row and every file, with the right key alone."""

import io
import os
import subprocess
import sys
import tarfile
from unittest.mock import Mock
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pyrage
import pytest
from django.db import connection
from psycopg import sql

from pluginnovation import backup, secret_keys
from pluginnovation.settings import stores

from .object_store import object_store
from .running_site import fresh_database

# Two workers may be in this file at once.
NAME = "pluginnovation_restored" + os.environ.get("PYTEST_XDIST_WORKER", "")
LASTING = {"PSEUDONYM_KEY": "p" * 40, "RECORD_KEY_SECRET": "r" * 40}


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
        **LASTING,
        "files": files,
    }


@pytest.fixture
def target(source, tmp_path, key):
    url = fresh_database(NAME)
    yield {"DATABASE_URL": url, "VAR_DIR": str(tmp_path / "to"), "BACKUP_KEY": key, **LASTING}
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


def test_nobody_reads_the_password_in_the_list_of_processes(monkeypatch):
    asked = Mock(return_value=Mock(returncode=0))
    monkeypatch.setattr(subprocess, "run", asked)
    backup._run(
        ["pg_dump", "--no-owner"], "postgresql://me:h%40ll@server:5433/base?sslmode=require"
    )
    assert not any("h@ll" in word or "h%40ll" in word for word in asked.call_args.args[0])
    assert "sslmode=require" in asked.call_args.args[0][-1]
    assert asked.call_args.kwargs["env"]["PGPASSWORD"] == "h@ll"


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


def test_only_plain_files_below_the_folder_are_unpacked_also_by_debians_python(
    tmp_path, monkeypatch
):
    """Debian 12's 3.11.2 knows no ``filter`` of ``extractall``."""
    monkeypatch.delattr(tarfile.TarFile, "extractall")
    (tmp_path / "inner").mkdir()
    for name, kind in (("a/b", b"0"), ("../out", b"0"), ("/out", b"0"), ("c", tarfile.SYMTYPE)):
        member = tarfile.TarInfo(name)
        member.type, member.size = kind, 3 if kind == b"0" else 0
        with tarfile.open(tmp_path / "t.tar", "w") as tar:
            tar.addfile(member, io.BytesIO(b"abc"))
        with tarfile.open(tmp_path / "t.tar") as tar:
            if name == "a/b":
                backup._unpack(tar, tmp_path / "inner")
            else:
                with pytest.raises(tarfile.TarError):
                    backup._unpack(tar, tmp_path / "inner")
    assert (tmp_path / "inner/a/b").read_bytes() == b"abc"
    assert {path.name for path in tmp_path.iterdir()} == {"inner", "t.tar"}


@pytest.mark.parametrize("change", [{"PSEUDONYM_KEY": "q" * 40}, {"RECORD_KEY_SECRET": ""}])
def test_under_other_keys_than_its_own_nothing_is_restored(source, target, tmp_path, change):
    archive = tmp_path / "a.tar.age"
    backup.back_up(archive, source)
    with pytest.raises(backup.Refused, match=f"{next(iter(change))} saknas eller är inte"):
        backup.restore(archive, {**target, **change})
    assert contents(target["DATABASE_URL"]) == {}


def test_what_lies_in_a_bucket_is_in_the_archive_and_comes_back_into_an_empty_one(
    source, target, tmp_path, settings, monkeypatch
):
    files = {"images/åäö & <b>.jpg": os.urandom(5_000), "media/a/b.vtt": b"", "rot.txt": b"r"}
    with object_store() as (address, kept):
        for name, value in (("ENDPOINT", address), ("KEY", "k"), ("SECRET", "s")):
            monkeypatch.setenv(f"MEDIA_BUCKET_{name}", value)
        monkeypatch.setenv("MEDIA_BUCKET_REGION", "eu-north-1")
        settings.STORAGES = {**settings.STORAGES, "default": stores.media_storage("hink")}
        kept.update({f"/hink/{name}": data for name, data in files.items()})
        archive, before = tmp_path / "a.tar.age", dict(kept)
        manifest = backup.back_up(archive, {**source, "MEDIA_BUCKET": "hink"})
        assert {f"media/{name}" for name in files} < set(manifest)
        assert "originals/1.age" in manifest and "media/images/åäö.jpg" not in manifest
        target["MEDIA_BUCKET"] = "hink"
        with pytest.raises(backup.Refused, match="Hinken hink är inte tom"):
            backup.restore(archive, target)
        kept.clear()
        backup.restore(archive, target)
        assert kept == before
    # The store is gone now.
    with pytest.raises(backup.Refused, match="Hinken hink svarar inte"):
        backup.back_up(tmp_path / "b", {**source, "MEDIA_BUCKET": "hink"})
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("b")]


def test_a_backup_makes_no_key_of_its_own(tmp_path):
    """It would lie beside the site alone, and go with it."""
    environment = {k: v for k, v in os.environ.items() if k not in secret_keys.KEYS}
    environment |= {"VAR_DIR": str(tmp_path)}
    for arguments, missing in (
        (["make", "a"], "BACKUP_KEY saknas"),
        (["restore", "a"], "PSEUDONYM_KEY, RECORD_KEY_SECRET, ORIGINALS_KEY saknas"),
    ):
        command = [sys.executable, "-m", "pluginnovation.backup", *arguments]
        done = subprocess.run(
            command, cwd=backup.ROOT, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 1 and missing in done.stderr
    assert not list(tmp_path.iterdir())


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
