"""Faults to a Sentry, where ``SENTRY_DSN`` names one.

What may leave is listed here, field by field; all else is thrown away before it is sent: bodies,
query strings, cookies, headers, users, local variables, breadcrumbs, and the texts of exceptions,
which may hold a row of a file.
"""

from .logs import request_id
from .scrub import scrubbed

_EVENT = ("event_id", "timestamp", "level", "platform", "environment", "release", "logger", "sdk")
_FRAME = ("filename", "abs_path", "module", "function", "lineno", "in_app")
_FRAME += ("context_line", "pre_context", "post_context")


def start(dsn: str, environment: str = "production", transport=None) -> None:
    """Begin to send faults; nothing where there is no address to send them to."""
    if not dsn:
        return
    # Memory that only those pay who use it.
    import sentry_sdk

    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        transport=transport,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        enable_logs=False,
        traces_sample_rate=None,
        before_send=permitted,
        before_send_transaction=lambda event, hint: None,
    )


def permitted(event: dict, hint=None) -> dict:
    """The event with the fields that may leave, and no other."""
    kept = {name: event[name] for name in _EVENT if name in event}
    if "exception" in event:
        values = event["exception"].get("values") or []
        kept["exception"] = {"values": [_exception(one) for one in values]}
    if "logentry" in event:
        # The text as it stands in the code, without what was put into it.
        kept["logentry"] = {"message": scrubbed(event["logentry"].get("message", ""))}
    request = event.get("request") or {}
    if request:
        address = scrubbed(request.get("url", "").partition("?")[0])
        if "/konto/" in address:
            # Below it addresses hold keys.
            address = address.partition("/konto/")[0] + "/konto/…"
        kept["request"] = {"method": request.get("method", ""), "url": address}
    if request_id.get():
        kept["tags"] = {"request": request_id.get()}
    return kept


def _exception(one: dict) -> dict:
    kept = {name: one[name] for name in ("type", "module", "mechanism") if name in one}
    kept["mechanism"] = {
        "type": "generic",
        "handled": bool((kept.get("mechanism") or {}).get("handled")),
    }
    frames = (one.get("stacktrace") or {}).get("frames") or []
    kept["stacktrace"] = {
        "frames": [{name: frame[name] for name in _FRAME if name in frame} for frame in frames]
    }
    return kept
