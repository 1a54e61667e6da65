"""What the entries of a list can be filtered by: for every option the entries that have it.

Sets of keys make the counts of all filters a matter of intersections, also for thousands.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from pluginnovation.core.ordering import swedish_key


class Indexed(NamedTuple):
    """An option of a facet: what it is called, and the entries that have it."""

    label: str
    entries: set


@dataclass
class Index:
    """The entries in order, those that the question finds, and for each facet its options."""

    order: list
    found: set
    options: dict[str, dict[str, Indexed]]
    # The number that a span is about (the year), with the entries that have it.
    numbers: dict[int, set] = field(default_factory=dict)

    def __post_init__(self):
        self.all = set(self.order)
        for name, options in self.options.items():
            self.options[name] = dict(sorted(options.items(), key=_by_label))

    def from_number(self, first: int) -> set:
        return set().union(*(keys for number, keys in self.numbers.items() if number >= first))

    def to_number(self, last: int) -> set:
        return set().union(*(keys for number, keys in self.numbers.items() if number <= last))


def _by_label(option):
    return swedish_key(str(option[1].label))


def index_of(entries: dict, found: set, names: list[str]) -> Index:
    """The index of entries in order, each under its key with its options by facet.

    An option is ``{"code", "label"}``; ``found`` are the keys that the question finds.
    """
    options = {name: {} for name in names}
    for key, facets in entries.items():
        for name in names:
            for option in facets[name] or ():
                known = options[name].setdefault(option["code"], Indexed(option["label"], set()))
                known.entries.add(key)
    return Index(order=list(entries), found=found, options=options)
