"""The attack that rule 5 is about: who knows that a record changed reads the difference.

The attacker has everything that two publications tell. Of each changed record they know all
that its cell says (municipality, school year, and sex or programme type where the table has
them), how many records changed in that group, and how the changed ones are distributed in the
region. They claim the value that the sensitive variable got, for every changed record. They are
measured against somebody who guesses without looking at the difference.

What is expected beforehand, by the attacker and by whoever guesses, is one of two things: how
the changed records of the region are distributed, or what the first publication told of those
with the same sex, age and so on. Each takes the one that serves best.

The noise of one set of keys is luck: everything is tried with several, and a gain is told with
its standard error. Claims of one municipality between the same two days hang together, whatever
the keys, so they are one draw.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import product
from math import exp, factorial, sqrt
from statistics import codes, cube, publication, tables
from statistics.disclosure import TOTAL, VARIANCE, perturbation_table
from statistics.publication.record_sets import RHYTHMS

from django.db import connection, transaction

MOST, MANY = 24, 8
# So many records say how a value is distributed.
ENOUGH = 20
# How many standard errors above the estimate the true value lies once in twenty.
ONE_IN_TWENTY = 1.645


@dataclass(frozen=True)
class Claim:
    """What is claimed of a changed record: the variable, and the group that is known."""

    table: str
    variable: str
    known: tuple[str, ...]

    @property
    def rhythm(self) -> str:
        return tables.TABLES[self.table].rhythm


CLAIMS = (
    Claim("aktivitet", "aktivitet", ("hemkommun", "lasar")),
    Claim("langd", "langd", ("hemkommun", "lasar", "kon")),
    Claim("flode", "utfall", ("hemkommun", "lasar", "efter")),
    Claim("examen", "examen", ("hemkommun", "lasar", "kon", "programtyp")),
    Claim("program", "program", ("hemkommun", "lasar")),
    Claim("avbrott", "programtyp", ("hemkommun", "lasar", "kon", "alder")),
    Claim("avbrott-manad", "kon", ("hemkommun", "manad")),
    Claim("avbrott-skola", "skolenhet", ("skolkommun", "lasar", "kon")),
)


BEFOREHAND = ("changed", "published")


@dataclass
class Gain:
    """How often a claim is right of the changed records that were published, and by guessing.

    ``draws``: for each municipality and second day, how many records changed, and of each thing
    that is expected beforehand (``BEFOREHAND``) how many guesses and claims were right.
    """

    claim: Claim
    held: int = 0
    draws: dict[tuple, Counter] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def changed(self) -> int:
        return self._sum("changed")

    @property
    def right(self) -> int:
        return self._sum(self._best("claim"))

    @property
    def guessed(self) -> int:
        return self._sum(self._best("guess"))

    @property
    def points(self) -> float:
        """Percentage points that the attack has over guessing."""
        return 100 * (self.right - self.guessed) / self.changed if self.changed else 0.0

    @property
    def error(self) -> float:
        """The standard error of the points: of a ratio of sums over the draws."""
        count = len(self.draws)
        if count < 2:
            return float("inf")
        claim, guess = self._best("claim"), self._best("guess")
        off = (
            draw[claim] - draw[guess] - self.points / 100 * draw["changed"]
            for draw in self.draws.values()
        )
        return 100 * sqrt(count / (count - 1) * sum(one**2 for one in off)) / self.changed

    @property
    def most(self) -> float:
        """What the gain is at most, with a confidence of 95 %."""
        return self.points + ONE_IN_TWENTY * self.error

    def _sum(self, name) -> int:
        return sum(draw[name] for draw in self.draws.values())

    def _best(self, kind):
        return max(((kind, one) for one in BEFOREHAND), key=self._sum)


def run(pairs: list[tuple[date, date]], claims=CLAIMS, keys: int = 1) -> list[Gain]:
    """The gains over several pairs of publications, each made of what was known on its days,
    with the records' own keys and with as many others as are asked for."""
    gains = [Gain(claim) for claim in claims]
    half_yearly = any(claim.rhythm == tables.HALF_YEARLY for claim in claims)
    for number in range(keys):
        for first, second in pairs:
            with transaction.atomic():
                if number:
                    _other_keys(number)
                old, new = known(first), known(second)
                held = {code: _held(rhythm, old, new) for code, rhythm in RHYTHMS.items()}
                if not any(_released(claim, old, new, held[claim.rhythm]) for claim in claims):
                    before = after = None  # all of it waits: there is nothing to claim
                else:
                    publication.publish(first)
                    before = publication.newest()
                    publication.publish(second, half_yearly=half_yearly)
                    after = publication.newest()
                for gain in gains:
                    attack(gain, before, after, old, new, held[gain.claim.rhythm])
                transaction.set_rollback(True)
    return gains


def _released(claim, old, new, held) -> bool:
    return any(target[-1] not in held for target in changed(claim, old, new))


def _other_keys(number: int) -> None:
    """Keys that another secret might have given; all versions of a record have the same."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE statistics_interruption SET record_key ="
            " hashtextextended(source_id || '|' || local_id, %s) & 4294967295",
            [number],
        )


def _held(rhythm, old, new) -> set[tuple]:
    """The records that the second publication holds back, counted here once more."""
    blocks = {}
    for record, row in new.items():
        previous = old.get(record)
        if previous is None or any(previous[c] != row[c] for c in rhythm.columns):
            blocks.setdefault(tuple(row[name] for name in rhythm.block), []).append(record)
    return {r for found in blocks.values() if len(found) < rhythm.threshold for r in found}


def known(until: date) -> dict[tuple, dict[str, str]]:
    """The true rows of the cube on a day, by the id of the interruption."""
    with cube.frozen_rows(until), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM figure_rows")
        names = [column.name for column in cursor.description]
        rows = (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
        return {(row["source_id"], row["local_id"]): row for row in rows}


def _values(row, claim) -> Iterator[tuple[tuple, str | None]]:
    """Each group of a row that the claim is about, with the value there."""
    if row is None:
        return
    if claim.variable != "utfall":
        yield tuple(row[name] for name in claim.known), row[claim.variable]
        return
    for months in tables.FOLLOW_UPS:
        yield (row["hemkommun"], row["lasar"], str(months)), row[f"utfall{months}"]


def changed(claim, old, new) -> list[tuple]:
    """Group, new and old value of every record whose value came or became another; the record."""
    found = []
    for record, row in new.items():
        before = dict(_values(old.get(record), claim))
        found += [
            (group, value, before.get(group), record)
            for group, value in _values(row, claim)
            if value is not None and before.get(group) != value
        ]
    return found


def attack(gain: Gain, before, after, old, new, held: set[tuple]) -> None:
    claim = gain.claim
    everyone = changed(claim, old, new)
    targets = [target for target in everyone if target[-1] not in held]
    gain.held += len(everyone) - len(targets)
    year = 1  # the period: second in every claim, after the place
    came, went = defaultdict(Counter), defaultdict(Counter)
    for group, value, previous, _ in targets:
        came[group[year]][value] += 1
        went[group[year]][previous] += 1
    sizes = Counter(group for group, *_ in targets)
    answers = {}
    for group, size in sizes.items():
        of_year = came[group[year]]
        expected = {"changed": of_year, "published": _told(claim, group, before) or of_year}
        for name, spread in expected.items():
            guess = max(spread, key=spread.get)
            found = _claim(claim, group, size, spread, went[group[year]], before, after)
            answers[group, "guess", name], answers[group, "claim", name] = guess, found or guess
    for group, value, *_ in targets:
        draw = gain.draws[group[0], after.data_date]
        draw["changed"] += 1
        for kind in product(("guess", "claim"), BEFOREHAND):
            draw[kind] += answers[group, *kind] == value


def _told(claim, group, before) -> Counter:
    """How the first publication distributes the region's records that are known to be alike, in
    the same period or the newest that it tells enough of. A school lies where it lies."""
    known = dict(zip(claim.known, group, strict=True))
    if claim.variable != "skolenhet":
        known[claim.known[0]] = TOTAL
    period = claim.known[1]
    periods = [known[period], *reversed(before.codes[period])]
    for one in periods:
        cells = {
            code: _published(before, claim.table, known | {period: one, claim.variable: code})
            for code in before.codes[claim.variable]
            if code != TOTAL and code not in codes.ACTIVITY_GROUPS
        }
        found = Counter({code: value for code, value in cells.items() if value})
        if found.total() >= ENOUGH:
            return found
    return Counter()


def _claim(claim, group, size, came, went, before, after):
    """The value with most expected newcomers; None where no cell has moved."""
    fixed = dict(zip(claim.known, group, strict=True))
    expected, moved = {}, False
    everyone = sum(came.values())
    for value in came:
        cell = fixed | {claim.variable: value}
        one, other = (_published(figures, claim.table, cell) for figures in (before, after))
        arrive = size * came[value] / everyone
        leave = size * went[value] / max(1, went.total())
        if one is None or other is None:
            expected[value] = arrive
            continue
        moved = moved or one != other
        expected[value] = _newcomers(other - one, round(arrive, 2), round(leave, 2))
    return max(expected, key=expected.get) if moved and any(expected.values()) else None


def _published(figures, table, fixed):
    try:
        return figures.cell(table, **fixed).value
    except KeyError:  # a year that the first publication does not know
        return 0


@lru_cache(maxsize=1)
def _difference() -> dict[int, float]:
    """How two independent noises differ (the last row of the table, which holds from 8 on)."""
    lower, noise = 0, {}
    for bound, change in perturbation_table()[-1]:
        noise[change] = (bound - lower) / 1e6
        lower = bound
    found = Counter()
    for one, p in noise.items():
        for other, q in noise.items():
            found[other - one] += p * q
    return found


@lru_cache(maxsize=100_000)
def _newcomers(difference: int, arrive: float, leave: float) -> float:
    """The expected number of records that came to a cell whose published value changed so.

    ``arrive`` and ``leave`` are how many are expected before the publications are looked at.
    """
    if arrive + leave > MANY:  # a normal distribution does
        spread = arrive + leave + 2 * VARIANCE
        return max(0.0, arrive + arrive / spread * (difference - arrive + leave))
    weights = dict.fromkeys(range(MOST), 0.0)
    for came in weights:
        for went in range(MOST):
            if came == went == 0:
                seen = float(difference == 0)
            else:
                seen = _difference().get(difference - came + went, 0.0)
            weights[came] += _poisson(came, arrive) * _poisson(went, leave) * seen
    total = sum(weights.values())
    return sum(n * w for n, w in weights.items()) / total if total else arrive


def _poisson(count: int, mean: float) -> float:
    return exp(-mean) * mean**count / factorial(count)


__all__ = ["CLAIMS", "Claim", "Gain", "run"]
