"""Guidance and tools in one list, filtered by factor, level, role and prevention level."""

import pytest

from knowledge.advice_list import browse_advice

from . import factories as make

pytestmark = pytest.mark.django_db
ADDRESS = "/framgangsfaktorer/rad/"


@pytest.fixture
def content():
    near = make.FactorFactory(title="Positiva relationer", slug="relationer")
    far = make.FactorFactory(title="Samverkan", slug="samverkan")
    make.GuidanceFactory(
        page=far, heading="Ring varandra", level="kommun", roles=["kaa"], prevention=["atgardande"]
    )
    make.GuidanceFactory(
        page=near, heading="Säg hej", body="<p>Vid dörren. Varje dag.</p>", roles=["mentor"]
    )
    make.MethodFactory(
        title="Mentorssamtal", factors=[near], levels=["individ"], roles=["mentor", "kurator"]
    )
    make.ChecklistFactory(title="Överlämning", factors=[near, far], levels=["organisation"])


def titles(query=""):
    from django.http import QueryDict

    return [item.title for item in browse_advice(QueryDict(query)).items]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Säg hej", "Ring varandra", "Mentorssamtal", "Överlämning"]),
        ("sortera=titel", ["Mentorssamtal", "Ring varandra", "Säg hej", "Överlämning"]),
        ("faktor=samverkan", ["Ring varandra", "Överlämning"]),
        ("niva=individ", ["Säg hej", "Mentorssamtal"]),
        ("roll=mentor", ["Säg hej", "Mentorssamtal"]),
        ("roll=mentor&typ=rad", ["Säg hej"]),
        ("forebyggande=atgardande", ["Ring varandra"]),
        ("typ=checklista", ["Överlämning"]),
        ("q=dörren", ["Säg hej"]),
        ("faktor=samverkan&roll=mentor", []),
    ],
)
def test_the_list_shows_what_fits_all_choices(content, query, expected):
    assert titles(query) == expected


def test_each_option_counts_what_it_would_give_beside_the_other_choices(content):
    from django.http import QueryDict

    made = browse_advice(QueryDict("roll=mentor"))
    counts = {f["facet"].name: {o.code: o.count for o in f["options"]} for f in made.filters}
    assert counts["niva"] == {"individ": 2, "kommun": 0, "organisation": 0}
    assert counts["roll"] == {"kaa": 1, "kurator": 1, "mentor": 2}
    assert counts["typ"] == {"checklista": 0, "metod": 1, "rad": 1}


def test_the_page_leads_to_each_piece_of_advice_and_helps_where_there_is_none(client, content):
    html = client.get(ADDRESS).content.decode()
    assert "#rad-" in html and "Vid dörren." in html and "Varje dag." not in html
    empty = client.get(f"{ADDRESS}?faktor=samverkan&roll=mentor").content.decode()
    assert "Inget passar alla val" in empty and "Ta bort" in empty


def test_bad_values_are_dropped_with_a_sentence(client, content):
    response = client.get(f"{ADDRESS}?niva=rymden&roll=%00&sida=99&sortera=<b>")
    assert response.status_code == 200
    html = response.content.decode()
    assert "rymden” finns inte för nivå" in html and "<b>” finns" not in html


def test_unpublished_factors_and_tools_are_not_listed(content):
    from knowledge.models import FactorPage, ToolPage

    FactorPage.objects.get(slug="relationer").unpublish()
    ToolPage.objects.get(title="Överlämning").specific.unpublish()
    assert titles() == ["Ring varandra", "Mentorssamtal"]


def test_every_cell_of_the_matrix_leads_to_its_guidance(client, content):
    html = client.get("/framgangsfaktorer/").content.decode()
    assert 'href="/framgangsfaktorer/rad/?faktor=samverkan&amp;niva=kommun"' in html
    assert titles("faktor=samverkan&niva=kommun") == ["Ring varandra"]
