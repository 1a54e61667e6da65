"""The production settings have no defaults for what must be one's own."""

import os
import subprocess
import sys

import pytest

from pluginnovation.embedded_postgres import ROOT

NEEDED = {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    "SECRET_KEY": "x" * 50,
    "PSEUDONYM_KEY": "y" * 40,
    "RECORD_KEY_SECRET": "z" * 40,
    "ORIGINALS_KEY": "AGE-SECRET-KEY-1",
    "SITE_URL": "https://pluginnovation.example",
}


def start_with(environment):
    clean = {k: v for k, v in os.environ.items() if k not in {*NEEDED, "ALLOWED_HOSTS"}}
    return subprocess.run(
        [sys.executable, "-c", "import pluginnovation.wsgi"],
        cwd=ROOT,
        env={
            **clean,
            **environment,
            "DJANGO_SETTINGS_MODULE": "pluginnovation.settings.production",
        },
        capture_output=True,
        text=True,
    )


def test_all_missing_keys_are_named_at_once():
    result = start_with({})
    assert result.returncode != 0
    assert all(name in result.stderr for name in NEEDED)


@pytest.mark.parametrize("name", NEEDED)
def test_one_missing_key_is_named_alone(name):
    result = start_with({key: value for key, value in NEEDED.items() if key != name})
    assert result.returncode != 0
    assert f"  {name}:" in result.stderr
    assert not any(f"  {other}:" in result.stderr for other in NEEDED if other != name)


def test_with_all_keys_it_starts_and_no_database_is_asked():
    assert start_with(NEEDED).returncode == 0


def test_faults_are_sent_where_an_address_is_given_and_only_then_is_the_library_loaded():
    code = "import pluginnovation.wsgi, sys; print(*[m for m in sys.modules if m == 'sentry_sdk'])"
    for address, loaded in (("", ""), ("https://key@sentry.example/1", "sentry_sdk")):
        environment = {**os.environ, **NEEDED, "SENTRY_DSN": address}
        environment["DJANGO_SETTINGS_MODULE"] = "pluginnovation.settings.production"
        command = [sys.executable, "-c", code]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == loaded


def settings_values(site_url):
    code = (
        "from pluginnovation.settings import production as s;"
        "print(s.DEBUG, s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, **NEEDED, "SITE_URL": site_url},
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout.split()


def test_on_the_public_address_cookies_are_secure():
    assert settings_values("https://pluginnovation.example") == ["False", "True", "True", "True"]


def test_on_loopback_cookies_come_back():
    assert settings_values("http://127.0.0.1:8000") == ["False", "False", "False", "False"]
