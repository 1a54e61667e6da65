"""Whatever is typed, and whatever a text holds."""

import re
from html import unescape
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pluginnovation.site.models import SearchEntry
from pluginnovation.site.search import marking, questions, results, vectors
from pluginnovation.site.search.words import (
    fold,
    index_terms,
    last_parts,
    normalise,
    query_terms,
    words,
)

PIECES = (
    'skolan|Avbrotten|studieavbrott|åtgärd|atgarder|<b>|&|"i skolan"|\'|\\|:|!|(|)|*|<->'
    "|gymnasiet|elevers|2025/26|drop-out|OCH|och|\x00|\ud800|\u00ad|É"
)
swedish = st.sampled_from(PIECES.split("|"))
typed = st.one_of(st.text(max_size=80), st.lists(swedish, max_size=15).map(" ".join))
ANY_TEXT = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@given(text=typed)
@ANY_TEXT
@pytest.mark.django_db
def test_any_text_can_be_searched_and_any_address_answered(client, text):
    # A lone surrogate cannot be sent at all; the tests below have it.
    sent = text.encode("utf-8", "ignore")
    response = client.get("/sok/", {"q": sent, "typ": sent, "sida": sent})
    assert response.status_code == 200


@given(text=typed)
@ANY_TEXT
@pytest.mark.django_db
def test_any_text_can_be_stored_and_is_found_by_each_of_its_words(text):
    normal = normalise(text)
    texts = {"title": normal, "summary": "", "body": normal}
    entry = SearchEntry(
        content_type_id=1,
        object_id=1,
        kind="Sida",
        vector=vectors.RawVector(vectors.vector_of(texts)),
        **texts,
    )
    SearchEntry.objects.bulk_create(
        [entry],
        update_conflicts=True,
        unique_fields=["content_type", "object_id"],
        update_fields=["title", "body", "vector"],
    )
    for word in list(words(normal))[:5]:
        question = questions.parse(word.text)
        if question:
            answer = results.answer(question)
            assert answer.total == 1
            assert "<mark>" in answer.results[0].marked.title


def places_of(texts):
    """What the database would answer, counted here from the words themselves."""
    places = {}
    for numbered in vectors.placed_words(texts).values():
        for place, word in numbered:
            for term in index_terms(word.text) | last_parts(word.text):
                places.setdefault(term, []).append(place)
    return places


@given(question=typed, title=typed, summary=typed, body=typed)
@ANY_TEXT
def test_only_what_matched_is_marked_and_everything_else_is_escaped(question, title, summary, body):
    texts = {
        "title": normalise(title),
        "summary": normalise(summary),
        "body": normalise(body),
    }
    asked = questions.parse(question)
    shown = marking.mark(SimpleNamespace(**texts, places=places_of(texts)), asked)
    for html in shown:
        for word in re.findall(r"<mark>(.*?)</mark>", html):
            assert (index_terms(word) | last_parts(word)) & set(asked.terms)
        bare = re.sub(r"</?mark>", "", html)
        assert "<" not in bare and ">" not in bare and '"' not in bare
    assert unescape(re.sub(r"</?mark>", "", shown.title)) == texts["title"]


@given(word=st.text(max_size=90))
@ANY_TEXT
def test_terms_are_letters_and_digits_only(word):
    for piece in words(normalise(word)):
        for term in index_terms(piece.text) | last_parts(piece.text) | query_terms(piece.text):
            assert term.isalnum()


@given(word=st.text(max_size=40))
@ANY_TEXT
def test_folding_twice_is_as_once(word):
    assert fold(fold(normalise(word))) == fold(normalise(word))
