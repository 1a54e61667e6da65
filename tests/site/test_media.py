"""Films and pictures, in parts where a player asks for parts."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

DATA = bytes(range(256)) * 10


@pytest.fixture(scope="module")
def film():
    name = default_storage.save("media/film.webm", ContentFile(DATA))
    yield f"/media/{name}"
    default_storage.delete(name)


def body(response):
    return b"".join(response.streaming_content)


def test_a_film_is_served_whole_and_says_that_parts_may_be_asked_for(client, film):
    response = client.get(film)
    assert response.status_code == 200
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Type"] == "video/webm"
    assert response["Content-Length"] == str(len(DATA))
    assert body(response) == DATA


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, len(DATA) - 1),
        ("bytes=-100", len(DATA) - 100, len(DATA) - 1),
        ("bytes=0-0", 0, 0),
        ("bytes=5-999999", 5, len(DATA) - 1),
        ("bytes=-999999", 0, len(DATA) - 1),
    ],
)
def test_a_part_is_served_as_it_was_asked_for(client, film, asked, first, last):
    response = client.get(film, headers={"Range": asked})
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(DATA)}"
    assert response["Content-Length"] == str(last - first + 1)
    assert body(response) == DATA[first : last + 1]


@pytest.mark.parametrize("asked", [f"bytes={len(DATA)}-", "bytes=99999-100000", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(client, film, asked):
    response = client.get(film, headers={"Range": asked})
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(DATA)}"


@pytest.mark.parametrize("asked", ["bytes=-", "bytes=1-2,5-6", "rows=1-2", "bytes=b-a", ""])
def test_what_is_no_single_range_gives_the_whole(client, film, asked):
    response = client.get(film, headers={"Range": asked})
    assert (response.status_code, body(response)) == (200, DATA)


@pytest.mark.parametrize("asked", ["bytes=0-{}", "bytes={}-", "bytes=-{}"])
def test_a_range_of_thousands_of_digits_gives_the_whole(client, film, asked):
    response = client.get(film, headers={"Range": asked.format("9" * 5000)})
    assert response.status_code == 200


def test_a_range_backwards_is_refused(client, film):
    assert client.get(film, headers={"Range": "bytes=9-5"}).status_code in (200, 416)


def test_a_part_is_a_part_of_the_same_file_only(client, film):
    whole = client.get(film)
    for name in ("ETag", "Last-Modified"):
        headers = {"Range": "bytes=0-9", "If-Range": whole[name]}
        assert client.get(film, headers=headers).status_code == 206
    for other in ('"annan"', "Mon, 01 Jan 2001 00:00:00 GMT", 'W/"svag"', "strunt"):
        headers = {"Range": "bytes=0-9", "If-Range": other}
        assert client.get(film, headers=headers).status_code == 200


def test_what_has_not_changed_is_not_sent_again(client, film):
    etag = client.get(film)["ETag"]
    assert client.get(film, headers={"If-None-Match": etag}).status_code == 304


def test_no_part_is_compressed_on_the_way(client, film):
    headers = {"Range": "bytes=0-999", "Accept-Encoding": "gzip"}
    response = client.get(film, headers=headers)
    assert response["Content-Length"] == "1000" and body(response) == DATA[:1000]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("media/a.mp4", "video/mp4"),
        ("media/a.vtt", "text/vtt; charset=utf-8"),
        ("images/a.webp", "image/webp"),
        ("images/a.svg", "image/svg+xml"),
    ],
)
def test_each_kind_of_file_has_its_type(client, name, kind):
    stored = default_storage.save(name, ContentFile(b"data"))
    assert client.get(f"/media/{stored}")["Content-Type"] == kind
    default_storage.delete(stored)


@pytest.mark.parametrize(
    "path",
    [
        "media/borta.webm",
        "media/",
        "media/../documents/hemligt.pdf",
        "media/%2e%2e/documents/hemligt.pdf",
        "documents/hemligt.pdf",
        "original_images/a.jpg",
        "halsa.txt",
        "media/a%00b.webm",
    ],
)
def test_nothing_else_is_served(db, client, path):
    stored = default_storage.save("documents/hemligt.pdf", ContentFile(b"hemligt"))
    assert client.get(f"/media/{path}").status_code == 404
    default_storage.delete(stored)
