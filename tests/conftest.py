"""What holds for all tests."""

import gc
import time
from statistics import database_role

import pytest
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.account.internal.userkit import user_id_to_str
from django.core.signals import request_finished
from django.db import connection
from django.test import Client
from hypothesis import settings as hypothesis_settings
from psycopg.pq import TransactionStatus

from pluginnovation.core import staff_sessions

from . import prepared

# A slow machine is no finding: what is to be fast is measured elsewhere.
hypothesis_settings.register_profile("no deadline", deadline=None)
hypothesis_settings.load_profile("no deadline")


def pytest_collection_finish():
    """What is loaded by now stays: looking for garbage in it again takes a tenth of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_createdb):
    """A test database that is missing, or to be made anew, is copied with its tables."""
    if django_db_createdb or not prepared.exists(connection.creation._get_test_db_name()):
        connection.settings_dict["TEST"]["TEMPLATE"] = prepared.tables()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Lets the tests that empty all tables between them empty the audit log, too."""
    if not connection.settings_dict["NAME"].startswith("test_"):
        # pytest-django makes it only where a test with the mark is among those that run.
        pytest.fail("No test database: run this together with a test that has `django_db`.")
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE statistics_auditentry DISABLE TRIGGER audit_is_never_emptied")


@pytest.fixture(autouse=True)
def _own_rights_after_each_request(monkeypatch):
    """The suite looks at the records itself: its connection is the public's in requests only.

    To their very end, as in a web process: what is streamed is the public's, too.
    """
    monkeypatch.setattr(database_role, "keeps_role", True)
    request_finished.connect(_give_back)
    yield
    request_finished.disconnect(_give_back)
    # A response that streams and is not read to its end has not said that it is finished.
    _give_back()


def _give_back(**kwargs):
    raw = connection.connection
    if raw is None or raw.info.transaction_status == TransactionStatus.INERROR:
        # A request that broke its transaction is rolled back with it, and its role, too.
        connection.public_on = None
    else:
        database_role.give_back()


@pytest.fixture(autouse=True)
def _force_login_is_a_whole_login(monkeypatch):
    """``client.force_login`` stands for all steps of a login, the second factor included."""
    whole = Client.force_login

    def force_login(self, user, backend=None):
        whole(self, user, backend)
        if user.needs_second_factor:
            session = self.session
            now = time.time()
            session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": now}]
            session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(user)
            session[staff_sessions.SEEN] = now
            session.save()

    monkeypatch.setattr(Client, "force_login", force_login)
