"""The pages of the subjects."""

import html5lib
import pytest

from knowledge.models import Subject

from . import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def subject():
    found = make.SubjectFactory(title="Närvaro", slug="narvaro", description="Om att vara där.")
    make.WorkFactory(title="Frånvaron", subjects=[found])
    make.SummaryFactory(title="En coach", subjects=[found])
    make.WorkFactory(title="Annat")
    make.WorkFactory(title="Utkast", subjects=[found], live=False)
    return found


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    text = answer.content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    return text


def test_a_subject_shows_its_entries_and_the_way_to_all_and_to_the_feed(client, subject):
    text = page(client, "/amnen/narvaro/")
    assert "Om att vara där." in text and "Frånvaron" in text and "En coach" in text
    assert "Annat" not in text and "Utkast" not in text
    assert 'href="/forskning/?typ=litteratur&amp;amne=narvaro">Litteratur (1)' in text
    assert 'href="/forskning/atom.xml?amne=narvaro"' in text
    assert 'href="/forskning/export.bib?amne=narvaro"' in text
    assert 'href="/amnen/"' in text


def test_a_subject_that_nothing_has_says_so_and_shows_a_way_on(client, subject):
    make.SubjectFactory(slug="tomt")
    text = page(client, "/amnen/tomt/")
    assert "Inget i biblioteket hör till ämnet" in text and "Frånvaron" not in text


def test_the_list_counts_what_a_visitor_finds_in_swedish_order(client, subject):
    for title in ("Övergångar", "Åtgärder", "Betyg"):
        make.SubjectFactory(title=title)
    text = page(client, "/amnen/")
    places = [text.index(title) for title in ("Betyg", "Närvaro", "Åtgärder", "Övergångar")]
    assert places == sorted(places)
    assert "2 poster" in text and "0 poster" in text


def test_an_entry_leads_to_its_subjects(client, subject):
    work = make.WorkFactory(subjects=[subject])
    assert 'href="/amnen/narvaro/"' in page(client, work.url)


@pytest.mark.parametrize("slug", ["finns-inte", "NARVARO", "a" * 300])
def test_an_unknown_subject_is_not_found(client, slug):
    assert client.get(f"/amnen/{slug}/").status_code == 404


def test_the_search_and_the_sitemap_know_the_subjects(client, subject):
    assert isinstance(Subject.objects.get(slug="narvaro").search_text(), str)
    assert "/amnen/narvaro/" in client.get("/sitemap.xml").content.decode()
    assert "/amnen/narvaro/" in client.get("/sok/?q=närvaro").content.decode()
