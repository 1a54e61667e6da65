"""Captions become cues and a transcript."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from knowledge.lecture_view import clock, transcript
from knowledge.webvtt import cues_of, paragraphs, read_cues


def test_hours_tags_settings_and_windows_line_ends():
    text = (
        "WEBVTT\r\n\r\nNOTE en anteckning\r\n\r\nett\r\n"
        "01:02:03.500 --> 01:02:04.000 align:start\r\n<v Anna>Hej\r\ndär</v>\r\n"
    )
    assert cues_of(text) == [[3723.5, 3724.0, "Hej där"]]


def test_cues_without_text_or_with_a_bad_time_are_left_out():
    assert cues_of("WEBVTT\n\n00:01.000 --> 00:02.000\n\nfel --> fel\nord\n") == []


@given(st.text(alphabet=st.sampled_from("WEBVTT\n\r0123456789:.-> <a\x00å"), max_size=300))
def test_no_file_crashes_the_reader(text):
    assert all(len(cue) == 3 for cue in cues_of(text))


def test_a_film_without_captions_or_whose_file_is_gone_has_no_cues():
    def gone(mode):
        raise FileNotFoundError

    assert read_cues(None) == []
    assert read_cues(SimpleNamespace(captions="")) == []
    assert read_cues(SimpleNamespace(captions=SimpleNamespace(open=gone))) == []


def test_cues_are_joined_to_sentences_and_never_grow_too_long():
    cues = [[1.9, 3, "En mening"], [3, 5, "slutar här."], [6, 40, "lång"], [41, 42, "utan slut"]]
    assert paragraphs(cues) == [(1, "En mening slutar här."), (6, "lång"), (41, "utan slut")]


def test_sentences_stand_below_their_chapter():
    chapters = [SimpleNamespace(at=0, title="A"), SimpleNamespace(at=10, title="B")]
    parts = transcript([[1, 2, "Ett."], [9.5, 12, "Två."], [15, 16, "Tre."]], chapters)
    assert [[line["text"] for line in part["lines"]] for part in parts] == [
        ["Ett."],
        ["Två.", "Tre."],
    ]


def test_the_clock():
    assert [clock(5), clock(83), clock(3600)] == ["0:05", "1:23", "60:00"]
