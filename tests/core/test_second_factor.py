"""Two steps for whoever may see what the public may not, and no way round the second."""

import re
import time

import pytest
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from pluginnovation.core import second_factor, staff_sessions
from pluginnovation.core.accounts import ClosedAccountAdapter
from pluginnovation.core.models import User

from ..one_time_codes import code_of
from .two_steps import EMAIL, PASSWORD, SECRET, give_code, is_in, log_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.mark.parametrize(
    ("fields", "needs"),
    [
        ({"role": ""}, False),
        ({"role": "uppgiftslamnare"}, True),
        ({"role": "kommunlasare"}, True),
        ({"role": "regionlasare"}, True),
        ({"role": "statistikansvarig"}, True),
        ({"is_superuser": True}, True),
    ],
)
def test_every_role_needs_one_and_so_does_who_may_do_everything(fields, needs):
    assert User(email=EMAIL, **fields).needs_second_factor is needs


def test_the_password_alone_lets_nobody_in_who_has_an_app(equipped, client):
    assert log_in(client)["Location"] == "/konto/kod/"
    assert "_auth_user_id" not in client.session
    assert not is_in(client)


def test_the_code_lets_them_in(equipped, client):
    log_in(client)
    assert give_code(client, code_of(SECRET))["Location"] == "/personal/"
    assert is_in(client)


def test_after_both_steps_one_gets_to_where_one_was_going_and_never_to_another_site(
    equipped, client
):
    log_in(client, next="/om/")
    assert give_code(client, code_of(SECRET))["Location"] == "/om/"
    other = Client()
    log_in(other, next="https://evil.example/")
    assert give_code(other, code_of(SECRET, 1))["Location"] == "/personal/"


def test_a_wrong_code_says_so(equipped, client):
    log_in(client)
    response = give_code(client, "000000")
    assert "Felaktig kod" in response.content.decode()
    assert not is_in(client)


def test_a_code_is_good_only_once(equipped, client):
    code = code_of(SECRET)
    log_in(client)
    give_code(client, code)
    thief = Client()
    log_in(thief)
    assert "Felaktig kod" in give_code(thief, code).content.decode()
    assert not is_in(thief)


@pytest.mark.parametrize("step", [-1, 1])
def test_a_clock_may_be_half_a_minute_off_but_the_code_stays_good_only_once(equipped, client, step):
    code = code_of(SECRET, step)
    log_in(client)
    assert give_code(client, code).status_code == 302
    thief = Client()
    log_in(thief)
    assert give_code(thief, f" {code} ").status_code == 200


def test_an_old_code_is_not_good(equipped, client):
    log_in(client)
    assert give_code(client, code_of(SECRET, -4)).status_code == 200


def test_the_page_for_the_code_is_for_those_who_gave_their_password(equipped, client):
    assert client.get("/konto/kod/")["Location"] == "/konto/logga-in/"
    assert give_code(client, code_of(SECRET))["Location"] == "/konto/logga-in/"
    assert not is_in(client)


def test_without_an_app_one_is_led_to_set_it_up_and_nowhere_else(reader, client):
    log_in(client)
    for address in ("/personal/", "/admin/"):
        response = client.get(address, follow=True)
        assert response.redirect_chain[-1][0] == "/konto/tvafaktor/app/"
    assert "ska ha två steg" in response.content.decode()


def test_setting_up_an_app_lets_them_in_and_shows_the_codes_once(reader, client):
    log_in(client)
    page = client.get("/konto/tvafaktor/app/").content.decode()
    secret = re.search(r'class="secret-key">([A-Z2-7]+)<', page)[1]
    assert "<svg" in page and "style=" not in page and "<?xml" not in page
    response = client.post("/konto/tvafaktor/app/", {"code": code_of(secret)})
    assert response["Location"] == "/konto/tvafaktor/koder/"
    codes = client.get("/konto/tvafaktor/koder/").content.decode()
    assert len(re.findall(r"<li><code>\d{8}</code></li>", codes)) == 10
    again = client.get("/konto/tvafaktor/koder/").content.decode()
    assert not re.search(r"<code>\d{8}</code>", again) and "10 reservkoder är kvar" in again
    assert is_in(client)


def test_the_secret_lies_encrypted_in_the_database(equipped):
    stored = Authenticator.objects.get(user=equipped).data["secret"]
    assert SECRET not in stored
    assert second_factor.SecondFactorAdapter().decrypt(stored) == SECRET


def test_a_recovery_code_stands_for_the_app_once(reader, client):
    log_in(client)
    page = client.get("/konto/tvafaktor/app/").content.decode()
    secret = re.search(r'class="secret-key">([A-Z2-7]+)<', page)[1]
    client.post("/konto/tvafaktor/app/", {"code": code_of(secret)})
    code = re.search(
        r"<code>(\d{8})</code>", client.get("/konto/tvafaktor/koder/").content.decode()
    )
    for expected in (302, 200):
        other = Client()
        log_in(other)
        assert give_code(other, code[1]).status_code == expected
        cache.clear()  # also without what the cache remembers


def test_a_role_given_during_a_session_asks_for_the_second_factor_at_once(client):
    user = User.objects.create_user(EMAIL, PASSWORD)
    log_in(client)
    assert is_in(client)
    User.objects.filter(pk=user.pk).update(role=User.Role.REGIONAL_READER)
    assert not is_in(client)


def test_a_session_older_than_the_app_cannot_take_it_away(client):
    """It knows the password only, and the password alone must not do."""
    user = User.objects.create_user(EMAIL, PASSWORD)
    log_in(client)
    second_factor.set_up(user, SECRET)
    User.objects.filter(pk=user.pk).update(role=User.Role.REGIONAL_READER)
    assert client.get("/personal/", SCRIPT_NAME="/konto").status_code == 302, (
        "the page, not its name"
    )
    for address in ("app/", "app/ta-bort/", "koder/", "koder/nya/"):
        for method in (client.get, client.post):
            response = method(f"/konto/tvafaktor/{address}")
            assert response["Location"].startswith("/konto/kod/bekrafta/?next="), address
    assert second_factor.has_one(user)
    assert (
        client.get("/personal/", follow=True)
        .redirect_chain[-1][0]
        .startswith("/konto/kod/bekrafta/?next=")
    )
    response = client.post("/konto/kod/bekrafta/", {"code": code_of(SECRET), "next": "/personal/"})
    assert response["Location"] == "/personal/" and is_in(client)


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_no_step_leads_to_another_site(equipped, client, wanted):
    client.force_login(equipped)
    for address, fields in (
        ("/konto/kod/bekrafta/", {"code": code_of(SECRET)}),
        ("/konto/bekrafta/", {"password": PASSWORD}),
        ("/konto/logga-ut/", {}),
    ):
        response = client.post(address, fields | {"next": wanted})
        assert response.status_code == 302 and response["Location"].startswith("/"), address
        assert "evil" not in response["Location"], address


def test_a_mail_server_that_is_down_does_not_keep_anybody_out(reader, rf, monkeypatch, caplog):
    def down(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", down)
    request = rf.get("/")
    with request_context(request):
        adapter = ClosedAccountAdapter(request)
        adapter.send_notification_mail("mfa/email/totp_activated", reader)
    assert "could not be sent" in caplog.text


def test_whoever_changes_the_phone_shows_nothing_in_between(equipped, client):
    log_in(client)
    give_code(client, code_of(SECRET))
    assert client.post("/konto/tvafaktor/app/ta-bort/")["Location"] == "/konto/tvafaktor/app/"
    assert not is_in(client)
    assert client.get("/konto/tvafaktor/app/").status_code == 200


def test_a_new_password_does_not_replace_the_second_factor(equipped, client, mailoutbox):
    assert "placeholder" not in client.get("/konto/logga-in/").content.decode().split("<main")[1]
    client.post("/konto/losenord/", {"email": EMAIL})
    assert "vill byta lösenordet till ditt konto på PlugInnovation" in mailoutbox[0].body
    address = re.search(r"http://[^/]+(/konto/losenord/nytt/\S+)", mailoutbox[0].body)[1]
    where = client.get(address, follow=True).redirect_chain[-1][0]
    new = "nytt-och-langt-8"
    client.post(where, {"password1": new, "password2": new})
    assert not is_in(client)
    response = client.post("/konto/logga-in/", {"login": EMAIL, "password": new})
    assert response["Location"] == "/konto/kod/"


def test_the_login_of_the_cms_asks_for_it_too(client):
    admin = User.objects.create_superuser(EMAIL, PASSWORD)
    second_factor.set_up(admin, SECRET)
    assert client.get("/admin/login/")["Location"].startswith("/konto/logga-in/")
    assert client.post("/admin/login/", {"username": EMAIL, "password": PASSWORD})[
        "Location"
    ].startswith("/konto/logga-in/")
    assert log_in(client, next="/admin/")["Location"] == "/konto/kod/"
    assert not is_in(client, "/admin/")
    assert give_code(client, code_of(SECRET))["Location"] == "/admin/"
    assert is_in(client, "/admin/")


def test_the_cms_lets_no_superuser_in_without_one(client):
    User.objects.create_superuser(EMAIL, PASSWORD)
    log_in(client)
    for address in ("/admin/", "/admin/users/", "/admin/reports/site-history/"):
        assert client.get(address).status_code == 302
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/konto/tvafaktor/app/"


def test_the_session_gets_a_new_name_at_the_login(equipped, client):
    client.get("/konto/logga-in/")
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    log_in(client)
    give_code(client, code_of(SECRET))
    assert is_in(client)
    assert client.cookies["sessionid"].value != planted
    victim = Client()
    victim.cookies["sessionid"] = planted
    assert not is_in(victim)


def test_half_an_hour_without_a_click_ends_the_session(equipped, client, monkeypatch, settings):
    client.force_login(equipped)
    start = time.time()
    monkeypatch.setattr(staff_sessions.time, "time", lambda: start + 29 * 60)
    assert is_in(client)
    monkeypatch.setattr(staff_sessions.time, "time", lambda: start + 58 * 60)
    assert is_in(client)
    monkeypatch.setattr(staff_sessions.time, "time", lambda: start + 89 * 60)
    response = client.get("/personal/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/konto/logga-in/")
    assert "borta en stund" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_working_day_ends_it_too_however_busy(equipped, client, monkeypatch):
    client.force_login(equipped)
    start = time.time()
    for minutes in range(0, 8 * 60, 25):
        monkeypatch.setattr(staff_sessions.time, "time", lambda m=minutes: start + m * 60)
        assert is_in(client)
    monkeypatch.setattr(staff_sessions.time, "time", lambda: start + 8 * 60 * 60 + 60)
    assert not is_in(client)


def test_a_public_page_is_the_same_for_whoever_has_not_shown_it(reader, client):
    log_in(client)
    assert client.get("/statistik/").status_code == 200


def test_no_page_of_the_second_factor_is_kept_by_a_cache(equipped, client):
    client.force_login(equipped)
    for address in ("app/ta-bort/", "koder/nya/"):
        assert "no-store" in client.get(f"/konto/tvafaktor/{address}")["Cache-Control"]
