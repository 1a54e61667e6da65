"""Reading files, with bounds."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile

from pluginnovation.core.models import SiteDocument
from pluginnovation.site.search import files, reader


def text_of(name, data, **options):
    return files.text_of(ContentFile(data, name=name), **options)


def office(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return buffer.getvalue()


def test_text_in_either_encoding_is_read():
    assert text_of("a.txt", "åtgärd".encode()) == "åtgärd"
    assert text_of("a.txt", "åtgärd".encode("cp1252")) == "åtgärd"


def test_the_text_of_a_word_file_is_read_by_paragraphs():
    document = "<w:p><w:t>Ett &amp; </w:t><w:t>två</w:t></w:p><w:p><w:t>tre</w:t></w:p>"
    data = office(word__document=document, word__settings="<w:t>inte detta</w:t>")
    assert text_of("a.docx", data).split("\n") == ["Ett & två", "tre"]


def test_the_text_of_slides_and_of_open_documents_is_read():
    assert text_of("a.pptx", office(ppt__slides__slide1="<a:p><a:t>Hej</a:t></a:p>")) == "Hej"
    assert text_of("a.odt", office(content="<text:p>Hej</text:p>")) == "Hej"


def test_a_word_divided_at_the_end_of_a_line_is_put_together(monkeypatch):
    class Page:
        def extract_text(self):
            return "studie-\navbrott och IM-\nElever"

    class Reader:
        pages = [Page()]

        def __init__(self, stream):
            pass

    monkeypatch.setattr("pypdf.PdfReader", Reader)
    assert list(reader.pdf(b"")) == ["studieavbrott och IM-\nElever"]


@pytest.mark.parametrize("kind", reader.READERS)
def test_a_broken_file_gives_no_text_and_no_error(kind):
    broken = b"%PDF-1.7 \x00\xff broken" if kind != "txt" else b"\x00\x81\xff"
    assert text_of(f"a.{kind}", broken).strip("\x81\ufffdÿ ") == ""


def test_a_kind_without_text_is_not_opened():
    assert text_of("a.xlsx", b"PK") == ""
    assert text_of("utan-andelse", b"text") == ""


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(files, "LARGEST_FILE", 3)
    assert text_of("a.txt", b"fyra") == ""


@pytest.mark.django_db
def test_a_missing_file_gives_no_text():
    assert files.text_of(SiteDocument(file="documents/borta.txt").file) == ""


def test_reading_ends_in_time(pdf):
    assert text_of("a.pdf", pdf("Text"), seconds=0.01) == ""


def test_no_more_is_kept_than_the_bound(monkeypatch):
    monkeypatch.setattr(files, "MOST_CHARACTERS", 5)
    assert text_of("a.txt", b"ett mycket langt dokument") == "ett m"


def test_the_text_holds_no_character_that_the_database_refuses():
    assert text_of("a.txt", b"a\x00b") == "a b"


@pytest.mark.django_db
def test_a_document_that_is_gone_when_its_turn_comes_is_left_alone():
    assert files.read_document.call(999_999) == 0
