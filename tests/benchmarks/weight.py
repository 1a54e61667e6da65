"""What a first visit sends over the wire: the page and the styles, fonts and scripts it names."""

import gzip
import urllib.request
from functools import cache
from typing import NamedTuple

import html5lib


class Weight(NamedTuple):
    html: int
    css: int
    fonts: int
    js: int

    @property
    def total(self) -> int:
        return sum(self)


def weigh(site: str, address: str) -> Weight:
    body, count = fetched(site + address)
    document = html5lib.parse(body, transport_encoding="utf-8", namespaceHTMLElements=False)
    links = [(link.get("rel"), link.get("href"), link.get("as")) for link in document.iter("link")]
    scripts = [script.get("src") for script in document.iter("script") if script.get("src")]
    return Weight(
        html=count,
        css=sum(sent(site, href) for rel, href, _ in links if rel == "stylesheet"),
        fonts=sum(sent(site, href) for rel, href, kind in links if kind == "font"),
        js=sum(sent(site, source) for source in scripts),
    )


@cache
def sent(site: str, address: str) -> int:
    return fetched(site + address)[1]


def fetched(url: str) -> tuple[bytes, int]:
    """The body, unpacked, and the bytes of it that were sent."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=30) as response:
        raw = response.read()
        packed = response.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(raw) if packed else raw), len(raw)
