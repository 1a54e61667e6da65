"""Which words find which (the rules of the search)."""

import pytest

from pluginnovation.site.search.words import fold, index_terms, last_parts, normalise, query_terms


def finds(searched: str, written: str) -> bool:
    return bool(query_terms(searched) & (index_terms(written) | last_parts(written)))


@pytest.mark.parametrize(
    ("searched", "written"),
    [
        ("avbrott", "avbrotten"),
        ("avbrott", "avbrottet"),
        ("avbrott", "studieavbrott"),
        ("avbrott", "studieavbrotten"),
        ("avbrotten", "studieavbrottet"),
        ("skola", "skolan"),
        ("skola", "gymnasieskolorna"),
        ("skola", "folkhögskola"),
        ("gymnasiet", "gymnasium"),
        ("gymnasium", "gymnasiet"),
        ("åtgärd", "åtgärder"),
        ("åtgärder", "åtgärd"),
        ("atgard", "åtgärder"),
        ("atgarder", "åtgärd"),
        ("åtgärd", "stödåtgärder"),
        ("åtgärder", "miljöåtgärd"),
        ("elev", "eleverna"),
        ("eleverna", "elev"),
        ("insatserna", "insats"),
        ("ansvar", "uppföljningsansvaret"),
        ("uppföljningsansvar", "uppföljningsansvaret"),
        ("uppföljningsansvaret", "uppföljningsansvar"),
        ("frånvaro", "skolfrånvaron"),
        ("film", "filmer"),
        ("filmer", "film"),
        ("barn", "barnen"),
        ("män", "man"),
        ("yngre", "unga"),
        ("närvaro", "NÄRVARO"),
        ("larare", "ämneslärarna"),
        ("enhet", "skolenhet"),
        ("kommun", "hemkommunen"),
        ("göteborg", "Göteborgs"),
    ],
)
def test_a_word_finds_its_forms_and_the_compounds_that_end_in_it(searched, written):
    assert finds(searched, written)


@pytest.mark.parametrize(
    ("searched", "written"),
    [
        # A compound does not find its parts, nor a first part the compound.
        ("studieavbrott", "avbrott"),
        ("gymnasieskola", "skola"),
        ("studie", "studieavbrott"),
        # Last parts are words: these only end the same.
        ("ordning", "förordning"),
        ("ordning", "anordning"),
        ("brott", "avbrott"),
        ("brott", "studieavbrott"),
        ("verkan", "samverkan"),
        ("bildning", "utbildning"),
        ("medling", "arbetsförmedling"),
        ("skada", "granskades"),
        ("porter", "rapporter"),
        ("domare", "ungdomar"),
        ("troll", "kontroll"),
        ("sekvens", "konsekvenser"),
        ("kola", "skola"),
        ("ensam", "gemensam"),
        ("olikhet", "sannolikhet"),
        # Shorter than five letters.
        ("val", "språkval"),
        ("råd", "elevråd"),
        # Simply other words.
        ("skola", "skolka"),
        ("elev", "elegi"),
    ],
)
def test_a_word_does_not_find_what_only_looks_alike(searched, written):
    assert not finds(searched, written)


def test_every_word_finds_itself_whatever_it_is():
    for word in ("Öckerö", "xyzzy", "2025", "GY25", "naïve", "x" * 500, "北京", "ß"):
        assert finds(word, word), word


def test_folding_takes_case_and_diacritics_away():
    assert fold("ÅÄÖéüØ") == "aaoeuo"


def test_a_decomposed_letter_and_a_soft_hyphen_make_no_difference():
    assert normalise("a\u030atga\u0308rd stu\u00addie") == "åtgärd studie"


def test_control_characters_become_spaces():
    assert normalise("en\x00två\x1btre\nfyra") == "en två tre\nfyra"
