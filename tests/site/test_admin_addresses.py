"""Every address below /admin/, also those that are added tomorrow, is for editors alone."""

import re

import pytest
from django.core import mail
from django.urls import URLPattern, URLResolver, get_resolver

from pluginnovation.core.models import User

pytestmark = pytest.mark.django_db
# The second is where the CMS sends from an address that it does not know; it leads to the first.
LOGIN = ("/konto/logga-in/?next=", "/admin/login/?next=")
# What the login page itself needs, and words of the interface, which are nobody's.
OPEN = ("/admin/login/", "/admin/jsi18n/", "/admin/sprite/", "/admin/logout/")
# The CMS's own way to a new password is shut: there is one login.
OF_THE_CMS = "/admin/password_reset/"
# Without a permission an address that takes any number answers that nothing is there.
REFUSALS = (302, 403, 404, 405)


def every_address(resolver=None, before=""):
    for entry in (resolver or get_resolver()).url_patterns:
        text = before + str(entry.pattern).removeprefix("^").removesuffix("$")
        if isinstance(entry, URLResolver):
            yield from every_address(entry, text)
        elif isinstance(entry, URLPattern):
            yield "/" + example(text)


def addresses():
    return (one for one in every_address() if one.startswith("/admin/"))


def example(pattern):
    """One address that fits: the first of several choices, a number for what is open."""
    text = re.sub(r"<slug:\w+>|<str:\w+>|<path:\w+>|<uuid:\w+>", "core", pattern)
    text = re.sub(r"<(?:\w+:)?\w+>", "1", text)
    text = re.sub(r"\(\?P<\w+>\(?([^()]*)\)?\)", lambda m: _choice(m[1]), text)
    text = re.sub(r"\(\?:[^()]*\)\?|\([^()]*\)\??", "", text)
    return re.sub(r"[\\^$]|\\Z", "", text)


def _choice(inside):
    return "1" if re.fullmatch(inside, "1") else inside.split("|")[0]


def guarded():
    return [one for one in addresses() if not one.startswith((*OPEN, OF_THE_CMS))]


def test_there_are_such_addresses():
    found = list(addresses())
    assert len(found) > 200
    for one in ("/admin/", "/admin/pages/1/edit/", "/admin/images/add/", "/admin/users/"):
        assert one in found


def test_nobody_gets_in_anywhere(client):
    for address in guarded():
        for method in (client.get, client.post):
            response = method(address)
            assert response.status_code in (302, 404), address
            if response.status_code == 302:
                assert response["Location"].startswith(LOGIN), (address, response["Location"])


def test_there_is_one_way_in(client):
    """Where tries are counted: no package brings another, today or with its next version."""
    user = User.objects.create_user("anna@example.se", "ett-langt-losenord-7")
    given = dict.fromkeys(("login", "username", "email"), user.email)
    given |= {"password": "ett-langt-losenord-7"}
    for address in sorted({*every_address()} - {*guarded()}):
        if not address.startswith("/personal/"):
            assert client.post(address, given).status_code < 500, address
            is_in = "_auth_user_id" in client.session
            assert is_in == (address == "/konto/logga-in/"), address
            client.logout()


def roles():
    """Nothing and the widest right in the gate, those between when there is time."""
    for role in ("", *filter(None, User.Role.values)):
        between = role not in ("", User.Role.STATISTICS_MANAGER)
        yield pytest.param(role, marks=[pytest.mark.full] if between else [])


@pytest.mark.parametrize("role", roles())
def test_who_is_no_editor_gets_in_nowhere_whatever_right_to_figures_they_have(client, role):
    client.force_login(User.objects.create_user("anna@example.se", role=role))
    for address in guarded():
        response = client.get(address)
        assert response.status_code in REFUSALS, address
        if response.status_code == 302:
            assert response["Location"].startswith((*LOGIN, "/konto/")), (
                address,
                response["Location"],
            )
    assert not User.objects.exclude(email="anna@example.se").exists()


def test_the_way_to_a_new_password_of_the_cms_leads_nowhere_of_its_own(client):
    for method in (client.get, client.post):
        assert method(OF_THE_CMS, {"email": "anna@example.se"}).status_code == 404
    assert mail.outbox == []
