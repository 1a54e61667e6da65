"""Trying to get in: what an outsider may write into an address, a header or a form."""

from urllib.parse import quote, urlsplit

import html5lib
import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

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


ELSEWHERE = ("https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)")


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_other_step_of_an_account_sends_anybody_elsewhere(db, client, target):
    client.force_login(User.objects.create_user("anna@example.se", PASSWORD))
    for step in ("logga-ut/", "losenord/byt/", "tvafaktor/app/", "bekrafta/", "logga-in/", "kod/"):
        for method in (client.get, client.post):
            response = method(f"/konto/{step}", {"next": target, "password": PASSWORD})
            assert urlsplit(response.get("Location", "")).netloc in ("", "testserver"), step
            assert "javascript:" not in response.get("Location", "").partition("?")[0], step
            # That a hidden field brings it back harms nobody.
            found = [one for one in handlers_and_scripts(response.text) if "input value" not in one]
            assert found == [], step
            assert f'href="{target}"' not in response.text, step


@pytest.mark.parametrize("target", ELSEWHERE)
def test_a_password_to_a_document_or_page_sends_nobody_elsewhere(publish, store, client, target):
    page = publish("Internt", slug="internt")
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type="password", password="oppna"
    )
    collection = Collection.get_first_root_node().add_child(name="Internt")
    other = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="password", password="oppna"
    )
    for address in (
        reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk]),
        reverse("wagtaildocs_authenticate_with_password", args=[other.pk]),
    ):
        response = client.post(address, {"password": "oppna", "return_url": target})
        assert response.status_code == 302 and "evil" not in response["Location"]
        assert not response["Location"].startswith("javascript")


def test_a_form_refused_as_forged_is_told_in_swedish(db, valid):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post(f"/konto/logga-in/?next={quote(SCRIPT)}")
    assert response.status_code == 403
    text = valid(response)
    assert "Formuläret kunde inte tas emot" in text and "alert" not in text


def test_code_in_an_answer_to_a_questionnaire_is_text_to_the_editor(db, client):
    from knowledge.models import QuestionnaireAnswer
    from tests.knowledge import factories
    from tests.knowledge.answering import give, names

    page = factories.QuestionnaireFactory(is_open=True)
    give(page, 12, choice=SCRIPT, **dict.fromkeys(names(page)[1:], SCRIPT))
    QuestionnaireAnswer.objects.update(asked=dict.fromkeys(names(page), SCRIPT))
    client.force_login(User.objects.create_superuser("a@example.se", PASSWORD))
    listing = reverse("wagtailforms:list_submissions", args=[page.pk])
    shown = client.get(listing).text
    assert "alert(1)" in shown and "<script>alert" not in shown and "<img src=x" not in shown
    client.logout()
    page.is_open, page.publish_summary = False, True
    page.save()
    for end in ("", "resultat/"):
        answer = client.get(f"{page.url}{end}")
        assert not list(handlers_and_scripts(answer.text)) or answer.status_code == 404


def test_the_name_of_a_school_never_becomes_a_script(db, client):
    from statistics import publication
    from statistics.models import SchoolUnit

    from tests.statistics.figures_factory import UNTIL, population

    population(150)
    SchoolUnit.objects.update(name=SCRIPT)
    publication.publish(UNTIL)
    for address in ("/statistik/", "/statistik/?kommun=1480&perspektiv=skola", "/statistik/data/"):
        answer = client.get(address)
        assert answer.status_code == 200 and not list(handlers_and_scripts(answer.text)), address
