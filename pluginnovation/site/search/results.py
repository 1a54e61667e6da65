"""The answer to a question: how many there are of each kind, and one page of them."""

from dataclasses import dataclass, field, replace

from django.contrib.postgres.search import SearchRank
from django.db.models import Count, F
from django.utils.text import slugify

from pluginnovation.site.models import SearchEntry

from .marking import Marked, mark
from .questions import Question
from .vectors import Places

PER_PAGE = 10
# For words of weight D, C, B and A: last parts in the body, body, summary, title.
WEIGHTS = [0.1, 0.25, 0.6, 1.0]
BY_LENGTH = 1


@dataclass(frozen=True)
class Kind:
    name: str
    count: int

    @property
    def code(self) -> str:
        return slugify(self.name)


@dataclass(frozen=True)
class Result:
    entry: SearchEntry
    marked: Marked


@dataclass(frozen=True)
class Answer:
    """``kinds`` are those of all hits; ``total`` counts those of the chosen kind."""

    question: Question
    kinds: list[Kind] = field(default_factory=list)
    kind: Kind | None = None
    broadened: bool = False
    page: int = 1
    results: list[Result] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.kind.count if self.kind else sum(kind.count for kind in self.kinds)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


def answer(question: Question, kind_code: str = "", page: int = 1) -> Answer:
    """Two queries; three where no entry holds all of several words and those with one are told.

    An unknown kind, or a page that is not there, is left out.
    """
    if not question:
        return Answer(question)
    query, broadened = question.all_parts, False
    kinds = _kinds(query)
    if not kinds and len(question.parts) > 1:
        query, broadened = question.any_part, True
        kinds = _kinds(query)
    kind = next((one for one in kinds if one.code == kind_code), None)
    found = Answer(question, kinds, kind, broadened and bool(kinds))
    if not kinds:
        return found
    page = page if 1 <= page <= found.pages else 1
    return replace(found, page=page, results=_results(question, query, kind, page))


def _kinds(query) -> list[Kind]:
    counts = SearchEntry.objects.current().filter(vector=query).values("kind")
    return [
        Kind(row["kind"], row["n"])
        for row in counts.annotate(n=Count("pk")).order_by("-n", "kind").values("kind", "n")
    ]


def _results(question, query, kind: Kind | None, page: int) -> list[Result]:
    entries = SearchEntry.objects.current().filter(vector=query)
    if kind:
        entries = entries.filter(kind=kind.name)
    rank = SearchRank(F("vector"), query, weights=WEIGHTS, normalization=BY_LENGTH)
    entries = entries.annotate(
        rank=rank * F("weight"), places=Places("vector", question.terms)
    ).order_by("-rank", F("date").desc(nulls_last=True), "pk")
    start = (page - 1) * PER_PAGE
    return [
        Result(entry, mark(entry, question))
        for entry in entries.defer("vector")[start : start + PER_PAGE]
    ]
