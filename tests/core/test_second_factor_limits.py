"""Guessing at either step comes to an end."""

import pytest
from django.core.cache import cache
from django.test import Client

from ..one_time_codes import code_of
from .two_steps import EMAIL, SECRET, give_code, is_in, log_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture
def rate_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/15m/key"}


def test_after_five_wrong_passwords_the_right_one_does_not_help(equipped, client, rate_limits):
    for _ in range(5):
        client.post("/konto/logga-in/", {"login": EMAIL, "password": "fel"})
    response = log_in(client)
    assert "För många misslyckade inloggningsförsök" in response.content.decode()
    assert Client().get("/konto/kod/").status_code == 302


def test_after_five_wrong_codes_the_right_one_does_not_help(equipped, client, rate_limits):
    log_in(client)
    for number in range(5):
        give_code(client, f"00000{number}")
    response = give_code(client, code_of(SECRET))
    assert "För många misslyckade inloggningsförsök" in response.content.decode()
    assert not is_in(client)


def test_changing_the_session_does_not_reset_the_count_of_wrong_codes(
    equipped, client, rate_limits
):
    for number in range(5):
        fresh = Client()
        log_in(fresh)
        give_code(fresh, f"00000{number}")
    log_in(client)
    assert give_code(client, code_of(SECRET)).status_code == 200
