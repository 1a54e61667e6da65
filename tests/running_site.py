"""A real site for tests and measurements, as ``make run`` starts it."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

import psycopg

from pluginnovation.embedded_postgres import ROOT


def fresh_database(name: str, template: str = "template0") -> str:
    """An empty database ``name`` beside the one of ``DATABASE_URL``, or a copy; returns its URL."""
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" ENCODING \'UTF8\' TEMPLATE "{template}"')
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Address(str):
    """Where a site answers; ``manage("publish_figures")`` runs a command of its own process."""

    environment: dict[str, str]
    pid: int  # of the supervisor

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout


def address_of(port: int, folder: str, database_url: str) -> Address:
    address = Address(f"http://127.0.0.1:{port}")
    keys = Path(folder, "secrets.env").read_text().split()
    address.environment = {
        **os.environ,
        **dict(line.split("=", 1) for line in keys),
        "DJANGO_SETTINGS_MODULE": "pluginnovation.settings.production",
        "DATABASE_URL": database_url,
        "VAR_DIR": folder,
        "SITE_URL": str(address),
    }
    return address


class Original(NamedTuple):
    """A site that does not run, to copy."""

    database: str
    folder: Path  # VAR_DIR, with the keys of the database


@contextmanager
def running_site(database: str, original: Original | None = None, **own: str):
    """The address of a site on a database of its own, for example ``http://127.0.0.1:41234``.

    Without an original it begins with nothing, as ``make run`` does on a new machine.
    """
    with tempfile.TemporaryDirectory(prefix="pluginnovation-site-") as folder:
        port = free_port()
        if original:
            shutil.copytree(original.folder, folder, dirs_exist_ok=True)
        url = fresh_database(database, original.database if original else "template0")
        supervisor = _start(port, folder, url, own)
        said = []
        for line in supervisor.stdout:
            said.append(line)
            if "Klar:" in line:
                break
        else:
            raise RuntimeError("The site did not start:\n" + "".join(said))
        # Somebody has to read on, or the site stands still when the pipe is full.
        threading.Thread(target=said.extend, args=[supervisor.stdout], daemon=True).start()
        try:
            address = address_of(port, folder, url)
            address.pid = supervisor.pid
            yield address
        finally:
            supervisor.terminate()
            supervisor.wait(timeout=30)


def _start(port: int, folder: str, database_url: str, own: dict) -> subprocess.Popen:
    fixed = {"PORT": str(port), "VAR_DIR": folder, "DATABASE_URL": database_url}
    environment = {**os.environ, "RATE_LIMITS": "off", **own, **fixed}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.Popen(
        [sys.executable, "-m", "pluginnovation.serve"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
