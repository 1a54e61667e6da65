"""The demo's case studies say what the reviewed list of facts says, and nothing beyond it.

``facts.json`` holds for each workshop of the list that is published: how much is known of it
(``A`` enough for a page, ``B`` for a short one), the municipalities that a source confirms, every
number that stands in its facts, its sources, and its answers to the evaluation, word for word.
"""

import json
import re
from pathlib import Path

import pytest

from casestudies.models.pages import RICH_TEXTS, SHORT_TEXTS
from casestudies.references import keys_in, without_keys
from pluginnovation.core.fixtures import read_folder

READ = json.loads(Path(__file__).with_name("facts.json").read_text(encoding="utf-8"))
FACTS, SOURCES = READ["cases"], READ["sources"]
CASES = {case["slug"]: case for case in read_folder("cases")}
FORMS = {form["code"]: form for form in read_folder("evaluation-forms")}
FREE, CUT_OFF = "fritext", "avklippt"
UNCONFIRMED = re.compile(r"\bgissning|\bobekräftad|\bliknar Norrköping|KÖBYT|not stated", re.I)
EACH = pytest.mark.parametrize("slug", sorted(FACTS))


def texts(case) -> list[str]:
    steps = [f"{s['heading']} {s.get('body') or ''}" for s in case.get("steps") or ()]
    names = ("title", "summary", "unit", "status_note", "place_note", *SHORT_TEXTS, *RICH_TEXTS)
    return [*(str(case.get(name) or "") for name in names), *steps]


def report_texts(case) -> list[str]:
    said = case.get("evaluation") or {}
    return [*(said.get("answers") or {}).values(), said.get("note") or ""]


def numbers(text: str) -> set[str]:
    """The numbers of a text, thousands put together: ``7 700`` as ``7700``."""
    plain = re.sub(r"\bQ\d+", "", without_keys(text))
    joined = re.sub(r"(\d)[ \u00a0](\d{3})\b", r"\1\2", plain)
    return set(re.findall(r"\d+(?:,\d+)?", joined))


def test_the_list_has_26_full_cases_and_ten_short_ones_and_all_are_published():
    assert set(CASES) == set(FACTS)
    tiers = [fact["tier"] for fact in FACTS.values()]
    assert (tiers.count("A"), tiers.count("B")) == (26, 10)
    assert all(CASES[slug]["tier"] == fact["tier"] for slug, fact in FACTS.items())


@EACH
def test_a_municipality_is_one_that_a_source_confirms(slug):
    assert set(CASES[slug]["municipalities"]) <= set(FACTS[slug]["codes"])
    if not FACTS[slug]["codes"]:
        assert CASES[slug]["municipalities"] == []


@EACH
def test_every_number_of_a_text_stands_in_the_facts(slug):
    told = set().union(*map(numbers, texts(CASES[slug]) + report_texts(CASES[slug])))
    assert told - set(FACTS[slug]["numbers"]) - numbers_of_sources(CASES[slug]) == set()


def numbers_of_sources(case) -> set[str]:
    """Dates and issues in the names of the sources, and the numbers of the questions."""
    named = set().union(*(numbers(source["title"]) for source in case["sources"]))
    return named | {str(number) for number in range(1, 16)} & question_numbers(case)


def question_numbers(case) -> set[str]:
    note = (case.get("evaluation") or {}).get("note") or ""
    return set(re.findall(r"fråga (\d+)", f"{note} {case.get('status_note') or ''}"))


@EACH
def test_every_source_is_the_one_of_the_facts_and_is_used_where_it_is_listed(slug):
    case = CASES[slug]
    listed = {source["key"]: source["url"] for source in case["sources"]}
    assert listed.items() <= SOURCES.items()
    assert set(listed) & set(FACTS[slug]["sources"])
    report = case.get("evaluation") or {}
    used = {*keys_in(*texts(case), *report_texts(case)), report.get("source")} - {None}
    assert used <= set(listed)


@EACH
def test_nothing_that_is_a_guess_is_published(slug):
    for text in texts(CASES[slug]) + report_texts(CASES[slug]):
        assert not UNCONFIRMED.search(text), text


@EACH
def test_the_answers_are_those_of_the_report(slug):
    said, wanted = CASES[slug].get("evaluation"), FACTS[slug]["answers"]
    if not wanted:
        assert not said
        return
    steps = {
        question["id"]: FORMS[said["form"]]["scales"][question["scale"]]["steps"]
        for question in FORMS[said["form"]]["questions"]
    }
    assert set(said["cut_off"]) >= {code for code, value in wanted.items() if value == CUT_OFF}
    answered = {code: value for code, value in wanted.items() if value != CUT_OFF}
    assert set(said["answers"]) == set(answered)
    for code, value in answered.items():
        if value == FREE:
            assert not steps[code] and said["answers"][code].strip(), code
        else:
            assert said["answers"][code].strip() == value, code


def test_the_question_cut_off_in_every_copy_is_shown_as_such():
    (last,) = [q for q in FORMS["plug-in-2015"]["questions"] if q["id"] == "Q15"]
    assert last["cut_off"] and last["text"].endswith("…")
    assert len(FORMS["plug-in-2015"]["questions"]) == 15
    assert [q["id"] for q in FORMS["plug-in-2"]["questions"] if q["cut_off"]] == ["P2D2"]
