"""Source keys in texts become links, and nothing that is not marked safe gets through."""

from types import SimpleNamespace

import html5lib
from django.utils.html import escape
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from casestudies.references import References, keys_in, without_keys

HOSTILE = st.text(st.sampled_from("<>&\"'[]S0123 a/="), max_size=60)


def references(*keys):
    return References([SimpleNamespace(key=key) for key in keys])


def test_a_key_becomes_the_number_of_its_source_in_the_list():
    linked = references("S7", "S3").link("Närvaron ökade. [S3]")
    assert 'href="#kalla-S3"' in linked
    assert ">2</a>" in linked
    assert "ökade.<sup" in linked


def test_an_unknown_key_is_shown_as_nothing():
    assert references("S1").link("Så var det. [S99]") == "Så var det."


def test_plain_text_is_escaped_and_markup_is_kept():
    assert references().link("<b>x</b>") == "&lt;b&gt;x&lt;/b&gt;"
    assert references("S1").link(mark_safe("<p>x</p>")) == "<p>x</p>"


def test_a_key_inside_a_tag_is_left_alone():
    markup = '<a href="/?q=[S1]">x</a>'
    assert references("S1").link(mark_safe(markup)) == markup


def test_the_source_list_leads_back_to_every_place_that_names_it():
    counted = references("S1", "S2")
    counted.link("Ett. [S1] Två. [S1][S2]")
    counted.link("Tre. [S1]")
    listed = {source.key: places for source, _, places in counted.listed()}
    assert listed == {"S1": ["ref-S1-1", "ref-S1-2", "ref-S1-3"], "S2": ["ref-S2-1"]}


def test_a_text_without_its_keys_reads_as_a_sentence():
    assert without_keys("Fler kom [S1], och stannade. [S2][S3]") == "Fler kom, och stannade."
    assert keys_in("a [S2] b [S1] c [S2]", "") == ["S2", "S1"]


@given(HOSTILE)
def test_no_plain_text_can_bring_a_tag_of_its_own(text):
    linked = references("S1", "S2").link(text)
    fragment = html5lib.parseFragment(linked, namespaceHTMLElements=False)
    assert {element.tag for element in fragment.iter()} <= {"DOCUMENT_FRAGMENT", "sup", "a", "span"}


@given(HOSTILE.filter(lambda text: "[S" not in text))
def test_text_without_keys_is_only_escaped(text):
    assert references("S1").link(text) == escape(text)
