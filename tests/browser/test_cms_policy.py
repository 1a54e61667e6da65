"""The CMS works under its policy: no page of it is refused anything."""

import pytest

ADDRESSES = (
    "/admin/",
    "/admin/pages/",
    "/admin/images/",
    "/admin/documents/",
    "/admin/media/",
    "/admin/reports/site-history/",
    "/admin/snippets/",
    "/admin/account/",
    "/admin/pages/search/?q=mentor",
)


@pytest.fixture
def watched(log_in):
    page = log_in("redaktor@demo.example", "/admin/")
    page.refused = []
    page.on(
        "console",
        lambda said: "Content Security Policy" in said.text and page.refused.append(said.text),
    )
    return page


def test_lists_and_searches_of_the_cms_are_refused_nothing(watched):
    for address in ADDRESSES:
        watched.goto(address, wait_until="networkidle")
    assert watched.refused == []


def test_forms_of_the_cms_are_refused_nothing(watched):
    watched.goto("/admin/pages/", wait_until="networkidle")
    address = "/forskning/sammanfattningar/coach-minskade-avhoppen/"
    watched.goto(address)
    edit = watched.evaluate(
        "document.querySelector('wagtail-userbar')?.shadowRoot"
        ".querySelector('a[href*=\"/edit/\"]').href"
    )
    watched.goto(edit, wait_until="networkidle")
    assert watched.locator("[name=title]").input_value()
    watched.get_by_role("button", name="Lägg till").first.click()
    assert watched.refused == []
