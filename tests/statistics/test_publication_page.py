"""A statistikansvarig sees what the next publication changes, and makes it; so does a timer."""

from datetime import UTC, date, datetime
from io import StringIO
from statistics import publication, tables
from statistics.models import AuditEntry, ImportBatch, Interruption, Publication
from statistics.publication import calendar

import html5lib
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

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
        rows = [interruption(n, into) for n in range(900, 925)]
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


def test_now_publishes_at_once_and_with_half_yearly_all_tables(today):
    today(date(2026, 12, 14))
    assert "månadstabellerna" in told("--now")
    assert "alla tabeller" in told("--now", "--half-yearly")


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
    assert "Hålls inne: färre än 20." in held and "31 oktober 2026" in held
    released = text[text.index('<th scope="row">Göteborg') :][:300]
    assert ">25</td>" in released and "Släpps ut" in released
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
