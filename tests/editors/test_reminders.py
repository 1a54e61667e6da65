"""The letter about pages that should have been read again."""

from datetime import date, timedelta
from io import StringIO
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from pluginnovation.core.models import User
from pluginnovation.site.editors import reminders
from pluginnovation.site.editors.reminders import remind
from tests.knowledge import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def overdue(draft):
    """``overdue("Titel", owner)`` is a published page whose date was yesterday."""

    def publish(title="Gammal", owner=None, **fields):
        fields = {"review_by": timezone.localdate() - timedelta(days=1)} | fields
        page = draft(title, owner=owner, **fields)
        page.get_latest_revision().publish()
        return page

    return publish


@pytest.fixture
def people(logged_in):
    names = ("skribent", "redaktör", "moderator")
    return {name: logged_in(name).user for name in names}


def to() -> list[str]:
    return sorted(address for letter in mail.outbox for address in letter.to)


def turn_off(user, kind):
    UserProfile.objects.update_or_create(user=user, defaults={kind: False})


def test_the_owner_is_told_once_and_not_the_next_night(overdue, people):
    page = overdue("Mentorns första vecka", people["redaktör"])
    assert remind() == 1
    letter = mail.outbox[0]
    assert letter.to == [people["redaktör"].email]
    assert letter.subject == "Dags att granska igen: Mentorns första vecka"
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in letter.body
    assert remind() == 0
    assert len(mail.outbox) == 1


def test_a_new_date_that_passes_is_told_of_anew(overdue, people):
    page = overdue(owner=people["redaktör"], review_by=date(2020, 1, 1))
    assert remind() == 1
    type(page).objects.filter(pk=page.pk).update(review_by=date(2021, 1, 1))
    assert remind() == 1
    assert "1 januari 2021" in mail.outbox[1].body


def test_a_page_that_is_not_overdue_or_not_published_is_not_told_of(overdue, draft, people):
    overdue(owner=people["redaktör"], review_by=timezone.localdate())
    overdue(owner=people["redaktör"], review_by=None)
    draft("Utkast", owner=people["redaktör"], review_by=date(2020, 1, 1))
    assert remind() == 0


def test_one_person_gets_one_letter_about_all_kinds_of_pages(overdue, people):
    overdue("Textsidan", people["moderator"])
    make.WorkFactory(title="Verket", owner=people["moderator"], review_by=date(2020, 1, 1))
    assert remind() == 1
    assert mail.outbox[0].subject == "Dags att granska 2 sidor igen"
    assert "Textsidan" in mail.outbox[0].body
    assert "Verket" in mail.outbox[0].body


@pytest.mark.parametrize("owner", ["none", "inactive", "left", "silent"])
def test_the_moderators_are_told_where_the_owner_cannot_be(overdue, people, owner):
    person = {"none": None}.get(owner, people["redaktör"])
    if owner == "inactive":
        User.objects.filter(pk=person.pk).update(is_active=False)
    if owner == "left":
        person.groups.clear()
    if owner == "silent":
        turn_off(person, "rejected_notifications")
    overdue(owner=person)
    assert remind() == 1
    assert to() == [people["moderator"].email]


def test_who_has_turned_mail_off_gets_none_and_the_page_waits(overdue, people):
    turn_off(people["moderator"], "submitted_notifications")
    overdue()
    assert remind() == 0
    turned_on = {"submitted_notifications": True}
    UserProfile.objects.filter(user=people["moderator"]).update(**turned_on)
    assert remind() == 1


def test_a_mail_server_that_is_down_only_puts_the_letter_off(overdue, people, monkeypatch):
    def down(*args, **kwargs):
        raise SMTPException("421")

    overdue(owner=people["redaktör"])
    with monkeypatch.context() as patch:
        patch.setattr(reminders, "send_mail", down)
        assert remind() == 0
    assert remind() == 1


def test_a_long_list_is_cut(overdue, people):
    for number in range(reminders.MOST + 2):
        overdue(f"Sida {number}")
    said = StringIO()
    call_command("remind_reviews", stdout=said)
    assert "… och 2 till." in mail.outbox[0].body
    assert "Påminnelser om granskning: 1" in said.getvalue()


def test_whose_turn_it_is_costs_one_query_for_few_and_many(
    overdue, people, django_assert_num_queries
):
    for number in range(5):
        overdue(f"Sida {number}")
        # The pages with their dates and what has been told, in one.
        with django_assert_num_queries(1):
            assert len(reminders.untold()) == number + 1


def test_the_history_says_that_a_letter_went(overdue, people, logged_in):
    page = overdue(owner=people["redaktör"])
    remind()
    history = logged_in("moderator").get(reverse("wagtailadmin_pages:history", args=[page.pk]))
    assert "Påminnelse om granskning skickad" in history.content.decode()
