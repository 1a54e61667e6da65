"""One list, its filters and the counts beside their options, out of one query string.

Two queries: one for what the entries can be filtered by (``knowledge.facets``), one for the
entries of the page that is shown.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Q
from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy

from .facets import Index
from .text import fold, in_words, quoted

PAGE_SIZE = 20
LONGEST_QUESTION = 200
SHORTEST_LEMMA = 4
# The dictionary as one string instead of a dict: 13 MB in the process instead of 92.
lemmatize = Lemmatizer(lemmatization_strategy=DefaultStrategy(low_memory=True)).lemmatize


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


class Span(NamedTuple):
    """A filter by a number from one value to another, of which either may be left out."""

    first: str
    last: str
    first_label: str
    last_label: str


@dataclass(frozen=True)
class Listing:
    """What one kind of list is made of.

    ``index(question, sort)`` reads what the entries can be filtered by, their keys in the order
    asked for, and ``queryset`` gives the entries, found by these keys.
    """

    facets: tuple[Facet, ...]
    sorts: dict[str, tuple[str, tuple]]
    queryset: Callable
    nouns: tuple[str, str]
    index: Callable[[str, str], Index]
    span: Span | None = None


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
    span: list = field(default_factory=list)
    # The keys of all that match, in order, where the listing reads them.
    keys: list = field(default_factory=list)
    # What the view is, without its page: ``faktor=samverkan&sortera=titel``.
    query: str = ""
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


def browse(params, listing: Listing, with_items: bool = True) -> Browse:
    """The answer to the query string ``params`` (a QueryDict). Bad values are dropped, and said.

    Who needs the keys of all that match, and not a page of them, leaves the items out.
    """
    dropped = []
    question = clean_question(params.get("q", ""))
    sort = _one_of(params, "sortera", listing.sorts, "sorteringen", dropped)
    index = listing.index(question, sort or next(iter(listing.sorts)))
    chosen = _chosen(params, listing, index, dropped)
    span = _span(params, listing.span, dropped)
    choices = _choices(index, listing, question, chosen, span)
    fitting = index.all.intersection(*choices.values())
    pages = max(1, ceil(len(fitting) / PAGE_SIZE))
    page = _page(params, pages, dropped)
    answer = {"q": question, **chosen, **span}
    made = Browse(
        question=question,
        filters=[_filter(facet, index, choices, chosen) for facet in listing.facets],
        sorts=[Option(code, label, 0, code == sort) for code, (label, _) in listing.sorts.items()],
        chosen=_removable(listing, index, answer, sort),
        dropped=dropped,
        items=[],
        total=len(index.all),
        matching=len(fitting),
        page=page,
        pages=pages,
        nouns=listing.nouns,
        span=_span_fields(listing.span, span),
        keys=[key for key in index.order if key in fitting],
        query=_url(answer, sort)[1:],
        ways_out=[] if fitting else _ways_out(listing, index, choices, answer, sort),
    )
    if fitting and with_items:
        made.items = _items(listing, made.keys, page)
    if page > 1:
        made.previous_url = _url(answer, sort, page - 1)
    if page < pages:
        made.next_url = _url(answer, sort, page + 1)
    return made


def _chosen(params, listing, index, dropped):
    chosen = {}
    for facet in listing.facets:
        known, what = index.options[facet.name], facet.label.lower()
        if code := _one_of(params, facet.name, known, what, dropped):
            chosen[facet.name] = code
    return chosen


def _one_of(params, name, known, what, dropped) -> str:
    """The value of a parameter; a value that is not known is left out, with a sentence."""
    value = params.get(name, "").strip()
    if not value or value in known:
        return value
    dropped.append(f"”{quoted(value)}” finns inte för {what}. Det valet är borttaget.")
    return ""


def _span(params, span, dropped) -> dict[str, str]:
    """The ends of the span that are given, as numbers of four digits; swapped where they cross."""
    made = {}
    for name in span[:2] if span else ():
        value = params.get(name, "").strip()
        if value.isascii() and value.isdigit() and len(value) == 4:
            made[name] = value
        elif value:
            dropped.append(f"”{quoted(value)}” är inget årtal. Skriv fyra siffror, som 2015.")
    if len(made) == 2 and made[span.first] > made[span.last]:
        made = dict(zip(made, reversed(made.values()), strict=True))
        dropped.append("Det första årtalet var senare än det andra. De har bytt plats.")
    return made


def _span_fields(span, given) -> list[dict]:
    if not span:
        return []
    labels = ((span.first, span.first_label), (span.last, span.last_label))
    return [{"name": name, "label": label, "value": given.get(name, "")} for name, label in labels]


def _choices(index, listing, question, chosen, span) -> dict[str, set]:
    """For each choice the entries that fit it."""
    choices = {"q": index.found} if question else {}
    choices |= {name: index.options[name][code].entries for name, code in chosen.items()}
    for name, value in span.items():
        is_first = name == listing.span.first
        choices[name] = index.from_number(int(value)) if is_first else index.to_number(int(value))
    return choices


def _page(params, pages, dropped) -> int:
    value = params.get("sida", "") or "1"
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 0
    if 1 <= number <= pages:
        return number
    dropped.append(f"Sidan ”{quoted(value)}” finns inte. Här är den första.")
    return 1


def _filter(facet, index, choices, chosen):
    """A facet with its options; each counts what it would give beside the other choices."""
    others = [entries for name, entries in choices.items() if name != facet.name]
    fitting = index.all.intersection(*others) if others else index.all
    mine = chosen.get(facet.name)
    listed = [
        Option(code, option.label, len(option.entries & fitting), code == mine)
        for code, option in index.options[facet.name].items()
    ]
    return {"facet": facet, "options": listed}


def _items(listing, keys, page):
    start = (page - 1) * PAGE_SIZE
    shown = keys[start : start + PAGE_SIZE]
    found = {item.pk: item for item in listing.queryset().filter(pk__in=shown)}
    return [found[key] for key in shown if key in found]


def _url(answer, sort, page=1) -> str:
    """The address of a view, without what says nothing; ``?`` alone is the whole list."""
    values = {**answer, "sortera": sort, "sida": page if page > 1 else ""}
    return "?" + urlencode({name: value for name, value in values.items() if value})


def _removable(listing, index, answer, sort):
    """Each choice in words, with the address of the list without it."""
    words = {"q": "Ord"} | {facet.name: facet.label for facet in listing.facets}
    if listing.span:
        words |= {field["name"]: field["label"] for field in _span_fields(listing.span, {})}
    made = []
    for name, value in answer.items():
        if value:
            option = index.options.get(name, {}).get(value)
            label = option.label if option else f"”{value}”" if name == "q" else value
            rest = {key: code for key, code in answer.items() if key != name}
            url = _url(rest, sort)
            made.append({"name": name, "what": words[name], "label": label, "url": url})
    return made


def _ways_out(listing, index, choices, answer, sort):
    """Where nothing fits: each choice whose removal gives something, and how much."""
    ways = []
    for choice in _removable(listing, index, answer, sort):
        others = [entries for name, entries in choices.items() if name != choice["name"]]
        if count := len(index.all.intersection(*others)):
            ways.append(choice | {"count": count})
    return ways
