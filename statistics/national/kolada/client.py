"""One polite client: it says who asks, waits between questions, and gives a busy server time.

requests and urllib3 do the work, retries with growing pauses and ``Retry-After`` included.
"""

import json
import time
from urllib.parse import quote, urlencode, urljoin, urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from . import BASE
from .shapes import Abouts, Groups, Observations, UnexpectedAnswer, read

PAUSE = 0.35  # seconds between two questions: about three a second
TIMEOUT = (10, 60)
PER_PAGE = 5000
MAX_BYTES = 30_000_000
BUSY = (429, 500, 502, 503, 504)


class Unreachable(Exception):
    """The server did not answer, or not with what was asked for, also when asked again.

    ``refused``: it answered that the question is wrong, so that asking again is of no use.
    """

    def __init__(self, message: str, refused: bool = False):
        super().__init__(message)
        self.refused = refused


class Client:
    """``pause`` and ``backoff`` are seconds; a failed question is asked five times more."""

    def __init__(self, base: str = BASE, pause: float = PAUSE, backoff: float = 1.0):
        self.base = base.rstrip("/")
        self.pause = pause
        self._asked = 0.0
        retry = Retry(
            total=5,
            status_forcelist=BUSY,
            backoff_factor=backoff,
            backoff_max=60,
            retry_after_max=300,
            redirect=0,
            raise_on_status=False,
        )
        self.session = requests.Session()
        self.session.headers["User-Agent"] = f"PlugInnovation (+{settings.SITE_URL}/om/)"
        self.session.headers["Accept"] = "application/json"
        for scheme in ("http://", "https://"):
            self.session.mount(scheme, HTTPAdapter(max_retries=retry))

    def about(self, code: str):
        """Kolada's description of a key figure."""
        address = self._address("kpi", code)
        found = read(Abouts, self._get(address), address).values
        if not found or found[0].id != code:
            raise UnexpectedAnswer(f"Kolada har inget nyckeltal {code}.")
        return found[0]

    def observations(self, code: str, year: int, start: str = ""):
        """Each page of a year, with the address of the next one (empty after the last)."""
        first = self._address("data", "kpi", code, "year", str(year), per_page=PER_PAGE)
        for page, following in self._pages(Observations, start or first):
            for one in page.values:
                if one.kpi != code or one.period != year:
                    raise UnexpectedAnswer(
                        f"Frågan gällde {code} {year}, svaret {one.kpi} {one.period}."
                    )
            yield page.values, following

    def groups(self, title: str):
        """All groups of municipalities whose name holds the words."""
        first = self._address("municipality_groups", title=title, per_page=PER_PAGE)
        for page, _ in self._pages(Groups, first):
            yield from page.values

    def _pages(self, shape, address):
        seen = set()
        while address:
            if address in seen:
                raise UnexpectedAnswer(f"Sidorna går runt: {address} är både förr och senare.")
            seen.add(address)
            page = read(shape, self._get(address), address)
            address = self._following(page.next_url, address)
            yield page, address

    def _following(self, next_url, address) -> str:
        """The next page's address: on the same server and with our scheme, or an error."""
        if not next_url:
            return ""
        found, own = urlsplit(urljoin(address, next_url)), urlsplit(self.base)
        if found.netloc != own.netloc or not found.path.startswith(f"{own.path}/"):
            raise UnexpectedAnswer(f"Nästa sida ligger på en annan server: {next_url}")
        return found._replace(scheme=own.scheme).geturl()

    def _address(self, *parts, **query) -> str:
        path = "/".join(quote(part, safe="") for part in parts)
        return f"{self.base}/{path}" + (f"?{urlencode(query)}" if query else "")

    def _get(self, address):
        wait = self._asked + self.pause - time.monotonic()
        time.sleep(max(0.0, wait))
        try:
            with self.session.get(
                address, timeout=TIMEOUT, allow_redirects=False, stream=True
            ) as response:
                return _content(response, address)
        except requests.exceptions.RequestException as error:
            reason = f"{address} svarar inte: {type(error).__name__}."
            raise Unreachable(reason) from error
        finally:
            self._asked = time.monotonic()


def _content(response, address):
    if response.status_code != 200:
        status = response.status_code
        refused = 400 <= status < 500 and status not in BUSY
        raise Unreachable(f"{address} svarade med status {status}.", refused)
    received = bytearray()
    for chunk in response.iter_content(65_536):
        received += chunk
        if len(received) > MAX_BYTES:
            raise UnexpectedAnswer(f"{address} svarade med mer än {MAX_BYTES} byte.")
    try:
        # The encoding is said here, because the server does not always say it.
        return json.loads(received.decode("utf-8"))
    except (ValueError, RecursionError):
        raise UnexpectedAnswer(f"{address} svarade inte med JSON.") from None
