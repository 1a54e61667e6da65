"""The database was restored, the keys were not: nobody's second factor can be read."""

import re
import time

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from pluginnovation.core import second_factor
from pluginnovation.core.models import User

from ..one_time_codes import code_of
from .two_steps import PASSWORD, SECRET, give_code, is_in, log_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture
def another_key(equipped, settings):
    """The database was kept, the keys were not."""
    RecoveryCodes.activate(equipped)
    settings.PSEUDONYM_KEY = b"another-key-of-at-least-32-letters"
    return equipped


def test_under_another_key_the_second_step_says_what_is_wrong_and_whom_to_ask(another_key):
    client = Client(raise_request_exception=False)
    log_in(client)
    answers = [give_code(client, code_of(SECRET))]
    client.force_login(another_key)
    answers.append(client.post("/konto/kod/bekrafta/", {"code": code_of(SECRET)}))
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": time.time()}]
    session.save()
    answers += [client.get(f"/konto/tvafaktor/{page}") for page in ("", "koder/", "koder/nya/")]
    for response in answers:
        assert response.status_code == 503
        assert "andra steg går inte att läsa" in response.text and "/kontakt/" in response.text
        assert response["Cache-Control"] == "no-store"


def test_the_check_of_a_deployment_finds_that_the_key_is_another(equipped, settings):
    assert second_factor.every_one_is_readable(["default"]) == []
    settings.PSEUDONYM_KEY = b"another-key-of-at-least-32-letters"
    (found,) = second_factor.every_one_is_readable(["default"])
    assert found.is_serious() and "of 1 accounts" in found.msg and "docs/drift.md" in found.hint


def test_only_what_the_key_does_not_open_is_forgotten_and_a_new_app_can_be_set_up(
    another_key, client, capsys
):
    other = User.objects.create_user("bo@example.se", PASSWORD, role=User.Role.REGIONAL_READER)
    second_factor.set_up(other, SECRET)
    call_command("forget_second_factors", "--dry-run")
    assert second_factor.has_one(another_key)
    call_command("forget_second_factors")
    assert capsys.readouterr().out.splitlines() == [
        "Andra steget skulle nollställas för 1 konton.",
        "Andra steget nollställdes för 1 konton.",
    ]
    assert not second_factor.has_one(another_key) and second_factor.has_one(other)
    log_in(client)
    assert client.get("/personal/", follow=True).redirect_chain[-1][0] == "/konto/tvafaktor/app/"
    page = client.get("/konto/tvafaktor/app/").text
    secret = re.search(r'class="secret-key">([A-Z2-7]+)<', page)[1]
    assert client.post("/konto/tvafaktor/app/", {"code": code_of(secret)}).status_code == 302
    assert is_in(client)
