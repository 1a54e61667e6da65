"""The search page as a visitor meets it."""

import pytest
from django.utils import timezone

from pluginnovation.site.models import SearchEntry
from pluginnovation.site.search.indexing import rebuild
from pluginnovation.site.search.results import PER_PAGE

pytestmark = pytest.mark.django_db


def test_a_published_page_is_found_by_its_words(publish, found):
    publish("Närvaro", "Skolan följer upp frånvaron varje vecka.")
    assert found("veckor") == ["Närvaro"]
    assert found("franvaro") == ["Närvaro"]
    assert found("avbrott") == []


def test_the_matched_words_are_marked_and_the_rest_is_escaped(publish, client):
    publish("Tre <avbrott>", "Åtgärder mot studieavbrotten &lt;b&gt;finns&lt;/b&gt; &amp; hjälper.")
    text = client.get("/sok/", {"q": "avbrott åtgärd"}).content.decode()
    assert "Tre &lt;<mark>avbrott</mark>&gt;" in text
    assert "<mark>Åtgärder</mark> mot <mark>studieavbrotten</mark> &lt;b&gt;finns" in text


@pytest.mark.parametrize("query", ["20080115-2398", "Anna 080115 2398", "2008 01 15 - 2398"])
def test_a_personal_number_is_neither_searched_nor_said_again(client, query):
    text = client.get("/sok/", {"q": query}).content.decode()
    assert "Sök aldrig på personnummer" in text and "2398" not in text
    missing = client.get(f"/elever/{query}/")
    assert missing.status_code == 404 and "2398" not in missing.content.decode()


def test_all_words_have_to_be_there(publish, found):
    publish("Ena", "Mentor och elev")
    publish("Andra", "Mentor och rektor")
    assert found("mentor rektor") == ["Andra"]


def test_words_that_say_nothing_are_left_out(publish, found):
    publish("Ena", "Mentor för alla elever")
    assert found("vad är en mentor") == ["Ena"]


def test_where_no_page_has_all_words_those_with_some_are_shown_and_it_says_so(
    publish, found, client
):
    publish("Ena", "Mentor")
    assert found("mentor raketforskning") == ["Ena"]
    response = client.get("/sok/", {"q": "mentor raketforskning"})
    assert "Inget innehåller alla orden" in response.content.decode()
    assert "Inget innehåller" not in client.get("/sok/", {"q": "mentor"}).content.decode()


def test_a_phrase_in_quotation_marks_is_found_as_it_stands(publish, found):
    publish("Rätt", "Ett särskilt stöd ges.")
    publish("Fel", "Stöd som är särskilt bra.")
    assert found('"särskilt stöd"') == ["Rätt"]
    assert found("”särskilt stöd”") == ["Rätt"]
    assert sorted(found("särskilt stöd")) == ["Fel", "Rätt"]


def test_a_phrase_does_not_reach_from_the_title_into_the_text(publish, found):
    publish("Särskilt", "Stöd ges.")
    assert found('"särskilt stöd"') == []


def test_a_hit_in_the_title_comes_before_one_in_the_text(publish, found):
    publish("Om text", "Här nämns mentorer en gång, bland mycket annat som en skola gör.")
    publish("Mentorer", "Så arbetar de.")
    assert found("mentor") == ["Mentorer", "Om text"]


def test_of_two_equal_hits_the_newer_comes_first(publish, found):
    old = publish("Coachning", "Text")
    publish("Coachning", "Text")
    SearchEntry.objects.of(old).update(date="2020-01-01")
    answer = found("coachning")
    assert answer == ["Coachning", "Coachning"]
    newest_first = SearchEntry.objects.order_by("-date").values_list("object_id", flat=True)
    assert newest_first[1] == old.pk


def test_hits_are_counted_by_kind_and_can_be_limited_to_one(publish, store, client, valid):
    publish("Mentor ett")
    publish("Mentor två")
    store("mentor.txt", b"Om mentorer", title="Mentorskap i praktiken")
    text = valid(client.get("/sok/?q=mentor"))
    assert "3 träffar på ”mentor”" in text
    assert "Sidor (2)" in text and "Dokument (1)" in text
    only = client.get("/sok/?q=mentor&typ=dokument")
    assert [result.entry.kind for result in only.context["answer"].results] == ["Dokument"]
    assert "En träff på ”mentor” av slaget dokument" in valid(only)


def test_results_come_in_pages(publish, client, valid):
    for number in range(PER_PAGE + 2):
        publish(f"Mentor {number}")
    first, second = client.get("/sok/?q=mentor"), client.get("/sok/?q=mentor&sida=2")
    assert len(first.context["answer"].results) == PER_PAGE
    assert len(second.context["answer"].results) == 2
    assert "Sida 1 av 2" in valid(first)
    assert 'href="?q=mentor" rel="prev"' in valid(second)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/sok/?q=mentor&sida=99", "Sidan som adressen anger finns inte"),
        ("/sok/?q=mentor&sida=-1", "Sidan som adressen anger finns inte"),
        ("/sok/?q=mentor&sida=tv%C3%A5", "Sidan som adressen anger finns inte"),
        ("/sok/?q=mentor&sida=²", "Sidan som adressen anger finns inte"),
        ("/sok/?q=mentor&typ=rymdfarkost", "inga träffar av det slag"),
        ("/sok/?q=mentor+" + "ord" * 400, "Frågan var lång"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_left_out_and_it_says_so(
    publish, client, valid, address, sentence
):
    publish("Mentor")
    assert sentence in valid(client.get(address))


def test_without_a_question_there_is_a_form_with_examples_and_ways_in(client, valid):
    text = valid(client.get("/sok/"))
    assert 'name="q"' in text and 'href="?q=mentor"' in text and 'href="/fallstudier/"' in text


def test_a_question_without_words_asks_for_one(client, valid):
    assert "Skriv minst ett ord" in valid(client.get("/sok/", {"q": "?!"}))


def test_an_empty_result_helps_on(publish, client, valid):
    publish("Närvaro", summary="Kommunens introduktionsprogrammen")
    text = valid(client.get("/sok/", {"q": "introduktonsprogram"}))
    assert "Inga träffar på ”introduktonsprogram”" in text
    assert "Menade du" in text and "?q=introduktionsprogram" in text
    assert "Så hittar du mer" in text and 'href="/forskning/"' in text


def test_an_empty_result_without_a_near_word_suggests_none(publish, client):
    publish("Närvaro")
    assert "Menade du" not in client.get("/sok/", {"q": "qqqqqq"}).content.decode()


def test_search_engines_are_asked_not_to_list_it(client):
    assert '<meta name="robots" content="noindex">' in client.get("/sok/").content.decode()


def test_it_only_reads(client):
    assert client.post("/sok/", {"q": "mentor"}).status_code == 405


@pytest.mark.parametrize("hits", [3, 30])
def test_it_costs_two_queries_however_much_is_found(
    publish, client, hits, django_assert_num_queries
):
    for number in range(hits):
        publish(f"Mentor {number}", "Om mentorer")
    client.get("/sok/?q=mentor")
    # 1 the hits of each kind, 2 the page of results with the places of their words
    with django_assert_num_queries(2):
        client.get("/sok/?q=mentor")


def test_finding_nothing_costs_three_queries(publish, client, django_assert_num_queries):
    publish("Mentor")
    # 1 the hits of all words, 2 of any word, 3 the words of titles for a suggestion
    with django_assert_num_queries(3):
        client.get("/sok/?q=mentur+xyz")


def test_without_a_question_it_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/sok/")


def test_an_excerpt_is_from_where_the_words_stand_densest(publish, client):
    filler = "Annat innehåll som inte hör hit. " * 40
    publish("Sida", f"Mentor först. {filler} Här möts mentor, elev och skola. {filler}")
    result = client.get("/sok/", {"q": "mentor elev skola"}).context["answer"].results[0]
    assert "Här möts <mark>mentor</mark>, <mark>elev</mark> och <mark>skola</mark>" in (
        result.marked.excerpt
    )
    assert result.marked.excerpt.startswith("… ") and result.marked.excerpt.endswith(" …")


def test_words_behind_the_last_numbered_place_are_found_too(publish, found):
    publish("Lång", "ord " * 17_000 + "zeppelinare")
    assert found("zeppelinare") == ["Lång"]


def test_a_page_that_expired_since_it_was_indexed_is_not_shown(publish, found):
    page = publish("Mentor")
    past = timezone.now() - timezone.timedelta(minutes=1)
    SearchEntry.objects.of(page).update(expires_at=past)
    assert found("mentor") == []


def test_rebuilding_twice_is_as_once(publish, store):
    publish("Ena")
    store("a.txt", b"Text")
    first = rebuild()
    before = list(SearchEntry.objects.order_by("pk").values_list("pk", "vector"))
    assert rebuild() == first
    assert list(SearchEntry.objects.order_by("pk").values_list("pk", "vector")) == before
