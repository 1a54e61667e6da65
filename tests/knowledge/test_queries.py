"""How many queries each kind of page costs: twelve at most, and the same for few and many."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.db.models import Q
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


def many(page, size):
    """The page and copies of it, ``size`` in all."""
    copies(page, size - 1)
    same = Q(pk=page.pk) | Q(slug__startswith=f"{page.slug}-")
    pages = list(type(page).objects.filter(same))
    assert len(pages) == size
    return pages


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
    advised(size)
    return make.FactorIndexFactory().url


def advised(size):
    """Factors with a piece of advice each."""
    factors = many(make.FactorFactory(), size)
    advice = [make.GuidanceFactory.build(page=each) for each in factors]
    models.GuidanceItem.objects.bulk_create(advice)


def method(size):
    factors = many(make.FactorFactory(), size)
    page = make.MethodFactory(
        parent=factors[0], factors=factors, works=many(make.WorkFactory(), size)
    )
    steps = [models.MethodStep(page=page, heading=f"Steg {number}") for number in range(size)]
    models.MethodStep.objects.bulk_create(steps)
    return page.url


def checklist(size):
    factors = many(make.FactorFactory(), size)
    works = many(make.WorkFactory(), size)
    return make.ChecklistFactory(parent=factors[0], factors=factors, works=works).url


def questionnaire(size):
    factors = many(make.FactorFactory(), size)
    works = many(make.WorkFactory(), size)
    return make.QuestionnaireFactory(parent=factors[0], factors=factors, works=works).url


def tools(size):
    many(make.MethodFactory(factors=[make.FactorFactory()], levels=["individ"]), size)
    return "/verktyg/"


def advice(size):
    advised(size)
    tools(size)
    return f"{make.FactorIndexFactory().url}rad/"


def library(size):
    many(make.SummaryFactory(**_sorting(1)), size)
    many(make.LectureFactory(), size)
    return "/forskning/"


def _sorting(size):
    return {
        "factors": many(make.FactorFactory(), size),
        "risk_factors": [make.RiskFactorFactory() for _ in range(size)],
        "subjects": [make.SubjectFactory() for _ in range(size)],
    }


def literature_index(size):
    many(make.WorkFactory(), size)
    return "/forskning/litteratur/"


def work(size):
    page = make.WorkFactory(**_sorting(size))
    many(make.SummaryFactory(work=page), size)
    many(make.LectureFactory(works=[page]), size)
    many(make.MethodFactory(works=[page]), size)
    return page.url


def summary(size):
    return make.SummaryFactory(**_sorting(size)).url


def lecture(size):
    slides = SiteDocument.objects.create(title="Bilder", file=ContentFile(b"%PDF", "b.pdf"))
    works = many(make.WorkFactory(), size)
    page = make.LectureFactory(works=works, slides=slides, **_sorting(size))
    for number in range(size):
        film = make.MediaFactory()
        models.LectureQuality.objects.create(page=page, name=f"{number}p", media=film)
        models.LectureChapter.objects.create(page=page, at=number, title="Kapitel")
    return page.url


def risk_factor(size):
    risk = make.RiskFactorFactory()
    works = many(make.WorkFactory(), size)
    facts = [models.RiskFactorFact(risk_factor=risk, text="Så.", work=each) for each in works]
    models.RiskFactorFact.objects.bulk_create(facts)
    many(make.SummaryFactory(risk_factors=[risk]), size)
    risk.works, risk.factors = works, many(make.FactorFactory(), size)
    risk.save()
    return risk.get_absolute_url()


def risk_factors(size):
    for _ in range(size):
        make.RiskFactorFactory()
    return "/riskfaktorer/"


def subject(size):
    found = make.SubjectFactory()
    many(make.SummaryFactory(subjects=[found]), size)
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


@pytest.mark.parametrize("size", [12, pytest.param(300, marks=pytest.mark.full)])
@pytest.mark.parametrize(("build", "queries"), CASES)
def test_a_page_costs_the_named_queries_and_no_more_for_many(client, build, queries, size):
    few = queries_of(client, build(3))
    # Where the case studies have no table yet, their lists cost nothing.
    if not hasattr(models.FactorPage, "case_studies"):
        queries = [query for query in queries if query != "case studies"]
    assert len(few) == len(queries) <= 12, few
    models.LibraryItem.objects.all().delete()
    asked = queries_of(client, build(size))
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
