"""Logging in through a municipality's identity provider, against a real one on this machine."""

import re
import threading

import pytest
import requests
import werkzeug.serving
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from oidc_provider_mock import app

from pluginnovation.core import second_factor
from pluginnovation.core.models import User
from pluginnovation.settings import identity

from ..one_time_codes import code_of

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
EMAIL = "kim@kungalv.example"
GIVEN = {
    "id": "kungalv",
    "name": "Kungälvs kommun",
    "server_url": "https://login.kungalv.example",
    "client_id": "pluginnovation",
    "secret": "hemligt",
    "email_domains": ["Kungalv.example"],
}


@pytest.fixture(scope="module")
def provider():
    """The address of a provider that runs for the tests of this module."""
    server = werkzeug.serving.make_server("127.0.0.1", 0, app(), threaded=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def configured(settings, provider):
    cache.clear()
    apps = identity.providers(_json(GIVEN | {"server_url": provider}))
    settings.OIDC_APPS = apps
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}
    }
    return provider


@pytest.fixture
def kim(db):
    user = User.objects.create_user(EMAIL, "ett-langt-losenord-7", role=User.Role.REPORTER)
    second_factor.set_up(user, SECRET)
    return user


def _json(*given):
    import json

    return json.dumps(given)


def come_back(client, provider, sub="kim", query="", **claims):
    """The whole way: to the provider, through its login, and back; the answer to that."""
    claims = {"email": EMAIL, "email_verified": True} | claims
    requests.put(f"{provider}/users/{sub}", json=claims, timeout=5).raise_for_status()
    there = client.post(f"/konto/oidc/kungalv/login/{query}")
    assert there.status_code == 302, there.content
    back = requests.post(there["Location"], data={"sub": sub}, allow_redirects=False, timeout=5)
    return client.get(back.headers["Location"].removeprefix("http://testserver"))


def is_in(client):
    return client.get("/personal/").status_code == 200


def test_without_configuration_there_is_no_button_and_no_way(client):
    assert "genom din kommun" not in client.get("/konto/logga-in/").content.decode()
    assert client.post("/konto/oidc/kungalv/login/").status_code == 404


def test_the_login_page_offers_each_provider(configured, client):
    text = client.get("/konto/logga-in/?next=/personal/statistik/").content.decode()
    assert "Logga in med Kungälvs kommun" in text
    assert 'action="/konto/oidc/kungalv/login/"' in text
    assert re.search(r'name="next" value="/personal/statistik/"', text)
    assert (
        "Logga in med Kungälvs kommun" in client.get("/konto/oidc/kungalv/login/").content.decode()
    )


def test_an_account_is_found_by_its_address_and_asked_for_the_second_factor(
    configured, client, kim
):
    response = come_back(client, configured)
    assert response["Location"] == "/konto/kod/"
    assert not is_in(client)
    assert client.post("/konto/kod/", {"code": code_of(SECRET)}).status_code == 302
    assert is_in(client)
    kim.refresh_from_db()
    assert kim.has_usable_password()
    assert SocialAccount.objects.get().user == kim


def test_the_second_time_it_is_the_same_account(configured, client, kim):
    come_back(client, configured)
    client.logout()
    assert come_back(client, configured)["Location"] == "/konto/kod/"
    assert SocialAccount.objects.count() == 1


def test_whoever_has_no_second_factor_yet_sets_it_up(configured, client, kim):
    second_factor.take_away(kim)
    come_back(client, configured)
    assert client.get("/personal/", follow=True).redirect_chain[-1][0] == "/konto/tvafaktor/app/"


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "ny@kungalv.example"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": ""},
        {"email": "gun@goteborg.example"},
        {"email": "chef@kungalv.example"},
        {"email": "stangd@kungalv.example"},
        {"email": "kim@kungalv.example.evil.example"},
    ],
)
def test_nobody_else_gets_in_and_no_account_is_made(configured, client, kim, claims):
    User.objects.create_user("gun@goteborg.example", role=User.Role.MUNICIPAL_READER)
    User.objects.create_superuser("chef@kungalv.example", "x")
    User.objects.create_user("stangd@kungalv.example", is_active=False)
    before = User.objects.count()
    response = come_back(client, configured, sub="annan", **claims)
    assert response.status_code == 403
    assert "inget konto med den adressen" in response.content.decode()
    assert "_auth_user_id" not in client.session
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_an_identity_whose_address_became_that_of_another_account_is_turned_away(
    configured, client, kim
):
    User.objects.create_user("ny@kungalv.example", role=User.Role.REGIONAL_READER)
    come_back(client, configured)
    client.logout()
    assert come_back(client, configured, email="ny@kungalv.example").status_code == 403


@pytest.mark.parametrize("process", ["connect", "redirect"])
def test_an_identity_cannot_be_tied_to_whoever_is_logged_in(configured, client, kim, process):
    victim = User.objects.create_user("gun@goteborg.example", role=User.Role.REGIONAL_READER)
    client.force_login(victim)
    response = come_back(client, configured, query=f"?process={process}&next=/personal/")
    assert response.status_code == 403
    assert not SocialAccount.objects.exists()


def test_one_never_lands_on_another_site(configured, client, kim):
    come_back(client, configured, query="?next=https://evil.example/")
    response = client.post("/konto/kod/", {"code": code_of(SECRET)})
    assert response["Location"] == "/personal/"


def test_an_answer_that_nobody_asked_for_is_refused(configured, client, kim):
    for query in ("", "?code=x&state=y", "?error=access_denied"):
        response = client.get(f"/konto/oidc/kungalv/login/callback/{query}")
        assert "Inloggningen" in response.content.decode()
        assert "_auth_user_id" not in client.session


def test_a_provider_that_is_down_is_an_answer_in_words(configured, client, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = (
        "http://127.0.0.1:1"
    )
    response = client.post("/konto/oidc/kungalv/login/")
    assert response.status_code == 502
    assert "Inloggningen gick inte igenom" in response.content.decode()


def test_the_configuration_becomes_a_provider_and_a_place_that_forms_may_lead_to():
    (made,) = identity.providers(_json(GIVEN))
    assert made["provider_id"] == "kungalv"
    assert made["settings"]["email_domains"] == ["kungalv.example"]
    assert identity.origins([made]) == ["https://login.kungalv.example"]
    assert identity.providers("") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not JSON"),
        ("{}", "JSON list"),
        ("[1]", "JSON list"),
        ('[{"id": "a"}]', "a lacks name, server_url, client_id, secret, email_domains"),
        (_json(GIVEN | {"email_domains": "kungalv.example"}), "is no list"),
    ],
)
def test_a_wrong_configuration_says_what_is_wrong(text, said):
    with pytest.raises(ImproperlyConfigured, match=re.escape(said)):
        identity.providers(text)
