"""Trying to get in: what an outsider may write into an address, a header or a form."""

from urllib.parse import quote

import html5lib
import pytest
from django.core.files.storage import default_storage

from pluginnovation.core.models import User

SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
REFLECTING = (
    "/sok/?q={}",
    "/sok/?q=a&typ={}",
    "/sok/?q=a&sida={}",
    "/sok/?{}=1",
    "/statistik/?lasar={}",
    "/statistik/?kommun={}",
    "/konto/logga-in/?next={}",
    "/{}/",
    "/fallstudier/{}/",
)
PASSWORD = "ett-langt-losenord-7"


def handlers_and_scripts(text):
    """Scripts that are in the page itself, event handlers, and addresses that are scripts."""
    document = html5lib.parse(text, namespaceHTMLElements=False)
    for element in document.iter():
        if not isinstance(element.tag, str):
            continue
        data = element.get("src") or element.get("type") == "application/ld+json"
        if element.tag == "script" and not data:
            yield element.tag
        for name, value in element.attrib.items():
            if name.startswith("on") or value.strip().lower().startswith("javascript:"):
                yield f"{element.tag} {name}={value}"


@pytest.mark.parametrize("address", REFLECTING)
def test_what_stands_in_an_address_never_becomes_a_script(db, client, address):
    response = client.get(address.format(quote(SCRIPT, safe="")))
    assert response.status_code in (200, 404)
    assert list(handlers_and_scripts(response.text)) == []


def test_a_title_or_summary_never_becomes_a_script(publish, client, valid):
    page = publish(SCRIPT, "Text", summary=SCRIPT, slug="prov")
    for address in (page.url, "/sok/?q=alert"):
        assert list(handlers_and_scripts(client.get(address).text)) == []


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver@evil", ""])
def test_a_foreign_host_is_refused_and_never_repeated(db, client, host):
    response = client.get("/", headers={"host": host or "evil.example:80"})
    assert response.status_code == 400
    assert "evil" not in response.text


def test_a_host_that_a_proxy_is_said_to_have_seen_changes_nothing(db, client):
    headers = {"x-forwarded-host": "evil.example", "x-host": "evil.example"}
    for address in ("/", "/sok/", "/sitemap.xml", "/robots.txt"):
        assert "evil.example" not in client.get(address, headers=headers).text


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        "/\t/evil.example",
        "http:///evil.example",
    ],
)
def test_a_login_sends_nobody_elsewhere(db, client, target):
    editor = User.objects.create_user("anna@example.se", PASSWORD)
    address = f"/konto/logga-in/?next={quote(target, safe='')}"
    response = client.post(address, {"login": editor.email, "password": PASSWORD, "next": target})
    assert response.status_code == 302
    assert "evil" not in response["Location"] and "javascript" not in response["Location"]


@pytest.mark.parametrize(
    "path",
    [
        "images/../../settings.py",
        "images/%2e%2e/%2e%2e/etc/passwd",
        "images/..%2f..%2fetc/passwd",
        "images//etc/passwd",
        "images/..\\..\\etc\\passwd",
        "/etc/passwd",
        "documents/hemligt.pdf",
        "images/a%00.jpg",
        "images/" + "a" * 5_000,
        "originals/1.age",
    ],
)
def test_no_path_leads_out_of_the_public_folders(db, client, path):
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.parametrize(
    "name", ["../a", "alder.py", "alder.csv/../../x", "a" * 500, "%00", "alder.csv;x"]
)
def test_no_name_of_a_figure_is_a_path(db, client, name):
    for folder in ("tabell", "diagram"):
        assert client.get(f"/statistik/{folder}/{name}", follow=True).status_code == 404


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bild.jpg", b"<html><script>alert(1)</script></html>"),
        ("bild.png", b"#!/bin/sh\nid\n"),
        ("bild.png", b""),
        ("bild.php", b"\xff\xd8\xff\xe0"),
    ],
)
def test_a_picture_that_is_none_is_refused_and_not_kept(db, client, name, data):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(User.objects.create_superuser("a@example.se", PASSWORD))
    kept = default_storage.exists(f"original_images/{name}")
    file = SimpleUploadedFile(name, data, content_type="image/jpeg")
    response = client.post("/admin/images/add/", {"title": "Prov", "file": file})
    assert response.status_code != 302 or "/admin/images/" not in response["Location"]
    assert default_storage.exists(f"original_images/{name}") == kept


def test_a_form_from_another_site_is_refused(db):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    assert client.post("/konto/logga-in/", {"login": "a@b.se", "password": "x"}).status_code == 403
