"""The lists: filters, counts beside them, bad values, empty results, pages."""

from datetime import date

import html5lib
import pytest
from django.http import QueryDict

from knowledge.browse import clean_question
from knowledge.library_list import browse_library
from knowledge.tool_list import browse_tools

from . import factories as make
from .many import copies
from .test_queries import queries_of

pytestmark = pytest.mark.django_db
GARBAGE = [
    "typ=xyz",
    "faktor=%00",
    "faktor='; DROP TABLE x;--",
    "riskfaktor=../../etc",
    "sida=0",
    "sida=-1",
    "sida=99999999999999999999",
    "sida=abc",
    "sida=٣",
    "ar=1e9",
    "ar=19999999999",
    "sortera=pk",
    "styrka=<script>alert(1)</script>",
    "land=%F0%9F%98%80",
    "fran=nittonhundra",
    "fran=99999",
    "till=-1",
    "till=٢٠١٠",
    "fran=2015&till=%00",
]


def library(text=""):
    return browse_library(QueryDict(text))


@pytest.fixture
def shelf():
    factor, other = make.FactorFactory(slug="samverkan"), make.FactorFactory(slug="helhetssyn")
    make.WorkFactory(title="Mentorer i Chicago", factors=[factor], country="USA")
    make.WorkFactory(title="Frånvaron i Norge", factors=[other], country="Norge", language="no")
    study = make.WorkFactory(title="Coacher", factors=[factor, other], country="Nederländerna")
    make.SummaryFactory(title="En coach hjälpte", work=study, factors=[factor], grade="stark")
    make.LectureFactory(title="Koll i tid", factors=[other])


def counts(browse, name):
    (found,) = [each for each in browse.filters if each["facet"].name == name]
    return {option.code: option.count for option in found["options"]}


def test_the_list_says_where_no_effect_was_found_and_how_sure_a_summary_is(shelf, client):
    make.WorkFactory(title="Ingen skillnad", null_result=True)
    text = client.get("/forskning/?q=skillnad").content.decode()
    assert "<strong>Ingen eller blandad effekt</strong>" in text
    text = client.get("/forskning/?q=coach").content.decode()
    assert (
        "<strong>Ingen eller blandad effekt" not in text
        and "Underlagets styrka: <strong>stark</strong>" in text
    )


def test_a_mixed_result_is_said_once(client):
    work = make.WorkFactory(title="Verk", null_result=True)
    mixed = make.SummaryFactory(title="Delvis", grade="blandad", work=work)
    text = client.get("/forskning/?q=delvis").content.decode()
    assert "Underlagets styrka: <strong>blandad</strong>" in text
    assert "<strong>Ingen eller blandad effekt" not in text
    assert "Studien fann ingen effekt" not in client.get(mixed.url).content.decode()


def test_null_and_mixed_results_can_be_filtered_out_of_all_and_stand_on_the_pages(client):
    null = make.WorkFactory(title="Ingen skillnad", null_result=True)
    of_null = make.SummaryFactory(title="Det hjälpte inte", work=null, grade="stark")
    make.SummaryFactory(title="Både och", grade="blandad", work=make.WorkFactory(title="Verk"))
    make.SummaryFactory(title="Det hjälpte", grade="stark", work=make.WorkFactory(title="Två"))
    none_or_mixed = {"Ingen skillnad", "Det hjälpte inte", "Både och"}
    browse = library("effekt=ingen")
    assert {item.title for item in browse.items} == none_or_mixed
    assert counts(library(), "effekt") == {"ingen": 3}
    assert {item.title for item in library().items if item.null_result} == none_or_mixed
    for page in (null, of_null):
        assert "Studien fann ingen effekt" in client.get(page.url).content.decode()


def test_the_surest_come_first_where_asked_and_what_has_no_grade_last():
    for grade in ("blandad", "stark", "begransad", "mattlig"):
        work = make.WorkFactory(title=f"Verk {grade}")
        make.SummaryFactory(title=grade, grade=grade, work=work)
    titles = [item.title for item in library("sortera=styrka").items]
    assert titles[:4] == ["stark", "mattlig", "begransad", "blandad"]
    assert all(title.startswith("Verk") for title in titles[4:])
    assert len(titles) == 8


def test_all_are_shown_and_counted_in_words(shelf):
    assert library().sentence == "Fem poster"
    assert library("faktor=samverkan").sentence == "Tre av 5 poster"


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("typ=sammanfattning", {"En coach hjälpte"}),
        ("land=Norge", {"Frånvaron i Norge"}),
        ("sprak=no", {"Frånvaron i Norge"}),
        ("styrka=stark", {"En coach hjälpte"}),
        ("faktor=samverkan&typ=litteratur", {"Mentorer i Chicago", "Coacher"}),
        ("q=mentorer", {"Mentorer i Chicago"}),
        ("q=FRANVARO", {"Frånvaron i Norge", "Koll i tid"}),
        ("q=grannskapet", {"Koll i tid"}),
        ("q=frånvaron norge", {"Frånvaron i Norge"}),
        ("ar=2000&typ=litteratur&faktor=helhetssyn", {"Frånvaron i Norge", "Coacher"}),
    ],
)
def test_a_filter_gives_what_fits(shelf, query, titles):
    assert {item.title for item in library(query).items} == titles


@pytest.mark.parametrize("query", ["", "faktor=helhetssyn", "q=coach", "typ=litteratur&land=USA"])
def test_every_count_is_the_number_that_choosing_it_gives(shelf, query):
    browse = library(query)
    for found in browse.filters:
        name = found["facet"].name
        for option in found["options"]:
            params = QueryDict(query, mutable=True)
            params[name] = option.code
            assert browse_library(params).matching == option.count, (name, option)


@pytest.mark.parametrize("address", ["/forskning/", "/verktyg/", "/forskning/litteratur/"])
def test_a_bad_value_is_dropped_with_a_sentence(shelf, client, address):
    make.MethodFactory()
    spans = {"fran", "till"} if "forskning" in address else set()
    for query in GARBAGE:
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 200, query
        text = answer.content.decode()
        assert "<script>alert" not in text
        html5lib.HTMLParser(strict=True).parse(text)
        known = {each["facet"].name for each in answer.context["browse"].filters}
        if query.split("=")[0] in known | {"sida", "sortera"} | spans:
            assert 'class="notice"' in text, query


@pytest.mark.parametrize("query", ["\x00", "%00", "a" * 5000, "'\"\\%_", "😀 ☃", "( | & !"])
def test_a_strange_question_is_answered(shelf, client, query):
    make.ToolIndexFactory()
    assert client.get("/forskning/", {"q": query}).status_code == 200
    assert client.get("/verktyg/", {"q": query}).status_code == 200


def test_a_question_keeps_letters_and_digits_alone():
    assert clean_question("  elev, 10%\x00 <b>") == "elev 10 b"


@pytest.mark.parametrize(
    ("query", "years"),
    [
        ("fran=2005", {2009, 2015}),
        ("till=2009", {1998, 2009}),
        ("fran=1999&till=2010", {2009}),
        ("fran=2010&till=1999", {2009}),
        ("fran=2015&till=2015&ar=2010", {2015}),
        ("fran=2016", set()),
    ],
)
def test_the_years_are_chosen_from_and_to(query, years):
    for year in (1998, 2009, 2015):
        csl = {"type": "report", "title": f"Om {year}", "issued": {"date-parts": [[year]]}}
        make.WorkFactory(title=f"Om {year}", csl=csl)
    browse = library(query)
    assert {item.year for item in browse.items} == years
    assert browse.matching == len(years)
    if not years:
        assert [(way["what"], way["url"]) for way in browse.ways_out] == [("Från år", "?")]


def test_crossed_years_swap_places_and_say_so():
    browse = library("fran=2010&till=1999")
    assert [end["value"] for end in browse.span] == ["1999", "2010"]
    assert "bytt plats" in " ".join(browse.dropped)


def test_an_empty_result_says_which_choice_to_take_back(shelf):
    browse = library("land=Norge&styrka=stark")
    assert browse.matching == 0
    assert {(way["label"], way["count"]) for way in browse.ways_out} == {("Norge", 1), ("Stark", 1)}


def test_an_empty_library_answers(client):
    make.LibraryIndexFactory()
    answer = client.get("/forskning/")
    assert "Noll poster" in answer.content.decode()


def test_the_list_is_cut_into_pages_that_hold_everything_once(client):
    for _ in range(45):
        make.WorkFactory()
    seen = [item.pk for page in (1, 2, 3) for item in library(f"sida={page}&typ=litteratur").items]
    assert len(seen) == len(set(seen)) == 45
    assert library("sida=2&typ=litteratur").next_url == "?typ=litteratur&sida=3"
    assert library("sida=4").dropped


SWEDISH = ["adel", "Ebb", "Éclair", "”Man är elev”", "Zeta", "Åsa", "ärta", "Öl"]


@pytest.mark.parametrize("sort", ["titel", "nyast", "aldst", "namn", "styrka"])
def test_the_order_is_swedish(sort):
    for title in reversed(SWEDISH):
        make.WorkFactory(title=title)
    assert [item.title for item in library(f"sortera={sort}").items] == SWEDISH


def test_authors_are_in_swedish_order():
    for name in ("Öberg", "Zetter", "Åberg", "de Witte", "Ärlig"):
        csl = {"type": "report", "title": "x", "author": [{"family": name}]}
        make.WorkFactory(csl=csl)
    names = [item.who for item in library("sortera=namn").items]
    assert names == ["de Witte", "Zetter", "Åberg", "Ärlig", "Öberg"]


def test_tools_and_labels_are_in_swedish_order():
    for title in reversed(SWEDISH):
        make.MethodFactory(title=title, factors=[make.FactorFactory(title=title)])
    browse = browse_tools(QueryDict("sortera=titel"))
    assert [tool.title for tool in browse.items] == SWEDISH
    assert [option.label for option in browse.filters[1]["options"]] == SWEDISH


def test_the_list_gives_what_its_counts_say(shelf):
    """The counts are read apart from the entries; both follow the same rules."""
    for query in ("", "faktor=samverkan", "q=coach&typ=sammanfattning", "ar=2000"):
        browse = library(query)
        assert len(browse.items) == browse.matching


def test_two_thousand_works_cost_as_many_queries_as_two(client, django_assert_num_queries):
    shelf = {"factors": [make.FactorFactory()], "subjects": [make.SubjectFactory()]}
    work = make.WorkFactory(risk_factors=[make.RiskFactorFactory()], **shelf)
    summary = make.SummaryFactory(work=work, **shelf)
    few = len(queries_of(client, "/forskning/"))
    copies(work, 1999)
    copies(summary, 499)
    for query in ("", "?sida=125", "?q=studie&typ=litteratur&fran=1990&sortera=namn"):
        client.get(f"/forskning/{query}")
        with django_assert_num_queries(few):
            answer = client.get(f"/forskning/{query}")
        browse = answer.context["browse"]
        assert (browse.total, len(browse.items)) == (2500, 20)
    assert library().pages == 125
    assert counts(library(), "typ") == {"litteratur": 2000, "sammanfattning": 500}
    assert counts(library(), "amne") == {shelf["subjects"][0].slug: 2500}


def test_what_is_not_live_or_is_private_is_in_no_list(shelf):
    from wagtail.models import PageViewRestriction

    make.WorkFactory(title="Utkast", live=False)
    hidden = make.SummaryIndexFactory()
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    titles = {item.title for item in library().items}
    assert "Utkast" not in titles
    assert "En coach hjälpte" not in titles
    assert len(titles) == 4


def test_tools_are_filtered_by_role_level_prevention_and_factor():
    factor = make.FactorFactory(slug="samverkan")
    make.MethodFactory(title="En", roles=["mentor", "kaa"], levels=["kommun"], factors=[factor])
    make.ChecklistFactory(title="Två", roles=["kurator"], prevention=["framjande"])

    def titles(text):
        return [tool.title for tool in browse_tools(QueryDict(text)).items]

    assert titles("roll=kaa") == titles("niva=kommun") == titles("faktor=samverkan") == ["En"]
    assert titles("forebyggande=framjande") == titles("typ=checklista") == ["Två"]
    assert counts(browse_tools(QueryDict("roll=kaa")), "typ") == {"checklista": 0, "metod": 1}


def test_tools_are_found_by_words_without_their_diacritics_and_the_last_reviewed_come_first():
    for title, day in (("Äldre åtgärder", date(2025, 1, 2)), ("Nyare åtgärd", date(2026, 3, 4))):
        make.MethodFactory(title=title, last_reviewed=day)
    make.MethodFactory(title="Åtgärd utan dag")
    make.MethodFactory(title="Något annat", last_reviewed=date(2026, 5, 6))
    found = browse_tools(QueryDict("q=atgard&sortera=nyast"))
    titles = [tool.title for tool in found.items]
    assert titles == ["Nyare åtgärd", "Äldre åtgärder", "Åtgärd utan dag"]
