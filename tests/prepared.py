"""Databases that are made once and then copied: the tables alone, and a site with its demo.

To migrate an empty database takes half a minute, to copy a migrated one less than a second.
The name of an original holds a digest of all that it is made of: what has changed has another
name, so that nobody copies an old one. ``python -m tests.prepared tables`` (or ``demo``) makes
one before the tests ask for it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from importlib import metadata
from pathlib import Path

import psycopg

from pluginnovation import embedded_postgres
from pluginnovation.embedded_postgres import ROOT

from .running_site import Original, fresh_database

# A migration may use any code of its app, and what follows on one reads the models.
OF_TABLES = ("pluginnovation", "knowledge", "casestudies", "statistics")
OF_DEMO = (*OF_TABLES, "fixtures", "locale", "static", "templates")
FOLDER = ROOT / ".cache" / "prepared"
# Any numbers but that of the command ``migrate``.
LOCKS = {"tables": 7_101_970_421, "demo": 7_101_970_422}


def made_of(root: Path, folders: tuple[str, ...]) -> Iterator[bytes]:
    """All that decides what is in an original, piece by piece."""
    yield sys.version.encode()
    yield os.environ.get("PUBLIC_DATABASE_ROLE", "").encode()
    yield repr(sorted((d.name, d.version) for d in metadata.distributions())).encode()
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                yield str(path.relative_to(root)).encode()
                yield sha256(path.read_bytes()).digest()


def name_of(kind: str, pieces: Iterator[bytes]) -> str:
    return f"prepared_{kind}_{sha256(repr(list(pieces)).encode()).hexdigest()[:16]}"


def exists(database: str) -> bool:
    with _server("tables") as server:
        return _exists(server, database)


def tables() -> str:
    """The name of a database that ``migrate`` has made, for ``CREATE DATABASE … TEMPLATE``."""
    name = name_of("tables", made_of(ROOT, OF_TABLES))
    with _server("tables") as server, tempfile.TemporaryDirectory() as folder:
        if not _exists(server, name):
            _make(name, "template0", Path(folder), "manage('migrate', '--verbosity', '0', env=env)")
            _finish(server, "tables", name)
    return name


def demo() -> Original:
    """What ``make run`` makes of an empty database and an empty folder before it serves."""
    day_and_server = [str(date.today()).encode(), os.environ["DATABASE_URL"].encode()]
    name = name_of("demo", [*made_of(ROOT, OF_DEMO), *day_and_server])
    folder, of_tables = FOLDER / name, tables()
    with _server("demo") as server:
        if not (_exists(server, name) and folder.exists()):
            shutil.rmtree(FOLDER, ignore_errors=True)
            _make(name, of_tables, folder, "prepare(env)")
            _finish(server, "demo", name)
    return Original(name, folder)


def _server(kind: str) -> psycopg.Connection:
    """Whoever has it is alone with the originals of a kind: two workers do not both make one."""
    connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    connection.execute("SELECT pg_advisory_lock(%s)", [LOCKS[kind]])
    return connection


def _exists(server: psycopg.Connection, name: str) -> bool:
    query = "SELECT FROM pg_database WHERE datname = %s"
    return server.execute(query, [name]).fetchone() is not None


def _make(name: str, template: str, folder: Path, step: str) -> None:
    url = fresh_database(_half_made(name), template)
    code = f"from pluginnovation.serve import *; env = environment('8000'); {step}"
    environment = {**os.environ, "DATABASE_URL": url, "VAR_DIR": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"{name} could not be made:\n{done.stdout}")


def _half_made(name: str) -> str:
    return f"half_{name}"


def _finish(server: psycopg.Connection, kind: str, name: str) -> None:
    """From now on nobody changes it. Those before it, and what a kill left, go."""
    old = "SELECT datname FROM pg_database WHERE datname ~ %s AND datname <> %s"
    pattern = f"^(half_)?prepared_{kind}_"
    for (other,) in server.execute(old, [pattern, _half_made(name)]).fetchall():
        server.execute(f'DROP DATABASE "{other}" WITH (FORCE)')
    server.execute(f'ALTER DATABASE "{_half_made(name)}" WITH ALLOW_CONNECTIONS false')
    server.execute(f'ALTER DATABASE "{_half_made(name)}" RENAME TO "{name}"')


if __name__ == "__main__":
    embedded_postgres.ensure_database_url()
    {"tables": tables, "demo": demo}[sys.argv[1]]()
