"""Files that the proxy sends: the site says who may have which, and nothing else is named."""

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.models import Collection, CollectionViewRestriction

from pluginnovation.core.models import User
from pluginnovation.site import accel


@pytest.fixture(params=["proxy", "by itself"])
def proxied(request, settings):
    """Whether a proxy is there to send files."""
    if request.param == "proxy":
        settings.MEDIA_ACCEL = "/-/media"
    return request.param == "proxy"


@pytest.fixture
def stored():
    names = []

    def store(name, data=b"0123456789"):
        names.append(default_storage.save(name, ContentFile(data)))
        return names[-1]

    yield store
    for name in names:
        default_storage.delete(name)


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("media/film.webm", "video/webm"),
        ("media/text.vtt", "text/vtt; charset=utf-8"),
        ("images/bild åäö.webp", "image/webp"),
        ("images/teckning.svg", "image/svg+xml"),
    ],
)
def test_a_public_file_has_its_type_and_may_be_asked_for_in_parts(
    client, stored, proxied, name, kind
):
    name = stored(name)
    response = client.get(f"/media/{name}", headers={"range": "bytes=2-4"})
    assert response["Content-Type"] == kind and response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert ("sandbox" in response.headers.get("Content-Security-Policy", "")) == ("svg" in kind)
    if proxied:
        # The proxy takes the part out; of the length nothing is said that would be wrong.
        assert response.status_code == 200 and body(response) == b""
        target = response["X-Accel-Redirect"]
        assert target.startswith("/-/media/") and target.isascii() and " " not in target
        assert response["Content-Length"] == "0" and "Content-Encoding" not in response
    else:
        assert response.status_code == 206 and body(response) == b"234"
        assert "X-Accel-Redirect" not in response


def test_what_the_browser_has_is_not_sent_again(client, stored, proxied):
    name = stored("media/film.webm")
    tag = client.get(f"/media/{name}")["ETag"]
    again = client.get(f"/media/{name}", headers={"if-none-match": tag})
    assert again.status_code == 304 and "X-Accel-Redirect" not in again


@pytest.mark.parametrize(
    "path",
    [
        "documents/{}",
        "media/../documents/{}",
        "media/%2e%2e/documents/{}",
        "media/..%2fdocuments/{}",
        "media/%252e%252e/documents/{}",
        "images//../documents/{}",
        "images/./../documents/{}",
        "media\\..\\documents\\{}",
        "/documents/{}",
        "originals/{}",
        "media/%00/../documents/{}",
        "media/{}%0d%0aX-Accel-Redirect:%20/-/media/documents/{}",
    ],
)
def test_no_path_names_a_private_file(db, client, stored, proxied, path):
    name = stored("documents/hemligt.pdf", b"hemligt").removeprefix("documents/")
    response = client.get(f"/media/{path.replace('{}', name)}")
    assert response.status_code == 404 and "X-Accel-Redirect" not in response


@pytest.mark.parametrize("path", ["/-/media/media/film.webm", "/-/media/documents/hemligt.pdf"])
def test_the_prefix_of_the_proxy_is_no_address_of_the_site(db, client, stored, proxied, path):
    stored("media/film.webm")
    assert client.get(path).status_code == 404


@pytest.fixture
def document(store):
    collection = Collection.get_first_root_node().add_child(name="Internt")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return store("hemlig plan å.txt", b"hemligt", collection=collection)


def test_a_private_document_is_for_those_who_may(client, document, proxied):
    refused = client.get(document.url)
    assert refused.status_code == 302 and refused["Location"].startswith("/konto/logga-in/")
    assert "X-Accel-Redirect" not in refused
    client.force_login(User.objects.create_user("anna@example.se"))
    given = client.get(document.url)
    assert given.status_code == 200 and given["Content-Disposition"].startswith("attachment")
    assert given["Content-Type"].startswith("text/plain")
    assert given["Content-Security-Policy"] == "default-src 'none'"
    assert given["Cache-Control"] == "private, no-cache"
    assert given.get("Content-Encoding", "identity") == "identity"
    if proxied:
        assert given["X-Accel-Redirect"].startswith("/-/media/documents/")
        assert body(given) == b"" and given["Content-Length"] == "0"
    else:
        assert body(given) == b"hemligt"


def test_what_a_browser_keeps_of_a_document_is_never_taken_for_another(client, store, proxied):
    first, second = store("a.txt", b"ett"), store("b.txt", b"annat")
    tags = [client.get(document.url)["ETag"] for document in (first, second)]
    assert len({*tags, '""'}) == 3
    assert client.get(first.url, headers={"if-none-match": tags[0]}).status_code == 304
    assert client.get(first.url, headers={"if-none-match": tags[1]}).status_code == 200
    first.file = ContentFile(b"nytt", "a.txt")
    first.save()
    assert client.get(first.url, headers={"if-none-match": tags[0]}).status_code == 200


def test_a_wrong_name_for_a_right_number_gives_nothing(client, document, proxied):
    client.force_login(User.objects.create_user("anna@example.se"))
    for name in ("annat.txt", "../hemligt.txt", "%2e%2e%2fa"):
        assert client.get(f"/dokument/{document.pk}/{name}").status_code == 404


@pytest.mark.parametrize("path", ["/etc/passwd", "{}/../secrets.env", "{}"])
def test_a_file_outside_the_folder_is_never_handed_over(settings, rf, path):
    settings.MEDIA_ACCEL = "/-/media"
    outside = path.format(settings.MEDIA_ROOT)
    if path == "{}":
        outside = f"{settings.MEDIA_ROOT}-annan/fil"
    with pytest.raises(SuspiciousFileOperation):
        accel.sendfile(rf.get("/"), outside)
