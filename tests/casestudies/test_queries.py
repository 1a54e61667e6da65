"""How many queries each kind of page costs: twelve at most, and the same for 3 cases and 300."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images.tests.utils import get_test_image_file

from casestudies.models import CaseSource, CaseStudyPage, EvaluationAnswer, EvaluationReport
from knowledge.models import GuidanceItem
from pluginnovation.core.models import Municipality, SiteImage
from tests.knowledge.many import copies
from tests.knowledge.test_queries import WAY

from . import factories as make
from .test_pages import full_case

pytestmark = pytest.mark.django_db


def the_list(size):
    """So many cases with the factors, places, guidance and report of the first."""
    first = full_case()
    copies(first, size - 1)
    given = first.reports.get()
    others = CaseStudyPage.objects.exclude(pk=first.pk)
    reports = EvaluationReport.objects.bulk_create(
        EvaluationReport(case=case, form=given.form, live=True) for case in others
    )
    _answer_alike(given, reports)
    return "/fallstudier/"


def results(size):
    return the_list(size) + "?visning=resultat"


def the_map(size):
    return the_list(size) + "?visning=karta"


def a_search(size):
    return the_list(size) + "?q=hem&niva=individ&sortera=ar"


def comparison(size):
    address, slugs = the_list(size), CaseStudyPage.objects.values_list("slug", flat=True)
    return f"{address}?" + "&".join(f"jamfor={slug}" for slug in slugs[:2])


def case(size):
    """A case with so many of everything that a case leads to."""
    case = full_case(keys=[])
    CaseSource.objects.bulk_create(
        CaseSource(case=case, key=f"S{n}", title=f"Källa {n}", sort_order=n) for n in range(size)
    )
    advice = case.guidance.get()
    for relation in (case.factors, case.tools, case.works):
        copies(relation.get(), size - 1)
        relation.set(relation.model.objects.exclude(pk=advice.page_id))
    GuidanceItem.objects.bulk_create(
        GuidanceItem(page=advice.page, level="individ", heading=f"Råd {n}", slug=f"rad-{n}")
        for n in range(1, size)
    )
    case.guidance.set(GuidanceItem.objects.all())
    places = Municipality.objects.order_by("code")[: min(size, 290)]  # there are no more
    case.municipalities.set(places)
    case.image = SiteImage.objects.create(title="Bild", file=get_test_image_file())
    case.save()
    related = (case.factors, case.tools, case.works, case.guidance, case.sources)
    assert {relation.count() for relation in related} == {size}
    return case.url


def lecture(size):
    """A lecture that so many cases and works lead to."""
    page = make.LectureFactory(works=[make.WorkFactory() for _ in range(min(size, 30))])
    first = full_case()
    first.works.set([page])
    first.save()
    copies(first, size - 1)
    assert page.case_studies.count() == size
    return page.url


def evaluation(size):
    """A case with so many reports, each with an answer."""
    case = full_case()
    first = case.reports.get()
    reports = EvaluationReport.objects.bulk_create(
        EvaluationReport(case=case, form=first.form, live=True) for _ in range(size - 1)
    )
    _answer_alike(first, reports)
    return f"{case.url}utvardering/"


def _answer_alike(given, reports):
    EvaluationAnswer.objects.bulk_create(
        EvaluationAnswer(report=report, question=answer.question, step=answer.step)
        for report in reports
        for answer in given.answers.all()
    )


PAGES = [
    (
        the_list,
        [
            *WAY,
            "what all cases can be filtered by, with their places and factors",
            "the cases of this page of the list",
        ],
    ),
    (the_map, [*WAY, "what all cases can be filtered by, with their places and factors"]),
    (
        a_search,
        [
            *WAY,
            "what all cases can be filtered by, with their places and factors",
            "the cases that have the words",
            "the cases of this page of the list",
        ],
    ),
    (
        results,
        [
            *WAY,
            "what all cases can be filtered by, with their places and factors",
            "the reports with their cases",
            "their answers with the chosen steps",
            "the questions with the steps of their scales",
        ],
    ),
    (
        comparison,
        [
            *WAY,
            "the cases",
            "their municipalities",
            "their factors",
            "the reports",
            "their answers with the chosen steps",
            "the questions with the steps of their scales",
        ],
    ),
    (
        case,
        [
            *WAY,
            "the sources",
            "the factors, tools and library entries",
            "the guidance with its factors",
            "the municipalities",
            "the reports with their forms",
            "the picture, whose sizes are in the cache",
        ],
    ),
    (
        lecture,
        [
            *WAY,
            "its factors",
            "its risk factors and subjects",
            "the film in all qualities",
            "the chapters",
            "the works and the cases",
        ],
    ),
    (
        evaluation,
        [
            *WAY,
            "the reports with their forms",
            "the sources",
            "the answers with the chosen steps",
            "the questions with the steps of their scales",
            "the municipalities",
        ],
    ),
]


def count(client, address):
    client.get(address)  # content types, site roots and picture sizes are known from here on
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize(("build", "names"), PAGES, ids=[build.__name__ for build, _ in PAGES])
@pytest.mark.parametrize("size", [3, 300])
def test_a_page_costs_the_queries_that_are_named_here(client, build, names, size):
    assert count(client, build(size)) == len(names) <= 12
