"""The list of cases: filters, counts, sorting, pages, and what is asked wrongly."""

import html5lib
import pytest
from django.http import QueryDict
from django.test import TestCase
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from casestudies.case_index import region_code
from casestudies.listing import FACETS, SORTS
from casestudies.listing import browse_cases as browse_and_index
from pluginnovation.core.models import Municipality

from . import factories as make

NAMES = [facet.name for facet in FACETS]


def browse_cases(params):
    return browse_and_index(params)[0]


def some_cases():
    """Eight cases that differ in every facet."""
    factors = [make.FactorFactory(slug=slug) for slug in ("flexibilitet", "samverkan")]
    places = list(Municipality.objects.in_goteborg_region()[:3])
    for n in range(8):
        case = make.CaseFactory(
            title=f"Fall {'ÅÄÖABCDE'[n]}",
            levels=["individ", "kommun"][: 1 + n % 2],
            prevention=[("framjande", "forebyggande", "atgardande")[n % 3]],
            target_groups=[("nyanlanda", "hog-franvaro")[n % 2]],
            measured=["narvaro"] if n % 4 == 0 else [],
            region=("Jämtland", "Kalmar–södra Småland", "")[n % 3],
            programme=("plug-in", "plug-in-2", "narliggande")[n % 3],
        )
        case.factors.set(factors[: n % 3])
        case.municipalities.set(places[: n % 4])
        case.save()
        if n % 2:
            make.ReportFactory(case=case)


class TestTheList(TestCase):
    @classmethod
    def setUpTestData(cls):
        some_cases()

    def browse(self, query=""):
        return browse_cases(QueryDict(query))

    def test_the_number_beside_an_option_is_the_number_of_cases_it_gives(self):
        for start in ("", "niva=kommun", "malgrupp=nyanlanda&forebyggande=framjande"):
            for shown in self.browse(start).filters:
                for option in shown["options"]:
                    asked = QueryDict(start, mutable=True)
                    asked[shown["facet"].name] = option.code
                    answer = browse_cases(asked)
                    assert answer.matching == option.count == len(answer.items), asked
                    assert answer.dropped == []

    def test_every_facet_has_options(self):
        assert all(shown["options"] for shown in self.browse().filters)

    def test_all_are_shown_without_choices(self):
        answer = self.browse()
        assert answer.sentence == "Åtta fallstudier"
        assert len(answer.items) == 8

    def test_evaluated_cases_are_those_with_a_published_report(self):
        answer = self.browse("utvardering=ja")
        assert {item.is_evaluated for item in answer.items} == {True}
        assert answer.sentence == "Fyra av 8 fallstudier"

    def test_a_draft_report_does_not_make_a_case_evaluated(self):
        case = self.browse("utvardering=nej").items[0]
        make.ReportFactory(case=case, live=False)
        assert self.browse("utvardering=ja").matching == 4

    def test_a_region_is_found_by_the_code_of_its_name(self):
        assert region_code("Kalmar–södra Småland") == "kalmar-sodra-smaland"
        regions = {item.region for item in self.browse("region=kalmar-sodra-smaland").items}
        assert regions == {"Kalmar–södra Småland"}

    def test_words_are_sought_in_title_and_municipality(self):
        place = Municipality.objects.in_goteborg_region()[0]
        assert self.browse(f"q={place.name}").matching == 6
        made = make.CaseFactory(title="Coachning på Österskolan")
        assert [item.pk for item in self.browse("q=COACHNING+österskolan").items] == [made.pk]

    def test_words_are_sought_in_the_whole_text_whatever_their_form(self):
        made = make.CaseFactory(advice="<p>Låt mentorerna äta <b>frukost</b> med eleven. [S1]</p>")
        for words in ("frukost", "FRUKOST mentorerna", "mentorer", "fall frukost"):
            assert [item.pk for item in self.browse(f"q={words}").items] == [made.pk], words
        assert self.browse("q=frukost+lunch").matching == 0

    def test_cases_without_a_known_municipality_can_be_asked_for(self):
        found = self.browse("kommun=okand")
        assert found.matching == len(found.items) == 2
        assert {item.place for item in found.items} <= {"Jämtland", "Kalmar–södra Småland"}

    def test_the_latest_work_can_come_first(self):
        make.CaseFactory(title="Gammalt", started=2012, ended=2013)
        make.CaseFactory(title="Nytt", started=2017)
        titles = [item.title for item in self.browse("sortera=ar").items]
        assert titles[:2] == ["Nytt", "Gammalt"]
        assert len(titles) == 10

    def test_an_empty_answer_says_which_choice_to_drop_and_what_that_gives(self):
        answer = self.browse("malgrupp=nyanlanda&utvardering=ja")
        assert answer.items == []
        assert {way["what"]: way["count"] for way in answer.ways_out} == {
            "Målgrupp": 4,
            "Utvärdering": 4,
        }

    def test_each_choice_can_be_taken_away_by_a_link(self):
        response = self.client.get("/fallstudier/?niva=kommun&projekt=plug-in")
        self.assertContains(response, 'href="?niva=kommun"')
        self.assertContains(response, 'href="?projekt=plug-in"')

    def test_a_value_that_is_not_known_is_dropped_with_a_sentence(self):
        response = self.client.get("/fallstudier/?kommun=9999&sida=77&visning=3d")
        self.assertContains(response, "”9999” finns inte för kommun")
        self.assertContains(response, "Sidan ”77” finns inte")
        self.assertContains(response, "Visningen ”3d” finns inte")
        self.assertContains(response, "Åtta fallstudier")

    def test_titles_are_sorted_and_the_newest_can_come_first(self):
        assert list(SORTS) == ["titel", "ar", "senast"]
        titles = [item.title for item in self.browse("sortera=titel").items]
        assert titles == [f"Fall {letter}" for letter in "ABCDEÅÄÖ"]

    def test_an_unpublished_case_is_nowhere(self):
        case = self.browse().items[0]
        case.live = False
        case.save()
        assert self.browse().matching == 7
        response = self.client.get("/fallstudier/?visning=resultat")
        self.assertNotContains(response, case.title)


class TestGarbage(HypothesisTestCase):
    @classmethod
    def setUpTestData(cls):
        some_cases()

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from([*NAMES, "q", "sida", "sortera", "visning", "jamfor"]),
                st.one_of(
                    st.text(max_size=20),
                    st.sampled_from(["fall-1", "resultat", "karta", "okand", "\x00"]),
                ),
            ),
            max_size=6,
        )
    )
    def test_any_query_string_is_answered_with_a_page(self, pairs):
        asked = {}
        for name, value in pairs:
            asked.setdefault(name, []).append(value)
        response = self.client.get("/fallstudier/", asked)
        assert response.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "view", ["", "?visning=resultat", "?niva=individ&utvardering=ja", "?visning=karta"]
)
def test_the_views_are_valid_html_also_without_any_case(client, view):
    make.CaseIndexFactory()
    response = client.get(f"/fallstudier/{view}")
    assert response.status_code == 200
    html5lib.HTMLParser(strict=True).parse(response.content.decode())
