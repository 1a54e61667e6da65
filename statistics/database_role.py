"""The second lock on the records: what the public asks runs under a role that may not read them.

Every request begins as ``PUBLIC_DATABASE_ROLE``; only ``records_open``, which the staff's
views have around them (``access.staff_only``), gives the application's own rights back for as
long as the view runs. A mistake in a public view, or SQL smuggled into one, is then refused by
PostgreSQL. A connection of a web process keeps the role between requests, so that a public one
costs nothing.

Commands and the worker run with the application's own rights, also after a page that they have
rendered by a request of their own. The role may read and write
all tables but those of this app; of these it may what the model says in ``public_may``. To the
tasks it may add, and not read them: what a task found may hold exact numbers.
"""

import logging
from contextlib import contextmanager
from contextvars import ContextVar

import psycopg
from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db import connection
from psycopg import sql

APP = "statistics"
TASKS = "django_tasks_database_dbtaskresult"
MISSING = (
    f"The database has no role {settings.PUBLIC_DATABASE_ROLE} that this user may take: public "
    "requests run with all rights of the application. docs/drift.md says how to make it."
)
_log = logging.getLogger(__name__)
# Whether connections keep the role between requests; ``pluginnovation.wsgi`` says so.
keeps_role = False
_in_public_request = ContextVar("in_public_request", default=False)
_role = sql.Identifier(settings.PUBLIC_DATABASE_ROLE)
_TAKE = """
    SELECT set_config('role', rolname, false) FROM pg_roles
    WHERE rolname = %s AND pg_has_role(session_user, oid, 'MEMBER')
"""


class PublicRole:
    """Middleware: the request runs under the public role until a view opens the records."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        before = _in_public_request.set(True)
        try:
            take()
            return self.get_response(request)
        finally:
            _in_public_request.reset(before)
            if not (keeps_role or _in_public_request.get()):
                give_back()


def on_new_connection(connection, **kwargs):
    """A connection that is opened in the middle of a request is the public's, too."""
    if _in_public_request.get():
        take()


def take() -> None:
    """Act as the public on this thread's connection, if it is open and does not do so yet."""
    raw = connection.connection
    if raw is None or getattr(connection, "public_on", None) is raw:
        return
    try:
        taken = raw.execute(_TAKE, [settings.PUBLIC_DATABASE_ROLE]).fetchone()
    except psycopg.Error:
        if raw.closed:
            # The database is gone, or was. The next connection takes the role as it is opened.
            connection.close()
            return
        taken = None
    if not taken:
        _log.error(MISSING)
    # Without the role it is not asked for again, and not complained of, on this connection.
    connection.public_on = raw


def give_back() -> None:
    """Act with the application's own rights again."""
    raw = connection.connection
    if raw is not None and not raw.closed and getattr(connection, "public_on", None):
        try:
            raw.execute("RESET ROLE")
        except psycopg.OperationalError:
            # Lost together with its role; the next one begins with the application's rights.
            connection.close()
    connection.public_on = None


@contextmanager
def records_open():
    """The application's own rights, for as long as the block. Never around a public view."""
    before = _in_public_request.set(False)
    give_back()
    try:
        yield
    finally:
        _in_public_request.reset(before)
        if before:
            take()


def is_usable() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_roles WHERE rolname = %s"
            " AND pg_has_role(session_user, oid, 'MEMBER')",
            [settings.PUBLIC_DATABASE_ROLE],
        )
        return bool(cursor.fetchone()[0])


def set_up(verbosity: int = 1, **kwargs) -> None:
    """After every ``migrate``: make the role where that is allowed, and say what it may."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(_MAKE).format(role=_role, name=settings.PUBLIC_DATABASE_ROLE))
    if not is_usable():
        if verbosity:
            _log.warning(MISSING)
        return
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(_GRANT).format(role=_role, tasks=TASKS))
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname LIKE 'statistics\\_%%' OR relname = %s",
            [TASKS],
        )
        there = {name for (name,) in cursor.fetchall()}
        for table, privileges in public_tables().items():
            if table in there:
                grant = sql.SQL("GRANT {} ON {} TO {}")
                cursor.execute(grant.format(sql.SQL(privileges), sql.Identifier(table), _role))


def public_tables() -> dict[str, str]:
    """The tables of this app, and of tasks, that the public may use, and how.

    For example ``{"statistics_publication": "SELECT"}``.
    """
    models = apps.get_app_config(APP).get_models()
    told = {m._meta.db_table: m.public_may for m in models if getattr(m, "public_may", "")}
    return told | {TASKS: "INSERT"}


@checks.register(checks.Tags.database)
def role_is_there(databases=None, **kwargs):
    """``manage.py check --database default``; silent where ``migrate`` will make the role."""
    if not databases or "default" not in databases or is_usable():
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = session_user"
        )
        can_make_it = cursor.fetchone()[0]
    return [] if can_make_it else [checks.Warning(MISSING, id="statistics.W001")]


# Two processes may migrate databases of one server at once. Where the user may not make roles,
# somebody else has, or ``is_usable`` tells.
_MAKE = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {name}) THEN
        CREATE ROLE {role} NOLOGIN;
    END IF;
    IF NOT pg_has_role(session_user, {name}, 'MEMBER') THEN
        EXECUTE format('GRANT {role} TO %I', session_user);
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN NULL;
END $$
"""
_GRANT = """
DO $$
DECLARE
    thing record;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO {role}', current_schema());
    FOR thing IN
        SELECT oid::regclass AS name, relkind = 'S' AS is_sequence,
            relname LIKE 'statistics\\_%' OR relname = {tasks} AS is_ours
        FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace
            AND relkind IN ('r', 'p', 'v', 'm', 'S') AND relowner = current_user::regrole
    LOOP
        IF thing.is_ours THEN
            EXECUTE format('REVOKE ALL ON %s FROM {role}, PUBLIC', thing.name);
        ELSIF thing.is_sequence THEN
            EXECUTE format('GRANT USAGE, SELECT ON %s TO {role}', thing.name);
        ELSE
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO {role}', thing.name);
        END IF;
    END LOOP;
END $$
"""
