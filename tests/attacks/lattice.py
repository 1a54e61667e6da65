"""Everything that the public can fetch, fetched; and what subtracting and adding give.

The whole lattice is crawled through the API's real addresses. Then, for every small true count
(1 to 4), the attacker puts together what they know of it: its own published cell, and each total
less the other parts (the complement), weighted by how exact each is.
"""

from dataclasses import dataclass
from itertools import product
from statistics import cube, database_role, tables
from statistics.disclosure import LARGEST_CHANGE
from statistics.publication import Figures

SMALL = range(1, 5)


def crawl(client, figures: Figures) -> dict[str, dict[tuple, int | None]]:
    """Every cell of every table by the API, period by period so as to stay within its limit."""
    try:
        return {table.id: _table(client, figures, table) for table in tables.TABLES.values()}
    finally:
        database_role.give_back()  # what follows looks at the records itself


def _table(client, figures, table):
    found = {}
    period = "manad" if "manad" in table.variables else "lasar"
    for one in figures.codes[period]:
        asked = {f"valuecodes[{name}]": "*" for name in table.variables}
        asked[f"valuecodes[{period}]"] = one
        answer = client.get(f"/statistik/api/v2/tables/{table.id}/data", asked)
        assert answer.status_code == 200, answer.content[:300]
        data = answer.json()
        codes = {name: list(data["dimension"][name]["category"]["index"]) for name in data["id"]}
        values = zip(product(*codes.values()), data["value"], strict=True)
        for cell, value in values:
            fixed = dict(zip(data["id"], cell, strict=True))
            found[tuple(fixed[name] for name in table.variables)] = value
    return found


def truth(until) -> dict[str, dict[tuple, int]]:
    with cube.frozen_rows(until):
        return {
            table.id: {cell: found.count for cell, found in cube.cells(table).items()}
            for table in tables.TABLES.values()
        }


@dataclass
class Recovered:
    """Of the small true counts: how many there are, are hit, and are known for certain."""

    small: int = 0
    own: int = 0
    subtracted: int = 0
    together: int = 0
    certain: int = 0

    def share(self, name: str) -> float:
        return getattr(self, name) / self.small if self.small else 0.0


def attack(published: dict, true: dict) -> Recovered:
    """How often the small cells of all tables are guessed, over all tables."""
    found = Recovered()
    for id_, table in tables.TABLES.items():
        for cell, count in true[id_].items():
            if count in SMALL:
                _attack_cell(found, table, published[id_], cell, count)
    return found


def _attack_cell(found, table, published, cell, count):
    own = published.get(cell)
    estimates = [] if own is None else [(own, 1)]
    complements = list(_complements(table, published, cell))
    if not estimates and not complements:
        return
    found.small += 1
    found.own += own == count
    found.subtracted += bool(complements) and max(0, complements[0][0]) == count
    estimates += complements
    weight = sum(1 / terms for _, terms in estimates)
    found.together += round(max(0, sum(v / terms for v, terms in estimates) / weight)) == count
    low = max([0, *(v - LARGEST_CHANGE * terms for v, terms in estimates)])
    high = min(v + LARGEST_CHANGE * terms for v, terms in estimates)
    found.certain += low == high


def _complements(table, published, cell):
    """Each total less its other parts, with the number of cells that went into it."""
    for at, name in enumerate(table.variables):
        parents = tables.CHILDREN.get(name, {})
        for parent, children in parents.items():
            if cell[at] not in children:
                continue
            whole = published.get((*cell[:at], parent, *cell[at + 1 :]))
            others = [
                published.get((*cell[:at], child, *cell[at + 1 :]))
                for child in children
                if child != cell[at]
            ]
            if whole is not None and None not in others:
                yield whole - sum(others), 1 + len(others)


__all__ = ["Recovered", "attack", "crawl", "truth"]
