"""Fetching an address as a program would: no cookies, no redirects followed in silence."""

import gzip
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message


@dataclass
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def fetch(url: str, **headers: str) -> Answer:
    """The answer to a GET; error statuses are answers too."""
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return _answer(response)
    except urllib.error.HTTPError as error:
        return _answer(error)


def _answer(response) -> Answer:
    body = response.read()
    if response.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return Answer(response.status, response.headers, body)
