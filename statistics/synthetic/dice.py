from bisect import bisect
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import accumulate
from random import Random


class Dice:
    """Chance from a seed. Only ``random()`` is the same in every version of Python."""

    def __init__(self, seed: int):
        self._random = Random(seed)  # noqa: S311

    def chance(self, probability: float) -> bool:
        return self._random.random() < probability

    def between(self, first: int, last: int) -> int:
        """A whole number, both ends included."""
        return first + int(self._random.random() * (last - first + 1))

    def pick(self, weights: Mapping):
        """A key of the mapping, as likely as its weight."""
        return Wheel(weights).turn(self)

    def whole(self, expected: float) -> int:
        """A whole number near the expected one, right on average."""
        return int(expected + self._random.random())

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.between(0, (last - first).days))

    def share(self) -> float:
        return self._random.random()


class Wheel:
    """Weighted choice from many keys, made ready once."""

    def __init__(self, weights: Mapping):
        self._keys = list(weights)
        self._sums = list(accumulate(weights.values()))

    def turn(self, dice: Dice):
        place = bisect(self._sums, dice.share() * self._sums[-1])
        return self._keys[min(place, len(self._keys) - 1)]
