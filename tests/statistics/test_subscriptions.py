"""E-mail of new data: asked for, confirmed, written once for a publication, left by one click."""

import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from statistics import database_role, figures, publication
from statistics.models import Subscription
from statistics.selection import Selection, default_year
from statistics.subscriptions import letters, links, sending

import html5lib
import pytest
from django.core import mail, signing
from django.core.cache import caches
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from pluginnovation.core import anonymous_forms

from .figures_factory import UNTIL, published_region

pytestmark = pytest.mark.django_db
ASK = "/statistik/prenumerera/"
THANKS = f"{ASK}tack/"
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
ADDRESS = "anna@kommun.example"


published = published_region(300)


@pytest.fixture
def ask(client, monkeypatch, django_capture_on_commit_callbacks):
    """``ask("anna@...")`` fills in the form as a person does, and has its letter sent."""
    monkeypatch.setattr(anonymous_forms.objection, "__defaults__", (-1, anonymous_forms.LONGEST))

    def send(email=ADDRESS, kommun="1480", headers=HERE, **changed):
        mark = anonymous_forms.mark_for("statistics.subscriptions", "")
        data = {"email": email, "kommun": kommun, anonymous_forms.MARK: mark} | changed
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(ASK, data, **headers)

    return send


@pytest.fixture
def subscribed(published):
    """``subscribed("a@b.se", "1480")`` is confirmed and waits for the newest publication."""

    def make(email=ADDRESS, place="1480", told=0, **fields):
        values = {"confirmed_at": timezone.now(), "asked_on": None, "told": told} | fields
        return Subscription.objects.create(email=email, place=place, **values)

    return make


def link_in(letter, name):
    """The path and query of a link, of the text and of the HTML alike."""
    found = re.search(rf"http://testserver(/statistik/prenumerera/{name}/\?k=\S+)", letter.body)
    assert found.group(1) in letter.alternatives[0][0]
    return found.group(1)


def test_a_person_asks_confirms_gets_a_letter_and_leaves(published, ask, client):
    answer = ask("Anna@Kommun.example")
    assert answer.url == THANKS and client.get(THANKS).status_code == 200
    row = Subscription.objects.get()
    assert (row.email, row.place, row.confirmed_at) == (ADDRESS, "1480", None)
    assert sending.tell_all()["sent"] == 0

    confirm = link_in(mail.outbox[-1], "bekrafta")
    assert client.get(confirm).status_code == 200
    row.refresh_from_db()
    assert row.confirmed_at is None, "opening the link must not confirm: scanners open links"
    assert "Klart" in client.post(confirm).content.decode()
    row.refresh_from_db()
    assert row.confirmed_at and row.asked_on is None and row.told == published.number
    assert sending.tell_all()["sent"] == 0, "what is published already is no news"

    with transaction.atomic():
        number = publication.publish(UNTIL).number
        assert sending.tell_all() == {"sent": 1, "failed": 0, "forgotten": 0}
        letter = mail.outbox[-1]
        assert letter.to == [ADDRESS] and f"publicering {number}" in letter.body
        leave = link_in(letter, "avsluta")
        assert client.get(leave).status_code == 200 and Subscription.objects.exists()
        assert "inga fler brev" in client.post(leave).content.decode()
        assert not Subscription.objects.exists()
        assert client.post(leave).status_code == 200
        transaction.set_rollback(True)


def test_the_letter_says_published_numbers_and_where_they_are(published, subscribed):
    subscribed()
    sending.tell_all()
    letter = mail.outbox[-1]
    year = default_year(published.codes["lasar"], published.data_date)
    selection = Selection((year,), ("1480",))
    count = figures.shown(figures.headline_count(published, selection))
    assert f"{count} studieavbrott i Göteborg läsåret {year}" in letter.body
    assert f"http://testserver/statistik/?{selection.query}" in letter.body
    assert "/statistik/kommun/1480/rapport/" in letter.body
    assert "SYNTETISKA" in letter.body
    html, kind = letter.alternatives[0]
    html5lib.HTMLParser(strict=True).parse(html)
    assert kind == "text/html" and count in html
    assert not re.search(r"<img|<script|style=|src=", html)


def test_the_headers_are_those_of_one_click_leave(subscribed, client):
    row = subscribed()
    sending.tell_all()
    headers = mail.outbox[-1].message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.fullmatch(r"<(http://testserver/\S+)>", headers["List-Unsubscribe"]).group(1)
    # As a mail service does it: no cookie, no referrer, this body, no redirect followed.
    answer = client.post(
        address.removeprefix("http://testserver"),
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 200 and not answer.cookies
    assert not Subscription.objects.filter(pk=row.pk).exists()


def test_no_link_holds_an_address(subscribed):
    row = subscribed()
    for link in (links.confirm_link(row), links.leave_link(row)):
        assert "anna" not in link and "@" not in link


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(ask, subscribed):
    subscribed("kand@kommun.example")
    known, unknown = ask("kand@kommun.example"), ask("okand@kommun.example")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url) == (302, THANKS)
    assert len(mail.outbox) == 2
    assert "prenumererar redan" in mail.outbox[0].body
    assert Subscription.objects.confirmed().count() == 1


def test_asking_twice_makes_one_row(ask):
    ask()
    ask()
    assert Subscription.objects.count() == 1 and len(mail.outbox) == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"email": "inte en adress"}, "Adressen är inte hel"),
        ({"email": "a@b.se\nBcc: c@d.se"}, "Adressen är inte hel"),
        ({"email": ""}, "Skriv den e-postadress"),
        ({"email": "x" * 300 + "@b.se"}, ""),
        ({"kommun": "9999"}, "Välj en kommun i listan"),
        ({"kommun": "OVR"}, "Välj en kommun i listan"),
        ({"webbplats": "http://spam.example"}, "dolda fältet"),
        ({"marke": "forfalskat"}, "kom inte från den här sidan"),
        ({"headers": {"HTTP_SEC_FETCH_SITE": "cross-site"}}, "kom inte från den här sidan"),
        ({"headers": {}}, "kom inte från den här sidan"),
    ],
)
def test_what_is_not_right_comes_back_with_a_sentence_and_nothing_is_kept(ask, changed, said):
    answer = ask(**changed)
    page = answer.content.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    assert answer.status_code == 200 and said in page
    assert not Subscription.objects.exists() and not mail.outbox


@pytest.mark.parametrize("address", [ASK, THANKS, f"{ASK}?kommun=1480", f"{ASK}?kommun=x"])
def test_the_pages_set_no_cookie_and_are_valid(client, address):
    answer = client.get(address)
    assert answer.status_code == 200 and not answer.cookies
    html5lib.HTMLParser(strict=True).parse(answer.content.decode())


@pytest.mark.parametrize("key", ["", "x", "1:x", "999:" + "a" * 500, "%00", "1"])
@pytest.mark.parametrize("page", ["bekrafta", "avsluta"])
def test_a_forged_link_does_nothing_and_says_so(subscribed, client, page, key):
    row = subscribed()
    for answer in (client.get(f"{ASK}{page}/?k={key}"), client.post(f"{ASK}{page}/?k={key}")):
        assert answer.status_code == 404 and "Länken" in answer.content.decode()
    assert Subscription.objects.filter(pk=row.pk).exists()


def test_the_link_that_confirms_is_no_link_that_leaves_nor_the_other_way(subscribed, client):
    row = subscribed(confirmed_at=None)
    confirm, leave = (one(row).split("?k=")[1] for one in (links.confirm_link, links.leave_link))
    assert client.post(f"{ASK}avsluta/?k={confirm}").status_code == 404
    assert client.post(f"{ASK}bekrafta/?k={leave}").status_code == 404


def test_a_link_is_too_old_after_three_days(subscribed, client, monkeypatch):
    row = subscribed(confirmed_at=None)
    link = links.confirm_link(row).removeprefix("http://testserver")
    late = signing.time.time() + 3 * 86400 + 60
    monkeypatch.setattr(signing.time, "time", lambda: late)
    assert client.post(link).status_code == 404
    row.refresh_from_db()
    assert row.confirmed_at is None


def test_what_is_not_confirmed_is_deleted_after_some_days(subscribed, capsys):
    today = timezone.localdate()
    subscribed("gammal@x.example", confirmed_at=None, asked_on=today - timedelta(days=5))
    subscribed("ny@x.example", confirmed_at=None, asked_on=today - timedelta(days=4))
    subscribed("trogen@x.example", told=10**6)
    call_command("tend_subscriptions")
    assert "1 obekräftade" in capsys.readouterr().out
    emails = Subscription.objects.order_by("email").values_list("email", flat=True)
    assert list(emails) == ["ny@x.example", "trogen@x.example"]


def test_nobody_is_written_to_twice_for_a_publication(subscribed):
    subscribed("a@x.example"), subscribed("b@x.example", "T"), subscribed("c@x.example", "1407")
    assert sending.tell_all()["sent"] == 3
    assert sending.tell_all()["sent"] == 0
    assert [letter.to[0] for letter in mail.outbox] == [f"{n}@x.example" for n in "abc"]
    assert "hela regionen" in mail.outbox[1].body


def test_after_a_kill_the_rest_get_their_letters_and_nobody_two(subscribed, monkeypatch):
    for number in range(4):
        subscribed(f"{number}@x.example")
    news, made = letters.news, []

    def killed(subscription, told):
        made.append(subscription)
        if len(made) == 3:
            raise KeyboardInterrupt
        return news(subscription, told)

    monkeypatch.setattr(letters, "news", killed)
    with pytest.raises(KeyboardInterrupt):
        sending.tell_all()
    monkeypatch.setattr(letters, "news", news)
    assert sending.tell_all()["sent"] == 2
    assert [letter.to[0] for letter in mail.outbox] == [f"{n}@x.example" for n in range(4)]
    assert len({letter.message()["Message-ID"] for letter in mail.outbox}) == 4


def test_a_mail_server_that_fails_is_tried_again_and_no_address_is_logged(
    subscribed, monkeypatch, caplog
):
    subscribed("en@x.example"), subscribed("tva@x.example")
    send = EmailMessage.send

    def sometimes(letter, *args):
        if letter.to == ["en@x.example"]:
            raise SMTPServerDisconnected("en@x.example refused")
        return send(letter, *args)

    monkeypatch.setattr(EmailMessage, "send", sometimes)
    assert sending.tell_all() == {"sent": 1, "failed": 1, "forgotten": 0}
    assert "SMTPServerDisconnected" in caplog.text and "x.example" not in caplog.text
    monkeypatch.setattr(EmailMessage, "send", send)
    assert sending.tell_all() == {"sent": 1, "failed": 0, "forgotten": 0}


def test_a_letter_to_confirm_is_tried_again_and_its_fault_holds_no_address(
    subscribed, monkeypatch, caplog, settings
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    one = subscribed("en@x.example", confirmed_at=None)
    send = EmailMessage.send

    def away(letter, *args):
        raise fault

    monkeypatch.setattr(EmailMessage, "send", away)
    fault = SMTPServerDisconnected("en@x.example")
    sending.write_back.func(one.pk)
    later = DBTaskResult.objects.get()
    assert later.run_after > timezone.now() + timedelta(minutes=9)
    # The mail server that says no to an address says so to the next letter, too.
    fault = SMTPRecipientsRefused({"en@x.example": (550, b"no such user")})
    sending.write_back.func(one.pk)
    assert DBTaskResult.objects.count() == 1
    assert "SMTPServerDisconnected" in caplog.text and "SMTPRecipientsRefused" in caplog.text
    assert "x.example" not in caplog.text
    monkeypatch.setattr(EmailMessage, "send", send)
    later.task.call(*later.args_kwargs["args"])
    assert mail.outbox[0].to == ["en@x.example"]


def test_a_refused_address_is_forgotten_after_five_days_and_one_that_is_taken_again_is_not(
    subscribed, monkeypatch, caplog, capsys
):
    gone, back = subscribed("borta@x.example"), subscribed("ater@x.example")
    refused, send = {"borta@x.example", "ater@x.example"}, EmailMessage.send

    def sometimes(letter, *args):
        if refused & set(letter.to):
            raise SMTPRecipientsRefused({letter.to[0]: (550, b"no such user")})
        return send(letter, *args)

    monkeypatch.setattr(EmailMessage, "send", sometimes)
    today = timezone.localdate()
    assert sending.tell_all() == {"sent": 0, "failed": 2, "forgotten": 0}
    for row in (gone, back):
        row.refresh_from_db()
        assert row.refused_since == today
    # Nobody gets a letter: that may be the mail server, and nobody is forgotten so soon.
    Subscription.objects.update(refused_since=today - timedelta(days=29))
    assert sending.tell_all()["forgotten"] == 0
    # On the fourth day the one is taken again; on the fifth the other has been tried enough.
    refused.discard("ater@x.example")
    Subscription.objects.update(refused_since=today - timedelta(days=4))
    assert sending.tell_all() == {"sent": 1, "failed": 1, "forgotten": 0}
    back.refresh_from_db()
    assert back.refused_since is None
    Subscription.objects.filter(pk=gone.pk).update(refused_since=today - timedelta(days=5))
    subscribed("ny@x.example")
    call_command("tend_subscriptions")
    assert "1 avvisade" in capsys.readouterr().out
    assert {one.email for one in Subscription.objects.all()} == {"ater@x.example", "ny@x.example"}
    assert "x.example" not in caplog.text


def test_where_all_are_refused_an_address_is_kept_for_thirty_days(subscribed, monkeypatch):
    row = subscribed(refused_since=timezone.localdate() - timedelta(days=30))
    subscribed("nyss@x.example", refused_since=timezone.localdate() - timedelta(days=29))

    def refuse(letter, *args):
        raise SMTPRecipientsRefused({})

    monkeypatch.setattr(EmailMessage, "send", refuse)
    assert sending.tell_all() == {"sent": 0, "failed": 2, "forgotten": 1}
    assert not Subscription.objects.filter(pk=row.pk).exists()


def test_a_server_that_is_away_refuses_nobody(subscribed, monkeypatch):
    row = subscribed()

    def away(letter, *args):
        raise SMTPServerDisconnected

    monkeypatch.setattr(EmailMessage, "send", away)
    assert sending.tell_all()["failed"] == 1
    row.refresh_from_db()
    assert row.refused_since is None


def test_a_new_publication_sends_the_letters_when_it_is_there_for_good(
    subscribed, django_capture_on_commit_callbacks
):
    subscribed()
    with transaction.atomic():
        with django_capture_on_commit_callbacks() as callbacks:
            publication.publish(UNTIL)
        assert mail.outbox == []
        assert sending.tell.enqueue in callbacks
        transaction.set_rollback(True)


def test_the_number_of_queries_does_not_grow_for_each_with_the_number_of_them(subscribed):
    """Two for an address: it is locked, and it is told. Savepoints aside."""
    from django.test.utils import CaptureQueriesContext

    def queries():
        with CaptureQueriesContext(connection) as asked:
            sending.tell_all()
        return len([one for one in asked if "SAVEPOINT" not in one["sql"]])

    subscribed("0@x.example")
    first = queries()
    for number in range(1, 6):
        subscribed(f"{number}@x.example")
    assert queries() == first + 4 * 2


def test_one_mailbox_gets_three_letters_a_day_and_a_network_asks_twenty_times(ask, settings):
    settings.RATE_LIMITS = True
    caches["limits"].clear()
    answers = [ask(REMOTE_ADDR="192.0.2.1") for _ in range(5)]
    assert {answer.url for answer in answers} == {THANKS} and len(mail.outbox) == 3
    answers = [ask(f"{number}@x.example") for number in range(17)]
    assert answers[-1].status_code == 429 and 0 < int(answers[-1]["Retry-After"]) <= 3600
    assert "Vänta en timme" in answers[-1].content.decode()
    caches["limits"].clear()


def test_the_public_role_may_write_subscriptions_and_still_no_record(published):
    assert database_role.public_tables()["statistics_subscription"].startswith("SELECT, INSERT")


def test_the_dashboard_leads_to_it(published, client):
    page = client.get("/statistik/?kommun=1480").content.decode()
    assert f'href="{ASK}?kommun=1480"' in page
    assert 'value="1480" selected' in client.get(f"{ASK}?kommun=1480").content.decode()
