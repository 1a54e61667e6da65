"""What the case studies can be filtered by, in one query that is put together once.

Each row is one published case with its codes; names of places and factors come beside their
codes, so that the list needs no further look-up to show them.
"""

from copy import copy
from functools import lru_cache
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Concat
from django.utils.text import slugify

from knowledge.browse import words_query
from knowledge.choices import Level, Prevention, TargetGroup
from knowledge.facets import Index, Indexed
from knowledge.models import FactorPage
from knowledge.visible import published
from pluginnovation.core.generation import kept_in_process
from pluginnovation.core.models import Municipality

from .choices import Measured, Programme
from .models import CaseStudyPage, EvaluationReport

BETWEEN = "\t"
# The option of the municipality filter that stands for cases without one.
UNKNOWN = "okand"
NO_MUNICIPALITY = (UNKNOWN, "Kommunen är inte känd")
REPORTED = {True: ("ja", "Med utvärderingsrapport"), False: ("nej", "Utan rapport")}
# Facet: the list of codes that the case holds, and the words for them.
CODED = {
    "malgrupp": ("target_groups", dict(TargetGroup.choices)),
    "niva": ("levels", dict(Level.choices)),
    "forebyggande": ("prevention", dict(Prevention.choices)),
    "matt": ("measured", dict(Measured.choices)),
}
PROGRAMMES = dict(Programme.choices)
FACETS = (*CODED, "faktor", "kommun", "region", "projekt", "utvardering")


class CaseIndex(NamedTuple):
    """What can be filtered by, and for each case its options by facet: pairs of code and name."""

    index: Index
    cases: dict[int, dict[str, list[tuple[str, str]]]]


def region_code(region: str) -> str:
    """``Kalmar–södra Småland`` as ``kalmar-sodra-smaland``."""
    return slugify(region.replace("–", "-"))


def reported() -> Exists:
    """Whether the case has a published report."""
    return Exists(EvaluationReport.objects.filter(case=OuterRef("pk"), live=True))


def case_index(question: str, order: tuple) -> CaseIndex:
    """The published cases in ``order``; a question costs one query more."""
    whole = _whole_index(order)
    if not question:
        return whole
    index = copy(whole.index)
    index.found = _found(question) & index.all
    return whole._replace(index=index)


@kept_in_process(8)
def _whole_index(order: tuple) -> CaseIndex:
    sql, params = _statement(order)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        cases = {row[0]: _options(row) for row in cursor.fetchall()}
    options = {name: {} for name in FACETS}
    for key, case in cases.items():
        for name, pairs in case.items():
            for code, label in pairs:
                options[name].setdefault(code, Indexed(label, set())).entries.add(key)
    return CaseIndex(Index(order=list(cases), found=set(cases), options=options), cases)


def _found(question: str) -> set[int]:
    cases = CaseStudyPage.objects.filter(words_query(question))
    return set(cases.order_by().values_list("pk", flat=True))


@lru_cache(maxsize=16)
def _statement(order: tuple) -> tuple[str, tuple]:
    cases = published(CaseStudyPage.objects.all()).order_by(*order)
    rows = cases.values_list(
        "pk",
        _named(FactorPage.objects.filter(case_studies=OuterRef("pk"), live=True), "slug", "title"),
        _named(Municipality.objects.filter(case_studies=OuterRef("pk")), "code", "name"),
        reported(),
        "region",
        "programme",
        *(column for column, _ in CODED.values()),
    )
    return rows.query.sql_with_params()


def _named(rows, code: str, name: str) -> ArraySubquery:
    pair = Concat(code, Value(BETWEEN), name, output_field=CharField())
    return ArraySubquery(rows.order_by(name, "pk").values(pair=pair))


def _pairs(listed) -> list[tuple[str, str]]:
    return [tuple(each.split(BETWEEN, 1)) for each in listed]


def _options(row: tuple) -> dict[str, list[tuple[str, str]]]:
    """The options of one case by facet, each a code with its label."""
    _, factors, places, is_reported, region, programme, *coded = row
    words = {
        name: [(code, names[code]) for code in codes if code in names]
        for codes, (name, (_, names)) in zip(coded, CODED.items(), strict=True)
    }
    return words | {
        "faktor": _pairs(factors),
        "kommun": _pairs(places) or [NO_MUNICIPALITY],
        "region": [(region_code(region), region)] if region else [],
        "projekt": [(programme, PROGRAMMES[programme])] if programme in PROGRAMMES else [],
        "utvardering": [REPORTED[is_reported]],
    }
