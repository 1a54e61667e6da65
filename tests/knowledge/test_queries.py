"""How many queries each kind of page costs: twelve at most, and the same for few and many."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge import models
from pluginnovation.core.models import SiteDocument, SiteImage

from . import factories as make
from .many import copies

pytestmark = pytest.mark.django_db
EMPTY_DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 6 3"/>'

# Before any page shows something of its own, Wagtail's way to it costs:
WAY = [
    "the site",
    "the locale",
    "the home page",
    "all pages on the way down, by their addresses",
    "the page itself",
    "restrictions on it and above it",
]


def factor(size):
    page = make.FactorFactory()
    work = make.WorkFactory(factors=[page])
    tool = make.MethodFactory(parent=page, factors=[page])
    for each in (work, tool, make.SummaryFactory(work=work, factors=[page])):
        copies(each, size - 1)
    works = list(models.LiteraturePage.objects.filter(factors=page))
    lines = [models.FactorResearch(page=page, work=each, line="Så här.") for each in works]
    models.FactorResearch.objects.bulk_create(lines)
    advice = [
        make.GuidanceFactory.build(page=page, level=level)
        for level in ("individ", "kommun")
        for _ in range(size)
    ]
    models.GuidanceItem.objects.bulk_create(advice)
    # Each names a dozen: if all named all, hundreds would be hundreds of thousands of links.
    cites = models.GuidanceItem.works.through
    named = [
        cites(guidanceitem=item, literaturepage=each) for item in advice for each in works[:12]
    ]
    cites.objects.bulk_create(named)
    assert (len(works), page.guidance.count()) == (size, 2 * size)
    return page.url


def factor_index(size):
    for _ in range(size):
        make.GuidanceFactory()
    return make.FactorIndexFactory().url


def method(size):
    factors = [make.FactorFactory() for _ in range(size)]
    page = make.MethodFactory(
        parent=factors[0], factors=factors, works=[make.WorkFactory() for _ in range(size)]
    )
    for number in range(size):
        models.MethodStep.objects.create(page=page, heading=f"Steg {number}")
    return page.url


def checklist(size):
    factors = [make.FactorFactory() for _ in range(size)]
    works = [make.WorkFactory() for _ in range(size)]
    return make.ChecklistFactory(parent=factors[0], factors=factors, works=works).url


def questionnaire(size):
    factors = [make.FactorFactory() for _ in range(size)]
    works = [make.WorkFactory() for _ in range(size)]
    return make.QuestionnaireFactory(parent=factors[0], factors=factors, works=works).url


def tools(size):
    for _ in range(size):
        make.MethodFactory(factors=[make.FactorFactory()], levels=["individ"])
    return "/verktyg/"


def advice(size):
    for _ in range(size):
        make.GuidanceFactory()
        make.MethodFactory(factors=[make.FactorFactory()], levels=["individ"])
    return f"{make.FactorIndexFactory().url}rad/"


def library(size):
    for _ in range(size):
        make.SummaryFactory(**_sorting(1))
        make.LectureFactory()
    return "/forskning/"


def _sorting(size):
    return {
        "factors": [make.FactorFactory() for _ in range(size)],
        "risk_factors": [make.RiskFactorFactory() for _ in range(size)],
        "subjects": [make.SubjectFactory() for _ in range(size)],
    }


def literature_index(size):
    for _ in range(size):
        make.WorkFactory()
    return "/forskning/litteratur/"


def work(size):
    page = make.WorkFactory(**_sorting(size))
    for _ in range(size):
        make.SummaryFactory(work=page)
        make.LectureFactory(works=[page])
        make.MethodFactory(works=[page])
    return page.url


def summary(size):
    return make.SummaryFactory(**_sorting(size)).url


def lecture(size):
    slides = SiteDocument.objects.create(title="Bilder", file=ContentFile(b"%PDF", "b.pdf"))
    works = [make.WorkFactory() for _ in range(size)]
    page = make.LectureFactory(works=works, slides=slides, **_sorting(size))
    for number in range(size):
        film = make.MediaFactory()
        models.LectureQuality.objects.create(page=page, name=f"{number}p", media=film)
        models.LectureChapter.objects.create(page=page, at=number, title="Kapitel")
    return page.url


def risk_factor(size):
    risk = make.RiskFactorFactory()
    works = [make.WorkFactory() for _ in range(size)]
    for one in works:
        models.RiskFactorFact.objects.create(risk_factor=risk, text="Så.", work=one)
        make.SummaryFactory(risk_factors=[risk])
    risk.works, risk.factors = works, [make.FactorFactory() for _ in range(size)]
    risk.save()
    return risk.get_absolute_url()


def risk_factors(size):
    for _ in range(size):
        make.RiskFactorFactory()
    return "/riskfaktorer/"


def subject(size):
    found = make.SubjectFactory()
    for _ in range(size):
        make.SummaryFactory(subjects=[found])
    return found.get_absolute_url()


def subjects(size):
    for _ in range(size):
        make.SummaryFactory(subjects=[make.SubjectFactory()])
    return "/amnen/"


SORTED = ["its factors", "its risk factors and subjects"]
COSTS = [
    (
        factor,
        [*WAY, "guidance", "its works", "tools", "case studies", "library", "lines on research"],
    ),
    (factor_index, [*WAY, "the factors", "their guidance"]),
    (method, [*WAY, "factors", "files", "steps", "case studies", "works"]),
    (checklist, [*WAY, "factors", "files", "case studies", "works"]),
    (questionnaire, [*WAY, "factors", "files", "case studies", "works"]),
    (tools, [*WAY, "tools with factors"]),
    (advice, [*WAY, "guidance with factors", "tools with factors"]),
    (library, [*WAY, "what entries can be filtered by", "the entries of the page"]),
    (literature_index, [*WAY, "what entries can be filtered by", "the entries of the page"]),
    (work, [*WAY, *SORTED, "pages that use it"]),
    (summary, [*WAY, *SORTED, "the study", "the rule of evidence", "the cases"]),
    (
        lecture,
        [*WAY, *SORTED, "the film in all qualities", "slides", "chapters", "works and cases"],
    ),
    (risk_factor, ["itself", "facts with works", "works", "factors", "library"]),
    (risk_factors, ["all of them"]),
    (subject, ["itself", "what entries can be filtered by", "the newest entries"]),
    (subjects, ["all of them with their numbers"]),
]
CASES = [pytest.param(*case, id=case[0].__name__) for case in COSTS]


def queries_of(client, url):
    """The queries of a second visit: what a process keeps is kept then."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as seen:
        client.get(url)
    return [query["sql"] for query in seen.captured_queries]


@pytest.mark.parametrize("many", [12, pytest.param(300, marks=pytest.mark.full)])
@pytest.mark.parametrize(("build", "queries"), CASES)
def test_a_page_costs_the_named_queries_and_no_more_for_many(client, build, queries, many):
    few = queries_of(client, build(3))
    # Where the case studies have no table yet, their lists cost nothing.
    if not hasattr(models.FactorPage, "case_studies"):
        queries = [query for query in queries if query != "case studies"]
    assert len(few) == len(queries) <= 12, few
    models.LibraryItem.objects.all().delete()
    asked = queries_of(client, build(many))
    assert len(asked) == len(few), asked


@pytest.mark.parametrize(
    "build", [make.FactorFactory, make.MethodFactory, make.SummaryFactory, make.RiskFactorFactory]
)
def test_a_picture_costs_one_query_and_none_where_there_is_advice(client, build):
    page = build()
    if isinstance(page, models.FactorPage):
        make.GuidanceFactory(page=page)
    url = page.get_absolute_url() if isinstance(page, models.RiskFactor) else page.url
    without = len(queries_of(client, url))
    drawing = ContentFile(EMPTY_DRAWING, "a.svg")
    page.illustration = SiteImage.objects.create(title="B", description="Ord", file=drawing)
    page.save()
    more = 0 if isinstance(page, models.FactorPage) else 1
    assert len(queries_of(client, url)) == without + more
    assert 'alt="Ord"' in client.get(url).content.decode()
