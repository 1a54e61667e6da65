"""A real site for tests and measurements, as ``make run`` starts it."""

import os
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg

from pluginnovation.embedded_postgres import ROOT


def fresh_database(name: str) -> str:
    """An empty database ``name`` beside the one of ``DATABASE_URL``; returns its URL."""
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0")
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running_site(database: str):
    """The address of a site on a database of its own, for example ``http://127.0.0.1:41234``."""
    with tempfile.TemporaryDirectory(prefix="pluginnovation-site-") as folder:
        port = free_port()
        supervisor = _start(port, folder, fresh_database(database))
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
            yield f"http://127.0.0.1:{port}"
        finally:
            supervisor.terminate()
            supervisor.wait(timeout=30)


def _start(port: int, folder: str, database_url: str) -> subprocess.Popen:
    own = {"PORT": str(port), "VAR_DIR": folder, "DATABASE_URL": database_url, "RATE_LIMITS": "off"}
    environment = {**os.environ, **own}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.Popen(
        [sys.executable, "-m", "pluginnovation.serve"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
