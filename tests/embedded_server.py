"""A pytest plugin, named in pyproject.toml: a PostgreSQL server before Django reads its settings.

With ``DATABASE_URL`` set it does nothing. Otherwise it starts the embedded server, or finds
it running; the session that started it stops it, the workers of pytest-xdist do not.
"""

import os

import pytest

import pluginnovation  # noqa: F401  (puts our `statistics` in its place, whoever came first)
from pluginnovation import embedded_postgres

_started_here = False


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config, parser, args):
    """Wrapped around all others: pytest-django reads the settings in the same hook."""
    global _started_here
    if not os.environ.get("DATABASE_URL"):
        _started_here = not embedded_postgres.is_running()
        embedded_postgres.ensure_database_url()
    return (yield)


def pytest_unconfigure(config):
    if _started_here and not hasattr(config, "workerinput"):
        embedded_postgres.stop()
