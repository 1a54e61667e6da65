"""What reaches a Sentry: where in the code, and nothing of anybody."""

import json
import logging

import pytest
import sentry_sdk
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import RequestFactory
from sentry_sdk.transport import Transport

from pluginnovation.site import errors
from pluginnovation.watching import faults

NUMBER = "19121334-1234"
SECRETS = (NUMBER, "anna@example.se", "hemligt", "sessionid", "192.0.2.77", "Andersson")


@pytest.fixture
def sent():
    """The events that would have left: ``sent()``."""
    envelopes = []

    class Fake(Transport):
        def capture_envelope(self, envelope):
            envelopes.append(envelope)

    faults.start("https://key@sentry.example/1", transport=Fake)
    yield lambda: [event for one in envelopes if (event := one.get_event())]
    sentry_sdk.get_client().close()
    sentry_sdk.get_global_scope().set_client(None)


def broken(request):
    row = {"elev": NUMBER, "namn": "Andersson"}
    raise ValueError(f"raden {row} från anna@example.se gick inte att läsa")


@pytest.fixture
def application(db):
    """The site as a server calls it, within the test's transaction."""
    request_started.disconnect(close_old_connections)
    yield WSGIHandler()
    request_started.connect(close_old_connections)


def test_a_fault_in_a_request_is_sent_without_anything_of_anybody(sent, monkeypatch, application):
    monkeypatch.setattr(errors, "words_of_path", broken)
    request = RequestFactory(headers={"authorization": "hemligt", "referer": f"/?q={NUMBER}"}).post(
        f"/{NUMBER}/svara/elever/?q=hemligt",
        {"losenord": "hemligt", "elev": NUMBER},
        REMOTE_ADDR="192.0.2.77",
    )
    environ = {**request.environ, "HTTP_COOKIE": "sessionid=hemligt", "REMOTE_ADDR": "192.0.2.77"}
    answered = {}
    body = application(environ, lambda status, headers: answered.update(headers, status=status))
    assert b"".join(body) and answered["status"].startswith("500")
    event = next(one for one in sent() if "exception" in one)
    last = event["exception"]["values"][-1]
    assert last["type"] == "ValueError" and "value" not in last
    assert last["stacktrace"]["frames"][-1]["function"] == "broken"
    assert event["request"] == {"method": "POST", "url": "http://testserver/[nummer]/svara/elever/"}
    assert event["tags"]["request"] == answered["X-Request-ID"]
    # The code itself is sent, and this test's code names them: it is no data.
    text = json.dumps(_without_code(sent()), ensure_ascii=False)
    assert [secret for secret in SECRETS if secret in text] == []


def _without_code(thing):
    if isinstance(thing, dict):
        code = ("context_line", "pre_context", "post_context")
        return {name: _without_code(value) for name, value in thing.items() if name not in code}
    return [_without_code(one) for one in thing] if isinstance(thing, list) else thing


def test_a_line_of_log_is_sent_as_it_stands_in_the_code(sent):
    logging.getLogger("prov").error("Raden %s från %s", NUMBER, "Andersson")
    (event,) = sent()
    assert event["logentry"] == {"message": "Raden %s från %s"}
    assert NUMBER not in json.dumps(event) and "Andersson" not in json.dumps(event)


def test_the_key_in_an_address_to_a_new_password_stays_here():
    event = {"request": {"url": "https://x.example/konto/losenord/nyckel/1-hemligt/"}}
    assert faults.permitted(event)["request"]["url"] == "https://x.example/konto/…"


def test_what_is_not_named_does_not_leave():
    event = dict.fromkeys(("user", "extra", "breadcrumbs", "contexts", "modules"), "hemligt")
    event["exception"] = {
        "values": [
            {
                "type": "E",
                "value": "hemligt",
                "mechanism": {"type": "x", "data": "hemligt"},
                "stacktrace": {"frames": [{"function": "f", "vars": {"rad": "hemligt"}}]},
            }
        ]
    }
    assert "hemligt" not in json.dumps(faults.permitted(event))


def test_without_an_address_nothing_is_started():
    faults.start("")
    assert not sentry_sdk.get_client().is_active()
