"""A pytest plugin, named in pyproject.toml: a PostgreSQL server before Django reads its settings.

With ``DATABASE_URL`` set it does nothing. Otherwise it starts the embedded server, or finds
it running; the session that started it stops it, the workers of pytest-xdist do not.
"""

import os

import pluginnovation  # noqa: F401  (puts our `statistics` in its place, whoever came first)
from pluginnovation import embedded_postgres

_started_here = False


def pytest_load_initial_conftests(early_config, parser, args):
    global _started_here
    if os.environ.get("DATABASE_URL"):
        return
    _started_here = not embedded_postgres.is_running()
    embedded_postgres.ensure_database_url()


def pytest_unconfigure(config):
    if _started_here and not hasattr(config, "workerinput"):
        embedded_postgres.stop()
