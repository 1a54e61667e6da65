"""The installation's keys: what they are for, how they are made, which may be changed.

``python -m pluginnovation.secret_keys`` prints a new set as lines for an environment file. The
table in docs/drift.md tells the same; a test holds the two together.
"""

import secrets
from collections.abc import Callable
from typing import NamedTuple

import pyrage


class Key(NamedTuple):
    """``changeable`` is False where a change would spoil what is kept."""

    what: str
    changeable: bool
    make: Callable[[], str]


def random_text() -> str:
    return secrets.token_urlsafe(48)


def age_key() -> str:
    return str(pyrage.x25519.Identity.generate())


KEYS = {
    "SECRET_KEY": Key("signs sessions and links", True, random_text),
    "PSEUDONYM_KEY": Key("turns personal numbers into pseudonyms", False, random_text),
    "RECORD_KEY_SECRET": Key("protects the published figures", False, random_text),
    "ORIGINALS_KEY": Key("encrypts the files that are sent in", True, age_key),
    "METRICS_TOKEN": Key("opens /metrics to Prometheus", True, random_text),
    "BACKUP_KEY": Key("encrypts the backups", True, age_key),
}


def lines() -> str:
    return "".join(f"{name}={key.make()}\n" for name, key in KEYS.items())


if __name__ == "__main__":
    print(lines(), end="")
