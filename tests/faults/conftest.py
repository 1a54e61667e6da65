"""The test database as a server has it: committed, with connections of its own."""

import io
import os
from contextlib import contextmanager

import psycopg
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import RequestFactory


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.text = int(status.split()[0]), dict(headers), body.decode()


@pytest.fixture
def ask(django_db_setup, django_db_blocker):
    """``ask("/sok/")``: the whole application as gunicorn calls it, outside any transaction."""
    handler = WSGIHandler()

    def get(address, method="GET", body=b"", **headers):
        environ = RequestFactory().generic(method, address, body).environ
        environ |= {"wsgi.input": io.BytesIO(body), **headers}
        begun = []
        response = handler(environ, lambda status, told: begun.append((status, told)))
        body = b"".join(response)
        response.close()
        return Answer(*begun[0], body)

    with django_db_blocker.unblock():
        connection.close()
        try:
            yield get
        finally:
            connection.close()


class Server:
    """The real server, from which the test database can be taken away and given back."""

    def __init__(self):
        self.name = connection.settings_dict["NAME"]
        self.server = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)

    def kill(self):
        """Every connection to the test database, whatever it is in the midst of."""
        self.server.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
            [self.name],
        )

    def _allow(self, whether):
        self.server.execute(f'ALTER DATABASE "{self.name}" WITH ALLOW_CONNECTIONS {whether}')

    @contextmanager
    def gone(self):
        self._allow(False)
        self.kill()
        try:
            yield
        finally:
            self._allow(True)


@pytest.fixture
def server(ask):
    own = Server()
    yield own
    own.server.close()
