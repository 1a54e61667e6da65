"""Differences in words: how large, which way, and whether the protection alone could make it."""

from dataclasses import dataclass
from decimal import Decimal

from ..disclosure import BLOCKED, Count, share, share_margin
from .model import shown

UNSURE = "ryms i skyddets osäkerhet"


@dataclass(frozen=True)
class Share:
    """A share of published counts, that knows how far it can be off."""

    part: Count
    whole: Count

    @property
    def value(self) -> int | None:
        return share(self.part, self.whole)

    @property
    def margin(self) -> int:
        return share_margin(self.part, self.whole)

    @property
    def shown(self) -> str:
        return shown(self.value)


@dataclass(frozen=True)
class Difference:
    """``size`` with its unit; ``way`` in a word; ``unsure`` where protection could make it all.

    ``size`` is empty where both are equal; then ``way`` says so.
    """

    size: str
    way: str
    unsure: bool = False

    @property
    def words(self) -> str:
        """For a table: ``3 procentenheter lägre (ryms i skyddets osäkerhet)``."""
        if not self.size:
            return self.way
        doubt = f" ({UNSURE})" if self.unsure else ""
        return f"{self.size} {self.way}{doubt}"

    def than(self, what: str) -> str:
        """For a sentence: ``3 procentenheter lägre än i hela regionen``; the doubt follows it."""
        if not self.size:
            return f"{self.way} som {what}."
        doubt = f" Skillnaden {UNSURE}." if self.unsure else ""
        return f"{self.size} {self.way} än {what}.{doubt}"


def words(difference: Difference | None) -> str:
    """The words of a table's cell; ``..`` where a number of the two is not shown."""
    return difference.words if difference else BLOCKED


def points(one: Share, other: Share) -> Difference | None:
    """Percentage points between two shares; None where one of them is not shown."""
    if one.value is None or other.value is None:
        return None
    change = one.value - other.value
    unit = "procentenhet" if abs(change) == 1 else "procentenheter"
    size = f"{abs(change)} {unit}"
    return _way(change, size, one.margin + other.margin, ("högre", "lägre", "lika stor andel"))


def _way(change, size, margin, ways):
    more, less, same = ways
    if not change:
        return Difference("", same)
    return Difference(size, more if change > 0 else less, abs(change) <= margin)


def counts(now: Count, then: Count) -> Difference | None:
    """How many more or fewer; None where one of them is not shown."""
    if now.value is None or then.value is None:
        return None
    change = now.value - then.value
    margin = now.margin + then.margin
    return _way(change, shown(Count(abs(change))), margin, ("fler", "färre", "lika många"))


def rates(one: Decimal | None, other: Decimal | None, margin: Decimal) -> Difference | None:
    """Between numbers per 100; None where one is not known. ``margin`` is that of both together."""
    if one is None or other is None:
        return None
    change = one - other
    return _way(change, shown(abs(change)), margin, ("högre", "lägre", "lika högt"))


def rate_margin(count: Count, students: int | None) -> Decimal:
    """How far a number per 100 students can be off by the protection of the count."""
    return Decimal(100 * count.margin) / students if students else Decimal(0)
