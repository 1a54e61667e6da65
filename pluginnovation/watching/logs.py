"""Log lines as JSON, one object a line, for whatever collects them.

Every line has ``time``, ``level``, ``logger`` and ``message``; those of a request have its
``request`` (an id that the answer also bears, as ``X-Request-ID``), and its last one has
``method``, ``path``, ``view``, ``status`` and ``ms``. A fault is told by its classes and places
in the code: the text of an exception may hold a row of a file or a password.
"""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

from .scrub import scrubbed

request_id: ContextVar[str] = ContextVar("request_id", default="")


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": scrubbed(record.getMessage()),
        }
        if request_id.get():
            line["request"] = request_id.get()
        told = getattr(record, "of_a_request", None)
        line |= told or {}
        if record.exc_info and record.exc_info[1]:
            line["fault"], line["places"] = fault_of(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def fault_of(fault: BaseException) -> tuple[str, list[str]]:
    """The classes of a fault and of what it came from, and where in the code it went."""
    names, one = [], fault
    while one is not None and len(names) < 5:
        names.append(type(one).__name__)
        one = one.__cause__ or one.__context__
    frames = traceback.extract_tb(fault.__traceback__)
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return " < ".join(names), places


def configuration(level: str = "INFO") -> dict:
    """For ``LOGGING``: everything to standard error, where systemd or a container collects it."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": f"{__name__}.JsonLines"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # A line for every page that is saved says nothing that the database does not keep.
            "wagtail": {"level": "WARNING"},
            # What was not found or refused stands in the request's own line.
            "django.request": {"level": "ERROR"},
        },
    }
