"""References as APA and Harvard have them, and the data that Zotero reads."""

import re
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.citation_styles import reference
from knowledge.citations import coins, highwire, names, short_authors, year
from knowledge.text import first_sentence, fold, host, in_words, plain

HALL = {"family": "Hall", "given": "Caroline"}


def apa(csl):
    return reference(csl, "apa")


def harvard(csl):
    return reference(csl, "harvard")


def work(**fields):
    return {"type": "report", "title": "Titel", "issued": {"date-parts": [[2009, 3]]}} | fields


@pytest.mark.parametrize(
    ("authors", "short", "apa_form"),
    [
        ([HALL], "Hall", "Hall, C."),
        ([HALL, {"family": "Lund", "given": "Ann-Marie B"}], "Hall och Lund", "Lund, A.-M. B."),
        ([HALL, HALL, HALL], "Hall m.fl.", "Hall, C., Hall, C., &amp; Hall, C."),
        ([{"literal": "Skolverket"}], "Skolverket", "Skolverket. (2009)."),
        (
            [{"non-dropping-particle": "van der", "family": "Steeg", "given": "Marc"}],
            "van der Steeg",
            "van der Steeg, M.",
        ),
    ],
)
def test_authors(authors, short, apa_form):
    assert short_authors(work(author=authors)) == short
    assert apa_form in apa(work(author=authors))


def test_twenty_one_authors_are_the_first_nineteen_and_the_last():
    many = [{"family": f"N{number}", "given": "A"} for number in range(21)]
    text = apa(work(author=many))
    assert "N18, A., … N20, A." in text and "N19," not in text
    assert "N19, A. &amp; N20, A." in harvard(work(author=many))


def test_an_article_names_journal_volume_issue_and_pages():
    csl = work(type="article-journal", author=[HALL])
    csl |= {"container-title": "Tidskrift", "volume": 3, "issue": 2, "page": "1-20"}
    assert apa(csl | {"DOI": "10.1/x"}) == (
        "Hall, C. (2009). Titel. <i>Tidskrift</i>, <i>3</i>(2), 1–20. "
        '<a href="https://doi.org/10.1/x">https://doi.org/10.1/x</a>'
    )


def test_harvard_in_swedish():
    csl = work(type="article-journal", author=[HALL, {"family": "Lund", "given": "Ann-Marie"}])
    csl |= {"container-title": "Tidskrift", "volume": "3", "issue": "2", "page": "1-20"}
    assert harvard(csl | {"DOI": "10.1/x"}) == (
        "Hall, C. &amp; Lund, A.-M. (2009). Titel. <i>Tidskrift</i> 3(2): s. 1–20. doi:10.1/x."
    )
    link = {"URL": "https://ifau.se/r/?a=1&b=2"}
    assert harvard(work(author=[HALL], publisher="IFAU") | link) == (
        "Hall, C. (2009). <i>Titel</i>. IFAU. "
        '<a href="https://ifau.se/r/?a=1&amp;b=2">https://ifau.se/r/?a=1&amp;b=2</a>.'
    )


def test_a_thesis_a_chapter_and_a_series_are_written_out():
    thesis = work(type="thesis", author=[HALL], genre="Doktorsavhandling", publisher="Umeå")
    assert apa(thesis) == "Hall, C. (2009). <i>Titel</i> [Doktorsavhandling]. Umeå."
    chapter = work(type="chapter", author=[HALL], editor=[{"family": "Lund", "given": "A"}])
    chapter |= {"container-title": "Boken", "page": "7-9", "publisher": "Förlag"}
    assert "I A. Lund (red.), <i>Boken</i> (s. 7–9). Förlag." in apa(chapter)
    series = {"collection-title": "Rapport", "collection-number": "2009:7"}
    assert "<i>Titel</i> (Rapport 2009:7)." in apa(work(author=[HALL]) | series)


def test_the_editors_of_a_book_are_named_once():
    text = apa(work(type="book", editor=[HALL], publisher="Förlag"))
    assert text == "Hall, C. (red.). (2009). <i>Titel</i>. Förlag."


def test_a_title_that_asks_has_no_full_stop_after_it():
    assert apa(work(title="Vad nu?", author=[HALL])) == "Hall, C. (2009). <i>Vad nu?</i>"


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["title", "container-title", "page", "volume", "DOI", "URL", "publisher"]),
        st.text(max_size=30),
    ),
    st.text(max_size=20),
    st.sampled_from(["article-journal", "report", "chapter", "webpage"]),
)
def test_no_text_breaks_a_reference_or_becomes_markup(fields, name, kind):
    csl = {"type": kind, "title": "T", "author": [{"family": name, "given": name}]} | fields
    for style in ("apa", "harvard"):
        text = reference(csl, style)
        for tag in ("<i>", "</i>", "</a>"):
            text = text.replace(tag, "")
        text = re.sub(r'<a href="https?://[^"<>]*">', "", text)
        assert "<" not in text and ">" not in text


def test_a_book_has_its_title_in_italics_and_its_publisher():
    assert apa(work(author=[HALL], publisher="Förlag")) == (
        "Hall, C. (2009). <i>Titel</i>. Förlag."
    )


def test_a_work_without_author_begins_with_its_title():
    assert apa(work()) == "<i>Titel</i>. (2009)."
    assert apa(work(publisher="SCB")) == "<i>Titel</i>. (2009). SCB."


def test_no_year_is_said_so():
    assert "(u.å.)" in apa({"title": "Titel", "author": [HALL]})


@pytest.mark.parametrize("issued", [None, {}, {"date-parts": []}, {"date-parts": [["x"]]}, "2009"])
def test_a_broken_date_is_no_year(issued):
    assert year({"issued": issued}) is None


@pytest.mark.parametrize("author", [None, "Hall", [None], [{}], [{"family": ""}]])
def test_broken_authors_break_nothing(author):
    csl = work(author=author)
    assert "Titel" in apa(csl)
    assert isinstance(names(csl), list) and isinstance(short_authors(csl), str)


def test_markup_in_a_reference_is_text():
    text = apa(
        work(title="<b>x", author=[{"literal": "<i>y"}], publisher="<u>", URL="http://a/\"'")
    )
    assert "<b>" not in text and "<u>" not in text and "&lt;i&gt;y" in text


def test_the_tags_for_zotero():
    csl = work(type="article-journal", author=[HALL], page="1-20", DOI="10.1/x")
    tags = dict(highwire(csl, "en"))
    assert tags["citation_firstpage"] == "1" and tags["citation_lastpage"] == "20"
    assert tags["citation_doi"] == "10.1/x" and tags["citation_publication_date"] == "2009"
    assert "citation_volume" not in tags


def test_the_context_object_for_reference_managers():
    csl = work(type="article-journal", author=[HALL], page="1-20", DOI="10.1/x", volume="3")
    data = parse_qs(coins(csl | {"container-title": "Tidskrift"}))
    assert data["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:journal"]
    assert data["rft.atitle"] == ["Titel"] and data["rft.jtitle"] == ["Tidskrift"]
    assert data["rft.au"] == ["Hall, Caroline"] and data["rft.spage"] == ["1"]
    assert data["rft_id"] == ["info:doi/10.1/x"]
    chapter = parse_qs(coins(work(type="chapter") | {"container-title": "Boken"}))
    assert chapter["rft.atitle"] == ["Titel"] and chapter["rft.btitle"] == ["Boken"]
    assert parse_qs(coins(work(type="thesis", publisher="Umeå")))["rft.inst"] == ["Umeå"]


def test_plain_words():
    assert plain("<p>En &amp; två</p><p>tre</p>") == "En & två tre"
    assert fold("ÅTGÄRD") == "atgard"
    assert [in_words(3), in_words(13)] == ["tre", "13"]


def test_the_first_sentence_does_not_end_at_an_abbreviation():
    assert first_sentence("Hall m.fl. visar ett. Två följer.") == "Hall m.fl. visar ett."
    assert first_sentence("ord " * 200) == "ord " * 75 + "…"


def test_a_link_is_named_by_its_host():
    assert host("https://www.ifau.se/en/a/long/path.pdf") == "ifau.se"
