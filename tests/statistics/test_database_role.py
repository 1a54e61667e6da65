"""PostgreSQL refuses what the public asks of the records, whatever the view does."""

from statistics import access, database_role, views
from statistics.models import Interruption, Publication
from statistics.subscriptions.sending import tell

import pytest
from django.conf import settings
from django.core.signals import request_finished
from django.db import ProgrammingError, connection, transaction
from django.http import HttpResponse
from django_tasks_db.models import DBTaskResult

from pluginnovation.core.models import User
from pluginnovation.site.models import HomePage

pytestmark = pytest.mark.django_db
ROLE = settings.PUBLIC_DATABASE_ROLE


take = database_role.take


@pytest.fixture
def homepage():
    return HomePage.objects.get()


def current_role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


def may(table, privilege):
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [ROLE, table, privilege])
        return cursor.fetchone()[0]


def relations():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
            " AND relkind IN ('r', 'p', 'v', 'm')"
        )
        return [name for (name,) in cursor.fetchall()]


def test_a_public_view_that_reaches_for_the_records_is_refused_by_the_server(client, monkeypatch):
    monkeypatch.setattr(views, "newest", lambda: list(Interruption.objects.all()))
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        client.get("/statistik/metod/")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM statistics_interruption",
        "SELECT count(*) FROM statistics_current_interruption",
        "DELETE FROM statistics_interruption",
        "TRUNCATE statistics_activity CASCADE",
        "SELECT actor FROM statistics_auditentry",
        "ALTER TABLE statistics_auditentry DISABLE TRIGGER ALL",
        "UPDATE statistics_source SET needs_approval = false",
    ],
)
def test_so_is_sql_smuggled_into_one(client, monkeypatch, statement):
    def smuggled():
        with connection.cursor() as cursor:
            cursor.execute(statement)

    monkeypatch.setattr(views, "newest", smuggled)
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
    ):
        client.get("/statistik/metod/")


def test_of_the_tables_of_records_the_public_has_only_what_the_models_say():
    ours = [name for name in relations() if name.startswith("statistics_")]
    ours.append(database_role.TASKS)
    assert len(ours) > 10
    public = database_role.public_tables()
    assert "statistics_publication" in public
    for table in ours:
        for privilege in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"):
            allowed = privilege in public.get(table, "")
            assert may(table, privilege) is allowed, (table, privilege)


def test_no_table_that_holds_records_is_said_to_be_public():
    for table in database_role.public_tables().keys() - {database_role.TASKS}:
        model = next(
            m for m in database_role.apps.get_app_config("statistics").get_models()
            if m._meta.db_table == table
        )  # fmt: skip
        names = {field.name for field in model._meta.get_fields()}
        assert not names & {"pseudonym", "record_key", "batch", "students", "local_id"}, table


def test_the_public_has_all_that_the_rest_of_the_site_needs():
    for table in relations():
        if not table.startswith("statistics_") and table != database_role.TASKS:
            assert all(may(table, p) for p in ("SELECT", "INSERT", "UPDATE", "DELETE")), table


def test_the_public_leaves_work_to_the_worker_and_does_not_read_what_came_of_it(rf, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    def view(request):
        tell.enqueue()
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            DBTaskResult.objects.first()

    database_role.PublicRole(view)(rf.get("/"))
    database_role.give_back()
    assert DBTaskResult.objects.get().task_path == tell.module_path


def test_a_view_of_the_staff_opens_the_records_and_closes_them_again(rf):
    seen = []

    def look(request):
        Interruption.objects.count()
        seen.append(current_role())
        return HttpResponse()

    request = rf.get("/personal/")
    request.user = User(role=User.Role.STATISTICS_MANAGER)
    guarded = access.staff_only(lambda user: True)(look)

    def middle(request):
        before, response, after = current_role(), guarded(request), current_role()
        seen.extend([before, after])
        return response

    response = database_role.PublicRole(middle)(request)
    database_role.give_back()
    assert seen[0] not in (ROLE, "") and seen[1:] == [ROLE, ROLE]
    assert response["Cache-Control"] == "private, no-store"


def test_the_records_close_also_after_a_view_that_fails(rf):
    def middle(request):
        with pytest.raises(ZeroDivisionError), database_role.records_open():
            raise ZeroDivisionError
        return current_role()

    assert database_role.PublicRole(middle)(rf.get("/")) == ROLE
    database_role.give_back()


def test_a_connection_that_is_opened_during_a_request_is_the_publics(rf):
    def middle(request):
        database_role.give_back()
        database_role.on_new_connection(connection)
        return current_role()

    assert database_role.PublicRole(middle)(rf.get("/")) == ROLE
    database_role.give_back()
    database_role.on_new_connection(connection)
    assert current_role() != ROLE


def test_the_role_is_taken_once_for_a_connection_and_not_for_each_request(
    rf, django_assert_num_queries, monkeypatch
):
    def view(request):
        return connection.public_on

    database_role.PublicRole(view)(rf.get("/"))
    asked = []
    monkeypatch.setattr(database_role, "_TAKE", asked)  # an attempt to take it anew would fail
    with django_assert_num_queries(0):
        database_role.PublicRole(view)(rf.get("/"))
    monkeypatch.undo()
    assert current_role() == ROLE
    database_role.give_back()


def test_a_page_that_the_worker_renders_leaves_it_its_rights(monkeypatch, homepage):
    monkeypatch.setattr(database_role, "keeps_role", False)
    seen = []
    monkeypatch.setattr(database_role, "take", lambda: seen.append(take()))
    assert homepage.make_preview_request().status_code == 200
    assert seen and current_role() != ROLE


def test_where_the_role_is_missing_the_site_says_so_and_answers(rf, settings, caplog):
    settings.PUBLIC_DATABASE_ROLE = "no_such_role"
    assert database_role.PublicRole(lambda request: Publication.objects.count())(rf.get("/")) == 0
    database_role.give_back()
    assert "docs/drift.md" in caplog.text
    assert not database_role.is_usable()


def test_the_check_is_silent_where_all_is_well():
    assert database_role.role_is_there(databases=["default"]) == []
    assert database_role.role_is_there(databases=None) == []


def test_public_pages_work_under_the_role(client):
    assert request_finished.has_listeners()
    assert client.get("/statistik/").status_code == 200
    assert client.get("/").status_code == 200
