"""Whether links lead somewhere: those on the site are followed, those elsewhere asked politely."""

import ipaddress
import logging
import socket
import time
from datetime import timedelta
from urllib.parse import unquote, urldefrag, urlsplit

import requests
from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404
from django.test import RequestFactory
from django.urls import Resolver404, resolve
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from pluginnovation.site.models.review import ExternalLink, PageFinding

from .checks import Finding

logger = logging.getLogger(__name__)

AGENT = "PlugInnovation link check"
TIMEOUT = 10
PAUSE = 1.0
ASK_AGAIN = timedelta(days=30)


class Internal:
    """Follows links on the site, each address once for a whole survey."""

    def __init__(self):
        self.root = Site.objects.get(is_default_site=True).root_page.specific
        self.answers: dict[str, bool] = {}

    def broken(self, page, main):
        """The links of a page's main part that lead nowhere, also those to a place within it."""
        here = page.get_url() or ""
        for link in main.find_all("a"):
            address = link.get("href", "").strip()
            # The CMS writes a link to a page or document that is gone without an address.
            if not address:
                yield self._finding(link, address)
                continue
            path, fragment = _parted(address)
            if not path and not fragment:
                yield self._finding(link, address)
            elif not path or urlsplit(path).path == here:
                place = unquote(fragment)
                if place and main.get("id") != place and not main.find(id=place):
                    yield self._finding(link, address)
            elif path.startswith("/") and not path.startswith("//") and not self._answers(path):
                yield self._finding(link, address)

    def _finding(self, link, address: str) -> Finding:
        text = link.get_text(" ", strip=True)[:80] or "utan text"
        said = f"Länken ”{text}” leder till en sida, ett dokument eller ett ställe som inte finns."
        return Finding(PageFinding.Code.INTERNAL, said, address, stops=False)

    def _answers(self, path: str) -> bool:
        path = unquote(urlsplit(path).path)
        if path not in self.answers:
            self.answers[path] = self._look_up(path)
        return self.answers[path]

    def _look_up(self, path: str) -> bool:
        try:
            match = resolve(path)
        except Resolver404:
            return False
        if match.url_name == "wagtail_serve":
            return self._is_page(path)
        if match.url_name == "wagtaildocs_serve":
            return self._is_document(*match.args, **match.kwargs)
        if match.url_name == "media":
            return default_storage.exists(match.kwargs["path"])
        if match.url_name == "risk_factor":
            from knowledge.models import RiskFactor

            return RiskFactor.objects.filter(slug=match.kwargs["slug"]).exists()
        return True

    def _is_page(self, path: str) -> bool:
        request = RequestFactory().get(path)
        parts = [part for part in path.split("/") if part]
        try:
            found = self.root.route(request, parts)
        except Http404:
            return False
        return Page.objects.live().filter(pk=found.page.pk).exists()

    def _is_document(self, document_id, document_filename) -> bool:
        document = get_document_model().objects.filter(pk=document_id).first()
        return bool(
            document
            and document.filename == document_filename
            and document.file.storage.exists(document.file.name)
        )


class External:
    """Asks other sites for a head, one at a time, seldom, and saying who asks."""

    def __init__(self, pause: float = PAUSE):
        self.pause = pause
        self.asked: dict[str, float] = {}

    @staticmethod
    def addresses(main) -> set[str]:
        """The addresses elsewhere that a page's main part links to."""
        found = {_parted(link["href"].strip())[0] for link in main.find_all("a", href=True)}
        own = urlsplit(settings.SITE_URL).netloc
        return {
            address
            for address in found
            if address.startswith(("http://", "https://"))
            and urlsplit(address).netloc not in {"", own}
            and len(address) <= 2000
        }

    def ask(self, addresses) -> None:
        """Keep how each address answers; those asked in the last month are left in peace."""
        lately = ExternalLink.objects.filter(
            url__in=addresses, checked_at__gt=timezone.now() - ASK_AGAIN
        )
        known = set(lately.values_list("url", flat=True))
        for address in sorted(set(addresses) - known):
            ExternalLink.objects.update_or_create(
                url=address,
                defaults={"problem": self._problem(address), "checked_at": timezone.now()},
            )

    def _problem(self, address: str) -> str:
        """What is wrong, as a sentence; nothing where it answers or will not say."""
        host = urlsplit(address).hostname or ""
        if not _is_public(host):
            return "Adressen finns inte, eller leder inte ut på internet."
        wait = self.asked.get(host, 0) + self.pause - time.monotonic()
        time.sleep(max(0, wait))
        try:
            status = self._status(address)
        except requests.exceptions.RequestException as error:
            logger.info("No answer from %s: %s", host, type(error).__name__)
            return "Webbplatsen svarar inte."
        finally:
            self.asked[host] = time.monotonic()
        if status in {404, 410}:
            return f"Sidan finns inte längre (svar {status})."
        return f"Webbplatsen svarar med ett fel ({status})." if status >= 500 else ""

    def _status(self, address: str) -> int:
        """Redirects are an answer and not followed: they could lead inside."""
        status = _ask("HEAD", address)
        # Some sites know no heads.
        return _ask("GET", address) if status in {404, 405, 501} or status >= 500 else status


def _ask(method: str, address: str) -> int:
    headers = {"User-Agent": f"{AGENT} (+{settings.SITE_URL})"}
    with requests.request(
        method, address, headers=headers, timeout=TIMEOUT, allow_redirects=False, stream=True
    ) as response:
        return response.status_code


def _parted(address: str) -> tuple[str, str]:
    """An address and the place within the page; two empty texts where it can be read by nobody."""
    try:
        path, fragment = urldefrag(address)
        urlsplit(path)
    except ValueError:
        return "", ""
    return path, fragment


def _is_public(host: str) -> bool:
    """Whether all addresses of a host lie on the internet; an editor's link asks nobody inside."""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, 443)}
    except (OSError, UnicodeError):
        return False
    return all(ipaddress.ip_address(each.partition("%")[0]).is_global for each in found)
