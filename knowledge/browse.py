"""One list, its filters and the counts beside their options, out of one query string.

Two queries: one for what every entry can be filtered by (a few words each, so that the counts
of all filters come out of one reading), one for the entries of the page that is shown.
"""

from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Q
from simplemma import lemmatize

from .text import fold, in_words, quoted

PAGE_SIZE = 20
LONGEST_QUESTION = 200
SHORTEST_LEMMA = 4


class Facet(NamedTuple):
    """A filter: its parameter, its name, and what the choice of nothing is called."""

    name: str
    label: str
    everything: str


class Option(NamedTuple):
    code: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Listing:
    """What one kind of list is made of.

    ``rows(question)`` gives for every entry a dict of its facets, each a list of
    ``{"code", "label"}``, and ``found``: whether the question matches. ``filterset`` is the
    django-filter class that gives the entries themselves; both follow the same rules.
    """

    facets: tuple[Facet, ...]
    sorts: dict[str, tuple[str, tuple]]
    filterset: type
    queryset: object
    rows: object
    nouns: tuple[str, str]


@dataclass
class Browse:
    """What a browse page shows."""

    question: str
    filters: list
    sorts: list
    chosen: list
    dropped: list
    items: list
    total: int
    matching: int
    page: int
    pages: int
    nouns: tuple[str, str]
    previous_url: str = ""
    next_url: str = ""
    ways_out: list = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """How many are shown, in words: ``Tre av 94 verk``."""
        noun = self.nouns[0] if self.total == 1 else self.nouns[1]
        if self.matching == self.total:
            return f"{in_words(self.total).capitalize()} {noun}"
        return f"{in_words(self.matching).capitalize()} av {self.total} {noun}"

    @property
    def is_filtered(self) -> bool:
        return bool(self.question or self.chosen)


def words_query(question: str, column: str = "words") -> Q:
    """Every word of the question, or its dictionary form, is part of the entry's words."""
    query = Q()
    for word in question.split():
        forms = {fold(word), fold(lemmatize(word, lang="sv"))}
        either = Q(**{f"{column}__contains": fold(word)})
        for form in forms:
            if len(form) >= SHORTEST_LEMMA:
                either |= Q(**{f"{column}__contains": form})
        query &= either
    return query


def clean_question(text: str) -> str:
    """The searched words: letters and digits alone, of bounded length."""
    kept = "".join(char if char.isalnum() else " " for char in text[:LONGEST_QUESTION])
    return " ".join(kept.split())


def browse(params, listing: Listing) -> Browse:
    """The answer to the query string ``params`` (a QueryDict). Bad values are dropped, and said."""
    question = clean_question(params.get("q", ""))
    rows = listing.rows(question)
    options = {facet.name: _known(rows, facet.name) for facet in listing.facets}
    chosen, dropped = _chosen(params, listing, options)
    sort = _one_of(params, "sortera", listing.sorts, "sorteringen", dropped)
    matching = [row for row in rows if _fits(row, chosen)]
    pages = max(1, ceil(len(matching) / PAGE_SIZE))
    page = _page(params, pages, dropped)
    answer = {"q": question, **chosen}
    made = Browse(
        question=question,
        filters=[_filter(facet, rows, options, chosen) for facet in listing.facets],
        sorts=[Option(code, label, 0, code == sort) for code, (label, _) in listing.sorts.items()],
        chosen=_removable(listing, options, answer, sort),
        dropped=dropped,
        items=_items(listing, answer, sort, page) if matching else [],
        total=len(rows),
        matching=len(matching),
        page=page,
        pages=pages,
        nouns=listing.nouns,
        ways_out=[] if matching else _ways_out(listing, rows, options, answer, sort),
    )
    if page > 1:
        made.previous_url = _url(answer, sort, listing, page - 1)
    if page < pages:
        made.next_url = _url(answer, sort, listing, page + 1)
    return made


def _known(rows, name) -> dict[str, str]:
    """The options of a facet that occur, as code and label; in the order of their labels."""
    known = {option["code"]: option["label"] for row in rows for option in row[name] or ()}
    return dict(sorted(known.items(), key=lambda item: fold(str(item[1]))))


def _chosen(params, listing, options):
    chosen, dropped = {}, []
    for facet in listing.facets:
        if code := _one_of(params, facet.name, options[facet.name], facet.label.lower(), dropped):
            chosen[facet.name] = code
    return chosen, dropped


def _one_of(params, name, known, what, dropped) -> str:
    """The value of a parameter; a value that is not known is left out, with a sentence."""
    value = params.get(name, "").strip()
    if not value or value in known:
        return value
    dropped.append(f"”{quoted(value)}” finns inte för {what}. Det valet är borttaget.")
    return ""


def _page(params, pages, dropped) -> int:
    value = params.get("sida", "") or "1"
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 0
    if 1 <= number <= pages:
        return number
    dropped.append(f"Sidan ”{quoted(value)}” finns inte. Här är den första.")
    return 1


def _has(row, name, code) -> bool:
    return any(option["code"] == code for option in row[name] or ())


def _fits(row, chosen) -> bool:
    return row["found"] and all(_has(row, name, code) for name, code in chosen.items())


def _filter(facet, rows, options, chosen):
    """A facet with its options; each counts what it would give beside the other choices."""
    others = {name: code for name, code in chosen.items() if name != facet.name}
    fitting = [row for row in rows if _fits(row, others)]
    listed = [
        Option(code, label, sum(_has(row, facet.name, code) for row in fitting), code == mine)
        for mine in [chosen.get(facet.name)]
        for code, label in options[facet.name].items()
    ]
    return {"facet": facet, "options": listed}


def _items(listing, answer, sort, page):
    order = listing.sorts[sort or next(iter(listing.sorts))][1]
    found = listing.filterset(answer, queryset=listing.queryset()).qs.order_by(*order)
    return list(found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])


def _url(answer, sort, listing, page=1) -> str:
    """The address of a view, without what says nothing; ``?`` alone is the whole list."""
    values = {**answer, "sortera": sort, "sida": page if page > 1 else ""}
    return "?" + urlencode({name: value for name, value in values.items() if value})


def _without(answer, name) -> dict:
    return {key: value for key, value in answer.items() if key != name}


def _removable(listing, options, answer, sort):
    """Each choice in words, with the address of the list without it."""
    named = {facet.name: facet for facet in listing.facets}
    made = []
    for name, value in answer.items():
        if value:
            label = f"”{value}”" if name == "q" else options[name][value]
            what = "Ord" if name == "q" else named[name].label
            made.append(
                {"what": what, "label": label, "url": _url(_without(answer, name), sort, listing)}
            )
    return made


def _ways_out(listing, rows, options, answer, sort):
    """Where nothing fits: each choice whose removal gives something, and how much."""
    ways = []
    for choice, name in zip(
        _removable(listing, options, answer, sort),
        [name for name, value in answer.items() if value],
        strict=True,
    ):
        rest = {key: code for key, code in answer.items() if code and key not in (name, "q")}
        count = sum(
            (row["found"] or name == "q") and all(_has(row, *pair) for pair in rest.items())
            for row in rows
        )
        if count:
            ways.append(choice | {"count": count})
    return ways
