"""Every address below /personal/, also those that are added tomorrow, asks who one is."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from pluginnovation.core.models import User

pytestmark = pytest.mark.django_db
START = "/personal/"
# Empty files to fill in, and how to: nothing in them is anybody's.
OPEN = "/personal/skicka-in/mallar/"
# What the parts of an address may look like; the first that fits is taken.
SAMPLES = ("1", "gr-demo", "csv", "avbrott")


def addresses(resolver=None, before=""):
    """An example of every address below ``/personal/``."""
    for entry in (resolver or get_resolver()).url_patterns:
        text = before + str(entry.pattern).removeprefix("^").removesuffix("$")
        if not (text.startswith("personal/") or "personal/".startswith(text)):
            continue
        if isinstance(entry, URLResolver):
            yield from addresses(entry, text)
        elif isinstance(entry, URLPattern) and text.startswith("personal/"):
            yield "/" + example(text)


def guarded():
    return (address for address in addresses() if not address.startswith(OPEN))


def example(pattern):
    filled = re.sub(r"<(?:\w+:)?\w+>", "1", re.sub(r"\(\?P<\w+>([^)]*)\)", _choice, pattern))
    return filled.replace("\\.", ".").replace("\\Z", "")


def _choice(match):
    alternatives = match[1].split("|")
    if len(alternatives) > 1:
        return alternatives[0]
    return next(sample for sample in SAMPLES if re.fullmatch(match[1], sample))


def test_there_are_such_addresses():
    found = list(addresses())
    assert START in found and "/personal/statistik/tabell/csv.csv" in found
    assert len(found) > 10
    assert not any(set("<>()?^$\\") & set(address) for address in found)


def test_nobody_gets_in_anywhere(client):
    for address in guarded():
        for method in (client.get, client.post):
            response = method(address)
            assert response.status_code == 302, address
            assert response["Location"].startswith("/konto/logga-in/?next="), address


def test_whoever_has_no_role_gets_to_the_start_page_alone(client):
    client.force_login(User.objects.create_user("anna@example.se"))
    for address in guarded():
        for method in (client.get, client.post):
            if address != START:
                assert method(address).status_code == 403, address


@pytest.mark.parametrize("role", [role for role in User.Role.values if role])
def test_no_role_makes_an_address_fail(client, role):
    """With objects that are not there: refused, not found or led on, never an error."""
    client.force_login(User.objects.create_user("anna@example.se", role=role))
    for address in addresses():
        assert client.get(address).status_code in (200, 302, 403, 404, 405), address
        assert client.post(address).status_code in (200, 302, 400, 403, 404, 405), address


def test_whoever_has_not_shown_the_second_factor_is_nobody_everywhere(client):
    user = User.objects.create_user("anna@example.se", "ett-langt-losenord-7", role="regionlasare")
    client.post("/konto/logga-in/", {"login": user.email, "password": "ett-langt-losenord-7"})
    assert "_auth_user_id" in client.session
    for address in guarded():
        assert client.get(address)["Location"].startswith("/konto/logga-in/?next="), address
