"""What may be uploaded, and what is said of the rest."""

import io
import struct
import zipfile
import zlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from pluginnovation.core.models import SiteDocument, SiteImage, SiteMedia
from tests.knowledge import factories as make
from tests.knowledge.factories import CAPTIONS

pytestmark = pytest.mark.django_db

WEBM = bytes.fromhex("1a45dfa3") + b"\x01\x00\x00\x00\x00\x00\x00\x1fB\x82\x84webm" + b"\0" * 300
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\0" * 300
PDF = b"%PDF-1.7\n" + b" " * 300
EVIL_SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" onload="alert(1)">
<script>alert(1)</script><a href="javascript:alert(1)"><rect width="9" height="9"/></a></svg>"""


@pytest.fixture
def editor(logged_in):
    return logged_in("redaktör")


def errors_of(answer) -> str:
    return str(answer.context["form"].errors)


def send(editor, name, data, kind="document"):
    form = {"title": "Fil", "file": SimpleUploadedFile(name, data)}
    if kind == "image":
        return editor.post(reverse("wagtailimages:add"), form)
    return editor.post(reverse("wagtaildocs:add"), form)


def office(part, *more):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in (part, *more):
            archive.writestr(name, "x")
    return file.getvalue()


def picture(kind="PNG", size=(30, 20)):
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("plan.pdf", PDF),
        ("plan.docx", office("word/document.xml")),
        ("tal.csv", "år;antal\n2025;3".encode()),
    ],
)
def test_documents_that_are_what_they_say_are_taken(editor, name, data):
    assert send(editor, name, data).status_code == 302
    assert SiteDocument.objects.get().filename == name


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("plan.exe", b"MZ", "exe"),
        ("plan.html", b"<script>alert(1)</script>", "html"),
        ("plan.pdf", picture(), "Filen heter .pdf men innehållet är en .png-fil"),
        ("plan.pdf", b"<script>alert(1)</script>", "innehållet är något annat"),
        ("plan.docx", office("xl/workbook.xml"), "Filen heter .docx"),
        ("plan.docx", b"PK\x03\x04 trasig", "Filen heter .docx"),
        ("plan.docx", office("word/document.xml", "word/vbaProject.bin"), "makron"),
        ("tal.csv", "år".encode("latin-1"), "UTF-8"),
        ("tal.txt", b"a\0b", "inte en textfil"),
        ("tom.pdf", b"", "tom"),
    ],
)
def test_documents_that_are_not_are_refused_with_what_would_be_right(editor, name, data, said):
    answer = send(editor, name, data)
    assert answer.status_code == 200
    assert said in errors_of(answer)
    assert not SiteDocument.objects.exists()


def test_a_document_may_not_be_too_large(editor, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 100
    answer = send(editor, "plan.pdf", PDF)
    errors = errors_of(answer)
    assert "100\xa0byte" in errors
    assert "ändelsen" not in errors
    assert not SiteDocument.objects.exists()


def test_pictures_are_taken(editor):
    assert send(editor, "bild.png", picture(), "image").status_code == 302
    assert SiteImage.objects.get().width == 30


def bomb(side=30_000):
    """A PNG of a few bytes that says it is ``side`` by ``side``."""

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("bild.png", b"text", "går inte att läsa som bild"),
        ("bild.png", picture("JPEG"), "Filen heter .png men innehållet är jpeg"),
        ("bild.png", bomb(), "upplösning"),
        ("bild.png", bomb(8000), "upplösning"),
        ("bild.png", bomb(50), "går inte att läsa som bild"),
        ("bild.tiff", picture("TIFF"), "Bildformatet stöds inte"),
        ("bild.svg", b"<svg", "går inte att läsa som bild"),
        (
            "bild.svg",
            b'<!DOCTYPE s [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'
            b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">&b;</svg>',
            "går inte att läsa som bild",
        ),
    ],
)
def test_what_is_no_picture_is_refused(editor, name, data, said):
    answer = send(editor, name, data, "image")
    assert answer.status_code == 200
    assert said in errors_of(answer)
    assert not SiteImage.objects.exists()


def stored(image) -> bytes:
    with image.file.open("rb") as file:
        return file.read()


def test_a_drawing_is_stored_without_scripts(editor):
    assert send(editor, "bild.svg", EVIL_SVG, "image").status_code == 302
    image = SiteImage.objects.get()
    text = stored(image)
    assert b"script" not in text
    assert b"onload" not in text
    assert b"rect" in text
    assert image.file_size == len(text)


def test_a_drawing_that_comes_without_a_form_is_cleaned_too():
    image = SiteImage.objects.create(title="Bild", file=ContentFile(EVIL_SVG, "bild.svg"))
    assert b"script" not in stored(image)


def media_form(**files):
    sent = {name: SimpleUploadedFile(*file) for name, file in files.items()}
    return {"title": "Film", "duration": "60", **sent}


def add_film(editor, **files):
    files = {"file": ("film.webm", WEBM)} | files
    return editor.post(reverse("wagtailmedia:add", args=["video"]), media_form(**files))


def test_a_film_with_captions_is_taken(editor):
    answer = add_film(
        editor,
        second_file=("film.mp4", MP4),
        captions=("film.vtt", CAPTIONS.encode()),
        thumbnail=("film.webp", picture("WEBP")),
    )
    assert answer.status_code == 302
    assert SiteMedia.objects.get().captions


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"file": ("film.avi", b"RIFF")}, "Välj: mp4, webm"),
        ({"file": ("film.webm", MP4)}, "Filen heter .webm"),
        ({"second_file": ("film.mp4", WEBM)}, "Filen heter .mp4"),
        ({"thumbnail": ("film.png", b"GIF89a")}, "Filen heter .png"),
        ({"captions": ("film.srt", b"1")}, "Välj: vtt"),
        ({"captions": ("film.vtt", b"Hej")}, "Den första raden ska vara WEBVTT"),
        ({"captions": ("film.vtt", b"WEBVTT\n\n")}, "inga repliker"),
        ({"captions": ("film.vtt", "WEBVTT\n\nHallå".encode("latin-1"))}, "UTF-8"),
        (
            {"captions": ("film.vtt", b"WEBVTT\n\n00:01.000 -> 00:02.000\nHej")},
            "Rad 3 i textningen",
        ),
        (
            {"captions": ("film.vtt", b"WEBVTT\n\n00:00:09.000 --> 00:00:02.000\nHej")},
            "Rätta tiderna",
        ),
    ],
)
def test_films_and_captions_that_cannot_be_used_are_refused(editor, files, said):
    answer = add_film(editor, **files)
    assert answer.status_code == 200
    assert said in errors_of(answer)
    assert not SiteMedia.objects.exists()


def test_the_captions_of_a_published_lecture_cannot_be_taken_away(editor):
    lecture = make.LectureFactory(title="Om frånvaro")
    address = reverse("wagtailmedia:edit", args=[lecture.media.pk])
    answer = editor.post(address, media_form() | {"captions-clear": "on"})
    assert "Om frånvaro" in errors_of(answer)
    assert SiteMedia.objects.get().captions


def test_documents_open_nothing_that_runs(client):
    text = SiteDocument.objects.create(title="Tal", file=ContentFile(b"a;b", "tal.csv"))
    answer = client.get(text.url)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'"
    pdf = SiteDocument.objects.create(title="Plan", file=ContentFile(PDF, "plan.pdf"))
    assert client.get(pdf.url)["Content-Disposition"].startswith("inline")


def test_a_drawing_opened_by_itself_runs_nothing(client):
    image = SiteImage.objects.create(title="Bild", file=ContentFile(EVIL_SVG, "ritning.svg"))
    policy = client.get(image.get_rendition("width-20|preserve-svg").url)["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
