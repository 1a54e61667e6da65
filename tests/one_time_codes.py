"""Codes as an authenticator app shows them (RFC 6238: SHA-1, 30 seconds, six digits)."""

import base64
import hmac
import struct
import time


def code_of(secret: str, step: int = 0) -> str:
    """The code of a base32 secret now, or so many half minutes later."""
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    at = digest[-1] & 15
    value = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{value % 1_000_000:06d}"
