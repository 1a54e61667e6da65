"""References as files, read back by libraries that others use; and the feed."""

import json
import warnings

import bibtexparser
import feedparser
import pytest
import rispy
from bibtexparser.bparser import BibTexParser
from citeproc.source.json import CiteProcJSON
from django.conf import settings

from knowledge.citations import page_span, year
from knowledge.library_list import browse_library
from knowledge.reference_files import to_bibtex, to_ris

from . import factories as make

pytestmark = pytest.mark.django_db
NASTY = {
    "id": "åäö {x}",
    "type": "report",
    "title": "50 % & {klamrar} \\end $5 #1 a_b\nTY  - JOUR",
    "author": [{"literal": "Barn- och {ungdom} and Co"}, {"family": "Öberg", "given": "Åsa"}],
    "publisher": "A & B",
    "DOI": "10.1000/a_b",
    "URL": "https://exempel.se/?a=1&b=2_3%20",
    "issued": {"date-parts": [[2019, 6, 14]]},
}


def read_bibtex(text):
    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    return bibtexparser.loads(text, parser).entries


def read_ris(text):
    return rispy.loads(text)


def read_csl(text):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return CiteProcJSON(json.loads(text))


@pytest.fixture
def shelf():
    factor = make.FactorFactory(slug="samverkan")
    study = make.WorkFactory(title="Mentorer i Chicago", slug="mentorer", factors=[factor])
    make.WorkFactory(title="Frånvaron", slug="franvaron", csl=NASTY)
    make.SummaryFactory(title="En mentor hjälpte", work=study, factors=[factor], grade="stark")
    make.LectureFactory(title="Koll i tid", slug="koll", summary="Om <b> & tecken.")
    make.WorkFactory(title="Utkast", live=False)


def test_bibtex_of_the_whole_library(shelf, client):
    answer = client.get("/forskning/export.bib")
    assert answer["Content-Type"].startswith("application/x-bibtex")
    entries = {entry["ID"]: entry for entry in read_bibtex(answer.content.decode())}
    assert set(entries) == {"mentorer", "franvaron", "koll"}
    study = entries["mentorer"]
    assert study["ENTRYTYPE"] == "article" and study["title"] == "{Mentorer i Chicago}"
    assert study["author"] == "Hall, Caroline" and study["journal"] == "Tidskrift"
    assert (study["volume"], study["pages"], study["year"]) == ("3", "1--20", "2009")
    assert study["doi"] == "10.1000/xyz" and study["abstract"] == "Vad studien fann."
    assert entries["koll"]["ENTRYTYPE"] == "misc"


def test_ris_of_the_whole_library(shelf, client):
    text = client.get("/forskning/export.ris").content.decode()
    assert text.startswith("TY  - ")
    entries = {entry["id"]: entry for entry in read_ris(text)}
    assert set(entries) == {"mentorer", "franvaron", "koll"}
    study = entries["mentorer"]
    assert study["type_of_reference"] == "JOUR" and study["authors"] == ["Hall, Caroline"]
    assert (study["secondary_title"], study["year"]) == ("Tidskrift", "2009")
    assert (study["start_page"], study["end_page"], study["doi"]) == ("1", "20", "10.1000/xyz")
    assert entries["koll"]["type_of_reference"] == "VIDEO"


def test_csl_of_the_whole_library(shelf, client):
    text = client.get("/forskning/export.json").content.decode()
    assert set(read_csl(text)) == {"mentorer", "franvaron", "koll"}
    study = next(one for one in json.loads(text) if one["id"] == "mentorer")
    assert study["note"].startswith("Sammanfattad på svenska: http")


@pytest.mark.parametrize("query", ["", "typ=litteratur", "faktor=samverkan&sortera=titel"])
def test_a_file_holds_what_the_list_shows_in_its_order(shelf, client, query):
    from django.http import QueryDict

    shown = [item.specific for item in browse_library(QueryDict(query)).items]
    wanted = [getattr(item, "work", item).slug for item in shown]
    exported = json.loads(client.get(f"/forskning/export.json?{query}").content)
    assert [one["id"] for one in exported] == list(dict.fromkeys(wanted))


def test_what_is_special_in_a_format_comes_back_as_it_was():
    (entry,) = read_bibtex(to_bibtex([NASTY]))
    assert entry["author"] == "{Barn- och (ungdom) and Co} and Öberg, Åsa"
    assert entry["institution"] == r"A \& B" and entry["ENTRYTYPE"] == "techreport"
    assert (entry["url"], entry["doi"]) == (NASTY["URL"], NASTY["DOI"])
    assert entry["title"].startswith(r"{50 \% \& (klamrar) /end \$5 \#1 a\_b TY")
    (entry,) = read_ris(to_ris([NASTY]))
    assert entry["type_of_reference"] == "RPRT"
    assert entry["title"] == "50 % & {klamrar} \\end $5 #1 a_b TY - JOUR"
    assert entry["date"] == "2019/06/14/" and entry["urls"] == [NASTY["URL"]]


@pytest.mark.parametrize("form", ["bib", "ris", "json"])
def test_one_work_one_summary_one_lecture(shelf, client, form):
    read = {"bib": read_bibtex, "ris": read_ris, "json": json.loads}[form]
    work = make.SummaryFactory(slug="s").work
    for address in (
        "/forskning/litteratur/mentorer/",
        "/forskning/sammanfattningar/s/",
        "/forskning/forelasningar/koll/",
    ):
        answer = client.get(f"{address}citera.{form}")
        assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
        assert len(read(answer.content.decode())) == 1
        assert f'href="citera.{form}"' in client.get(address).content.decode()
    summary = client.get(f"/forskning/sammanfattningar/s/citera.{form}").content.decode()
    assert work.title in summary and "Sammanfattad på svenska" in summary


@pytest.mark.parametrize(
    "address",
    [
        "litteratur/finns-inte/citera.bib",
        "litteratur/mentorer/citera.xml",
        "verktyg/mentorer/citera.bib",
        "litteratur/utkast/citera.ris",
        "export.xml",
        "sammanfattningar/utan/citera.bib",
    ],
)
def test_what_is_not_there_is_said_so(shelf, client, address):
    make.WorkFactory(title="Utkast", slug="utkast", live=False)
    make.SummaryFactory(slug="utan", live=False, work=None)
    assert client.get(f"/forskning/{address}").status_code == 404


def test_a_private_work_leaves_by_no_file(shelf, client):
    from wagtail.models import PageViewRestriction

    index = make.LiteratureIndexFactory()
    PageViewRestriction.objects.create(page=index, restriction_type="login")
    assert client.get("/forskning/litteratur/mentorer/citera.bib").status_code == 404
    # The study that a public summary tells of is cited there, so it is in the file.
    text = client.get("/forskning/export.bib").content.decode()
    assert "{mentorer" in text and "{franvaron" not in text


@pytest.mark.parametrize("name", ["export.bib", "export.ris", "export.json", "atom.xml"])
def test_a_file_costs_as_many_queries_for_many(shelf, client, name, django_assert_num_queries):
    # What the list can be filtered by, works, summaries with their studies, lectures; the feed
    # has the filters, its entries, and nothing else.
    queries = 2 if name == "atom.xml" else 4
    for _ in range(2):
        client.get(f"/forskning/{name}")
        with django_assert_num_queries(queries):
            assert client.get(f"/forskning/{name}").status_code == 200
        for _ in range(10):
            make.SummaryFactory()


@pytest.mark.parametrize("query", ["typ=xyz", "sida=999", "land=%00", "fran=abc", "q=%F0%9F%98%80"])
@pytest.mark.parametrize("name", ["export.bib", "export.ris", "export.json", "atom.xml"])
def test_bad_parameters_never_fail(client, name, query):
    assert client.get(f"/forskning/{name}?{query}").status_code == 200


def test_the_feed_of_a_filter(shelf, client):
    feed = feedparser.parse(client.get("/forskning/atom.xml?faktor=samverkan").content)
    assert not feed.bozo and feed.version == "atom10"
    assert {entry.title for entry in feed.entries} == {"Mentorer i Chicago", "En mentor hjälpte"}
    assert all(entry.link.startswith(settings.SITE_URL) for entry in feed.entries)
    assert all(entry.updated_parsed for entry in feed.entries)
    assert feed.feed.links[1].href.endswith("atom.xml?faktor=samverkan")


def test_the_feed_is_newest_first_and_its_text_is_text(shelf, client):
    make.WorkFactory(title="Nyast")
    feed = feedparser.parse(client.get("/forskning/atom.xml").content)
    assert feed.entries[0].title == "Nyast"
    film = next(entry for entry in feed.entries if entry.title == "Koll i tid")
    assert "&lt;b&gt;" in film.summary or "Om <b>" not in film.summary


def test_an_empty_feed_is_a_feed(shelf, client):
    feed = feedparser.parse(client.get("/forskning/atom.xml?q=finnsinte").content)
    assert not feed.bozo and feed.entries == [] and feed.feed.updated


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("/forskning/", ""),
        ("/forskning/?faktor=samverkan&sida=1", "?faktor=samverkan"),
        ("/forskning/litteratur/", "?typ=litteratur"),
        ("/forskning/sammanfattningar/?styrka=stark", "?typ=sammanfattning&amp;styrka=stark"),
    ],
)
def test_every_view_leads_to_its_feed_and_its_files(shelf, client, address, query):
    text = client.get(address).content.decode()
    assert f'type="application/atom+xml" href="/forskning/atom.xml{query}"' in text
    for form in ("bib", "ris", "json"):
        assert f'href="/forskning/export.{form}{query}"' in text


def test_every_verified_work_is_the_same_in_all_three_formats():
    from pluginnovation.core.fixtures import read_folder

    works = [item["csl"] for item in read_folder("works")]
    assert len(works) == 94
    bibtex, ris = read_bibtex(to_bibtex(works)), read_ris(to_ris(works))
    assert set(read_csl(json.dumps(works))) == {csl["id"] for csl in works}
    for csl, tex, tagged in zip(works, bibtex, ris, strict=True):
        assert tex["year"] == tagged["year"] == str(year(csl))
        assert tagged["title"] == " ".join(csl["title"].split())
        assert len(tagged.get("authors", ())) == len(csl.get("author", ()))
        assert tex.get("doi") == tagged.get("doi") == csl.get("DOI")
        assert tagged.get("start_page", "") == page_span(csl)[0]


def test_the_library_has_what_was_promised():
    from pluginnovation.core.fixtures import read_folder

    works, summaries = read_folder("works"), read_folder("summaries")
    known = {item["id"] for item in works}
    assert len(summaries) >= 16 and {item["work"] for item in summaries} <= known
    assert len({item["country"] for item in summaries}) >= 5
    assert len({item["method_kind"] for item in summaries}) >= 4
    assert {"blandad", "begransad"} <= {item["evidence"]["grade"] for item in summaries}
    assert sum(bool(item["null_result"]) for item in works) >= 10
    mirrors = ("researchgate.net", "academia.edu", "scribd.com", "web.archive.org")
    assert not [item["id"] for item in works if any(one in item["link"] for one in mirrors)]
