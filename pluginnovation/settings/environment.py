"""Reading the environment: the only place that does."""

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def optional(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def required(**meaning: str) -> dict[str, str]:
    """The values of several variables; where some are missing, one error that names them all.

    ``meaning`` maps each variable to the sentence that says what it is for.
    """
    missing = [f"  {name}: {text}" for name, text in meaning.items() if not optional(name)]
    if missing:
        raise ImproperlyConfigured(
            "The production settings need these environment variables:\n" + "\n".join(missing)
        )
    return {name: optional(name) for name in meaning}


def flag(name: str, default: bool = False) -> bool:
    value = optional(name)
    return value.lower() in {"1", "true", "yes", "on"} if value else default


def host_of(url: str) -> str:
    return urlsplit(url).hostname or ""
