"""Keyed hashes in place of identities, and the keys that protect counts.

A pseudonym is HMAC-SHA-256 with the key of the installation. A personal number gives the
same one at every source and in all its spellings; any other id only means something at its
source. Record and person keys (unsigned 32 bits) use another secret: ``disclosure.md`` A5.
"""

import hmac
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256

from django.conf import settings

from .personal_numbers import PersonalNumber


@lru_cache(maxsize=8)
def _keyed(key: bytes) -> Callable[[bytes], bytes]:
    """HMAC-SHA-256 (RFC 2104) with the key taken in once and for all: a file has millions."""
    block = (sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
    inner = sha256(bytes(byte ^ 0x36 for byte in block)).copy
    outer = sha256(bytes(byte ^ 0x5C for byte in block)).copy

    def digest(message: bytes) -> bytes:
        first, second = inner(), outer()
        first.update(message)
        second.update(first.digest())
        return second.digest()

    return digest


def pseudonym_of_number(number: PersonalNumber) -> bytes:
    return _keyed(settings.PSEUDONYM_KEY)(b"pn1|" + number.digits.encode())


def pseudonym_of_local_id(source: str, local_id: str) -> bytes:
    return _keyed(settings.PSEUDONYM_KEY)(f"id1|{source}|{local_id}".encode())


def file_key(data: bytes) -> str:
    """Tells whether a file came before. Without the key, whoever holds the database could try
    all numbers in a file of one row until a plain checksum fits."""
    keying = file_keying()
    keying.update(data)
    return keying.hexdigest()


def file_keying() -> hmac.HMAC:
    """For a file that comes piece by piece: ``update`` it, then ask ``hexdigest``."""
    return hmac.new(settings.PSEUDONYM_KEY, b"file1|", "sha256")


def record_key(record_id: str) -> int:
    """The key of an interruption by its id, ``source|avbrott_id``."""
    digest = _keyed(settings.RECORD_KEY_SECRET)(b"rk1|" + record_id.encode())
    return int.from_bytes(digest[:4], "big")


def person_key(student: bytes) -> int:
    """The key of a student by the pseudonym."""
    return int.from_bytes(_keyed(settings.RECORD_KEY_SECRET)(b"pk1|" + student)[:4], "big")
