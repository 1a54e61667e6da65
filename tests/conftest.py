"""What holds for all tests."""

from statistics import database_role

import pytest
from django.core.signals import request_finished
from django.db import connection
from psycopg.pq import TransactionStatus


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Lets the tests that empty all tables between them empty the audit log, too."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE statistics_auditentry DISABLE TRIGGER audit_is_never_emptied")


@pytest.fixture(autouse=True)
def _own_rights_after_each_request():
    """The suite looks at the records itself: its connection is the public's in requests only."""
    request_finished.connect(_give_back)
    yield
    request_finished.disconnect(_give_back)


def _give_back(**kwargs):
    raw = connection.connection
    if raw is None or raw.info.transaction_status == TransactionStatus.INERROR:
        # A request that broke its transaction is rolled back with it, and its role, too.
        connection.public_on = None
    else:
        database_role.give_back()
