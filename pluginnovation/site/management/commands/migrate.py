from contextlib import contextmanager

import psycopg
from django.core.management.commands import migrate
from django.db import connections

# Any number, the same for all who deploy this site; the lock is one of the database's own.
LOCK = 7_101_970_420


class Command(migrate.Command):
    help = f"{migrate.Command.help} Of several that are started at once, one goes after the other."

    def handle(self, *args, **options):
        with alone(options["database"]):
            return super().handle(*args, **options)


@contextmanager
def alone(alias: str):
    """Hold the database's lock for migrations, on a connection that no migration touches."""
    parameters = connections[alias].get_connection_params()
    with psycopg.connect(**parameters, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield
