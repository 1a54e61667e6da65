"""The audit log is added to, and nothing else, whoever asks."""

from statistics import audit
from statistics.models import AuditEntry

import pytest
from django.db import DatabaseError, connection, transaction

from pluginnovation.core.models import User

from . import records

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    user = User.objects.create_user("anna@example.se")
    return audit.record(
        audit.Action.SENT, user, source=records.make_source(), sha256="a" * 64, rows=7, detail="f"
    )


def refused(act):
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        act()


def test_a_line_says_who_what_which_file_and_how_many_rows(entry):
    line = AuditEntry.objects.get()
    assert (line.actor, line.source, line.sha256, line.rows) == (
        "anna@example.se",
        "gr-demo",
        "a" * 64,
        7,
    )
    assert line.get_action_display() == "Skickade in"


def test_a_command_on_the_server_is_named_as_such():
    assert audit.record(audit.Action.ERASED).actor == "kommando på servern"


def test_the_address_stays_as_it_was_when_the_account_changes(entry):
    User.objects.update(email="annan@example.se")
    assert AuditEntry.objects.get().actor == "anna@example.se"


def test_a_line_cannot_be_changed(entry):
    refused(lambda: AuditEntry.objects.update(actor="någon annan"))
    entry.rows = 0
    refused(entry.save)


def test_a_line_cannot_be_removed(entry):
    refused(entry.delete)
    refused(AuditEntry.objects.all().delete)


def test_the_log_cannot_be_emptied(entry):
    with connection.cursor() as cursor:
        # Switched off for the suite, which empties all tables between some tests.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE statistics_auditentry ENABLE TRIGGER audit_is_never_emptied")
        refused(lambda: cursor.execute("TRUNCATE statistics_auditentry"))


def test_a_personal_number_in_the_detail_is_blotted_out_and_a_long_one_is_cut():
    number = records.personal_number()
    line = audit.record(audit.Action.SENT, detail=f"elever {number}.csv\x00" + "x" * 600)
    line.refresh_from_db()
    assert number not in line.detail and len(line.detail) == 500
