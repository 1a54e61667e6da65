"""Municipalities' own identity providers (OpenID Connect), from one environment variable.

``OIDC_PROVIDERS`` is a JSON list; docs/drift.md has an example. No provider, no button.
"""

import json

from django.core.exceptions import ImproperlyConfigured

from .environment import host_of

NEEDED = ("id", "name", "server_url", "client_id", "secret", "email_domains")


def providers(text: str) -> list[dict]:
    """The providers as allauth wants its apps; an error that says what is wrong."""
    try:
        given = json.loads(text or "[]")
    except ValueError as error:
        raise ImproperlyConfigured(f"OIDC_PROVIDERS is not JSON: {error}") from None
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise ImproperlyConfigured("OIDC_PROVIDERS has to be a JSON list of objects")
    return [_app(one) for one in given]


def _app(given: dict) -> dict:
    missing = [name for name in NEEDED if not given.get(name)]
    if missing:
        name = given.get("id", "?")
        raise ImproperlyConfigured(f"OIDC_PROVIDERS: {name} lacks {', '.join(missing)}")
    if not isinstance(given["email_domains"], list):
        raise ImproperlyConfigured(f"OIDC_PROVIDERS: email_domains of {given['id']} is no list")
    return {
        "provider_id": given["id"],
        "name": given["name"],
        "client_id": given["client_id"],
        "secret": given["secret"],
        "settings": {
            "server_url": given["server_url"],
            "email_domains": [domain.lower() for domain in given["email_domains"]],
        },
    }


def origins(apps: list[dict]) -> list[str]:
    """Where the login form may lead: the providers' own hosts."""
    urls = [app["settings"]["server_url"] for app in apps]
    return [f"https://{host_of(url)}" for url in urls if url.startswith("https://")]
