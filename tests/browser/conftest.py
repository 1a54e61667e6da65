"""A real site, as ``make run`` starts it, and a real Chromium to look at it with.

The supervisor runs once for all browser tests of a worker, on a copy of its own of database and
files with the demo content. Tests that change it use things of their own.
"""

import os

import pytest

from pluginnovation.embedded_postgres import ROOT
from pluginnovation.site.demo import PASSWORD, authenticator_secret

from .. import prepared
from ..one_time_codes import code_of
from ..running_site import running_site
from . import chromium

WIDTHS = {"phone": 360, "desk": 1280}


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(ROOT / "tests" / "browser"):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site():
    """The address of the running site, for example ``http://127.0.0.1:41234``."""
    if chromium.executable() is None:
        if os.environ.get("CI") == "true":
            pytest.fail(chromium.HELP)
        pytest.skip(chromium.HELP)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    with running_site(f"pluginnovation_browser{worker}", prepared.demo()) as address:
        yield address


@pytest.fixture(scope="session")
def browser(site):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=chromium.ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, site):
    """``visit("/om/", width=360, script=False)`` opens an address in a fresh context."""
    contexts = []

    def open_page(path="/", width=1280, script=True, **options):
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 800},
            java_script_enabled=script,
            locale="sv-SE",
            **options,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def logins():
    """The cookies of those who have logged in: a code of the second factor is good only once."""
    return {}


@pytest.fixture
def log_in(visit, logins):
    """``log_in("redaktor@demo.example", "/admin/")`` gives a page where that person is."""

    def enter(email, path="/personal/", **options):
        if email in logins:
            page = visit(path, storage_state=logins[email], **options)
            if "/konto/" not in page.url:
                return page
        page = visit(f"/konto/logga-in/?next={path}", **options)
        page.get_by_label("E-post").fill(email)
        page.get_by_label("Lösenord").fill(PASSWORD)
        page.get_by_role("button", name="Logga in").click()
        page.wait_for_url(lambda url: "/konto/logga-in/" not in url)
        if "/konto/kod/" in page.url:
            page.get_by_label("Kod").fill(code_of(authenticator_secret(email)))
            page.get_by_role("button", name="Logga in").click()
        page.wait_for_url(f"**{path}**")
        logins[email] = page.context.storage_state()
        return page

    return enter
