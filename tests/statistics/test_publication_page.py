"""A statistikansvarig sees what the next publication changes, and makes it; so does a timer."""

import re
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from statistics import publication, tables
from statistics.manage import publication_plan, publication_work
from statistics.models import AuditEntry, ImportBatch, Interruption, Publication
from statistics.publication import calendar

import html5lib
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from pluginnovation.core.models import User

from .figures_factory import UNTIL, batch, interruption, population

pytestmark = pytest.mark.django_db
HERE = "/personal/publiceringar/"
DAY = date(2026, 12, 15)  # monthly tables; 15 October was the half-yearly ones'


@pytest.fixture(scope="module", autouse=True)
def first(django_db_setup, django_db_blocker):
    """A small region, published in full on 20 November."""
    with django_db_blocker.unblock(), transaction.atomic():
        population(200)
        made = publication.publish(UNTIL)
        Publication.objects.update(published_at=datetime(2026, 11, 20, 12, tzinfo=UTC))
        into = batch()
        rows = [interruption(n, into) for n in range(900, 945)]
        rows += [interruption(n, into, home_municipality_id="1401") for n in range(950, 953)]
        Interruption.objects.bulk_create(rows)
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def manager(db, client):
    user = User.objects.create_user("ansvarig@example.se", role=User.Role.STATISTICS_MANAGER)
    client.force_login(user)
    return user


@pytest.fixture
def today(monkeypatch):
    def set_to(day):
        monkeypatch.setattr(
            calendar.timezone, "localdate", lambda at=None: at.date() if at else day
        )

    set_to(DAY)
    return set_to


def valid(response, status=200):
    assert response.status_code == status
    text = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    return " ".join(text.split())


def told(*arguments):
    out = StringIO()
    call_command("publish_figures", *arguments, stdout=out)
    return out.getvalue()


def test_the_days_are_those_of_the_settings(settings):
    settings.PUBLICATION_DAY, settings.PUBLICATION_HALF_YEAR_MONTHS = 15, [3, 10]
    on = {tables.MONTHLY: date(2026, 11, 15), tables.HALF_YEARLY: date(2026, 10, 15)}
    assert calendar.due(on, date(2026, 12, 14)) == []
    assert calendar.due(on, date(2026, 12, 15)) == [tables.MONTHLY]
    # A day that was missed is made up for.
    assert calendar.due(on, date(2026, 12, 20)) == [tables.MONTHLY]
    assert calendar.due(on, date(2027, 3, 15)) == [tables.MONTHLY, tables.HALF_YEARLY]
    assert calendar.due({}, date(2026, 12, 1)) == [tables.MONTHLY, tables.HALF_YEARLY]
    assert calendar.next_day(tables.HALF_YEARLY, date(2026, 12, 1)) == date(2027, 3, 15)


def test_a_timer_does_nothing_between_the_days_and_says_so(today):
    today(date(2026, 12, 14))
    assert "ingen publiceringsdag. Nästa är den 15 december 2026." in told()
    assert Publication.objects.count() == 1


def test_on_its_day_a_timer_publishes_what_is_due_and_once(today, settings):
    assert "månadstabellerna" in told()
    found = publication.newest()
    assert found.number == 2 and Publication.objects.get(number=2).changes["rhythms"] == ["monthly"]
    Publication.objects.filter(number=2).update(published_at=datetime(2026, 12, 15, 6, tzinfo=UTC))
    assert "ingen publiceringsdag" in told()
    # Nor does it publish anew what somebody has taken back.
    publication.withdraw(2, "Fel.")
    assert "ingen publiceringsdag" in told()


def test_now_publishes_at_once_and_with_half_yearly_all_tables(today):
    today(date(2026, 12, 14))
    assert "månadstabellerna" in told("--now")
    assert "alla tabeller" in told("--now", "--half-yearly")


def test_where_nothing_has_changed_the_plan_does_not_speak_of_a_first_publication(today):
    ImportBatch.objects.filter(pk=ImportBatch.objects.latest("pk").pk).update(
        withdrawn_at=timezone.now()
    )
    (monthly,) = publication_plan.planned(half_yearly=False)["groups"]
    assert not monthly["released"] and not monthly["held"] and not monthly["first"]
    Publication.objects.all().delete()
    assert all(one["first"] for one in publication_plan.planned(half_yearly=True)["groups"])


def test_without_records_the_command_ends_with_one(today):
    Publication.objects.all().delete()
    Interruption.objects.all().delete()
    ImportBatch.objects.update(withdrawn_at=timezone.now())
    with pytest.raises(CommandError):
        told("--now")


def test_the_page_tells_what_changes_and_what_is_held_back_and_why(client, manager, today):
    text = valid(client.get(HERE))
    assert "I dag är det dags för månadstabellerna." in text
    assert "Kungälv" not in text  # no record of theirs
    held = text[text.index('<th scope="row">Härryda') :][:300]
    assert "Hålls inne: färre än 40." in held and "31 oktober 2026" in held
    released = text[text.index('<th scope="row">Göteborg') :][:300]
    assert ">45</td>" in released and "Släpps ut" in released
    assert "Gör publicering 2 av månadstabellerna" in text
    assert Publication.objects.count() == 1


def test_one_click_publishes_and_is_logged(client, manager, today):
    answer = client.post(HERE, {"efter": "1"}, follow=True)
    assert "Publicering 2 är gjord" in valid(answer)
    assert publication.newest().number == 2
    line = AuditEntry.objects.get(action="published")
    assert (line.user, line.detail) == (manager, "Publicering 2")


def test_of_two_who_click_one_wins(client, manager, today):
    publication.publish(UNTIL)
    answer = client.post(HERE, {"efter": "1"}, follow=True)
    assert "Någon annan har just gjort en publicering" in valid(answer)
    assert Publication.objects.count() == 2 and not AuditEntry.objects.filter(action="published")


@pytest.mark.parametrize("after", ["", "x", "²", "-1", "9" * 30])
def test_what_was_not_looked_at_is_not_published(client, manager, today, after):
    valid(client.post(HERE, {"efter": after}, follow=True))
    assert Publication.objects.count() == 1


def test_between_the_days_a_reason_is_needed(client, manager, today):
    today(date(2026, 12, 14))
    text = valid(client.get(HERE))
    assert "I dag är ingen publiceringsdag." in text and 'name="skal"' in text
    text = valid(client.post(HERE, {"efter": "1", "skal": " \x00 "}), 400)
    assert "Skriv varför det publiceras en annan dag" in text
    client.post(HERE, {"efter": "1", "skal": "Rättelse av Ale.", "tabeller": "alla"})
    made = Publication.objects.get(number=2)
    assert made.note == "Rättelse av Ale." and len(made.changes["rhythms"]) == 2


@pytest.mark.parametrize("role", [None, User.Role.REPORTER, User.Role.REGIONAL_READER])
def test_nobody_else_publishes(client, role):
    if role:
        client.force_login(User.objects.create_user("annan@example.se", role=role))
    for answer in (client.get(HERE), client.post(HERE, {"efter": "1"})):
        assert answer.status_code == (403 if role else 302)
    assert Publication.objects.count() == 1


@pytest.fixture
def worker(settings, monkeypatch):
    """Many records: the work waits in the queue until ``worker()`` does it, as a worker does."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(publication_work, "AT_ONCE", -1)
    return lambda: [_worked(one) for one in DBTaskResult.objects.filter(status="READY")]


def _worked(row):
    row.claim("prov")
    try:
        row.set_successful(row.task.call(*row.args_kwargs["args"]))
    except ZeroDivisionError as fault:
        row.set_failed(fault)


def test_many_records_are_counted_by_a_worker_and_the_page_shows_the_same(
    client, manager, today, worker, monkeypatch
):
    assert "Nästa publicering räknas fram" in valid(client.get(HERE))
    valid(client.get(HERE))
    assert DBTaskResult.objects.count() == 1, "whoever reads the page again waits for the same"
    worker()
    text = valid(client.get(HERE))
    monkeypatch.setattr(publication_work, "AT_ONCE", 10**9)
    at_once = valid(client.get(HERE))
    start = "Det här skulle ändras"
    shown = [re.sub('value="[^"]{64}"', "", one[one.index(start) :]) for one in (text, at_once)]
    assert shown[0] == shown[1] and "Gör publicering 2 av månadstabellerna" in text


def test_a_worker_publishes_many_and_the_slower_of_two_is_told(client, manager, today, worker):
    client.post(HERE, {"efter": "1"})
    client.post(HERE, {"efter": "1"})
    assert "Publiceringen görs" in valid(client.get(HERE)) and Publication.objects.count() == 1
    assert DBTaskResult.objects.count() == 1
    worker()
    assert "Publicering 2 är gjord och syns för alla." in valid(client.get(HERE))
    assert AuditEntry.objects.get(action="published").user == manager
    client.post(HERE, {"efter": "1", "skal": "Rättelse."})
    worker()
    assert "Någon annan har just gjort en publicering" in valid(client.get(HERE))
    assert Publication.objects.count() == 2


def test_a_delivery_asks_for_another_look_and_a_fault_or_a_lost_worker_for_a_new_try(
    client, manager, today, worker, monkeypatch
):
    client.get(HERE)
    DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now() - timedelta(hours=1))
    assert "räknas fram" in valid(client.get(HERE)) and DBTaskResult.objects.count() == 2
    monkeypatch.setattr(publication_work, "planned", lambda half_yearly: 1 / 0)
    worker()
    assert "Något gick fel på vår sida" in valid(client.get(HERE))
    monkeypatch.undo()
    monkeypatch.setattr(publication_work, "AT_ONCE", -1)
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(minutes=2))
    assert "räknas fram" in valid(client.get(HERE)) and DBTaskResult.objects.count() == 3
    worker()
    assert "Det här skulle ändras" in valid(client.get(HERE))
    batch()
    assert "räknas fram" in valid(client.get(HERE))
