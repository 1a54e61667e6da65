"""Cases side by side, and what all of them answered."""

import html5lib
import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from casestudies.models import CaseStudyPage
from casestudies.results import results
from casestudies.views import chosen_view, index_context

from . import factories as make

LABELS = ["Ökat", "Oförändrat", "Har ej mätt"]


@pytest.mark.django_db
class TestSideBySide:
    def compare(self, client, *slugs):
        response = client.get("/fallstudier/", {"jamfor": slugs})
        assert response.status_code == 200
        text = response.content.decode()
        html5lib.HTMLParser(strict=True).parse(text)
        return text

    def test_two_cases_stand_side_by_side_with_their_answers_and_without_keys(self, client):
        first = make.CaseFactory(title="Ett", goal="<p>Fler kvar. [S1]</p>")
        second = make.CaseFactory(title="Två")
        make.ReportFactory(case=first, said={"Q1": "Ökat"})
        text = self.compare(client, first.slug, second.slug)
        for part in ("Ett", "Två", "Fler kvar.", "Framgår inte", "Ökat"):
            assert part in text
        assert "Ingen rapport med den frågan" in text
        assert "[S1]" not in text

    def test_figures_of_texts_and_of_reports_stand_in_groups_of_their_own(self, client):
        told = make.CaseFactory(result="<p>Frånvaron sjönk med 17 procent. [S1]</p>")
        counted = make.CaseFactory(result="")
        make.ReportFactory(case=counted, participants_total=23, said={"Q1": "Ökat"})
        text = self.compare(client, told.slug, counted.slug)
        _, texts, reports = text.split("<tbody>")[1:]
        assert "17 procent" in texts and "23" not in texts
        assert "23" in reports and "Ökat" in reports and "17 procent" not in reports
        assert 'scope="rowgroup"' in texts and 'scope="rowgroup"' in reports
        assert "Ingen rapport" in reports

    def test_the_order_is_the_one_that_was_asked_for(self, client):
        one, two = make.CaseFactory(), make.CaseFactory()
        asked = QueryDict(f"jamfor={two.slug}&jamfor={one.slug}&jamfor={two.slug}")
        assert [c.pk for c in index_context(asked)["compared"]["cases"]] == [two.pk, one.pk]

    def test_unknown_ones_and_a_fifth_are_left_out_with_a_sentence(self, client):
        slugs = [make.CaseFactory().slug for _ in range(5)]
        text = self.compare(client, *slugs, "finns-inte")
        assert "”finns-inte” finns inte bland fallstudierna." in text
        assert "Högst fyra" in text

    def test_one_alone_is_not_compared(self, client):
        make.CaseFactory(slug="ensam")
        assert chosen_view(QueryDict("jamfor=ensam")) == "lista"
        assert "Välj minst två" in self.compare(client, "ensam")


@pytest.mark.django_db
def test_the_results_follow_the_filters_and_name_the_cases(client):
    chosen = make.CaseFactory(title="Vald", target_groups=["nyanlanda"])
    other = make.CaseFactory(title="Annan", target_groups=["personal"])
    form = make.FormFactory()
    for case in (chosen, other):
        make.ReportFactory(case=case, form=form, said={"Q1": "Ökat"})
    text = client.get("/fallstudier/?visning=resultat&malgrupp=nyanlanda").content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    assert "Vald" in text
    assert "Annan" not in text
    assert "1 rapport från 1 fallstudie" in " ".join(text.split())


class TestSums(TestCase):
    @settings(max_examples=20, deadline=None)
    @given(st.lists(st.sampled_from([*LABELS, None]), max_size=7))
    def test_answers_and_gaps_add_up_to_the_reports_that_were_asked(self, said):
        form = make.FormFactory()
        for label in said:
            make.ReportFactory(form=form, said={"Q1": label} if label else {})
        answer = results(CaseStudyPage.objects.values("pk"))
        assert answer["reports"] == answer["cases"] == len(said)
        assert len(answer["questions"]) == (1 if said else 0)
        for row in answer["questions"]:
            counts = {step["label"]: step["count"] for step in row["steps"]}
            assert counts == {label: said.count(label) for label in LABELS}
            assert row["answered"] == sum(counts.values())
            assert row["answered"] + row["missing"] == row["asked"] == len(said)
            assert all(len(step["cases"]) == step["count"] for step in row["steps"])
