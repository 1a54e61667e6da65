"""Where the names on the map go: in two columns, beside each other and never on one another."""

from dataclasses import dataclass

GAP = 30  # units between two names of a column
LETTER = 7  # units that a letter takes at the most, on average
MARGIN = 4
ELBOW = 9  # units between a dot and the nearest that a name may begin


@dataclass(frozen=True)
class Frame:
    """The drawing: its size, where the two columns of names begin, and which spots go left.

    ``middle`` is where the line between them meets the top and the bottom.
    """

    width: int
    height: int
    left: int
    right: int
    middle: tuple[int, int]

    def is_left(self, x: float, y: float) -> bool:
        top, bottom = self.middle
        return x < top + (bottom - top) * y / self.height


@dataclass(frozen=True)
class Spot:
    """A place on the drawing with the lines of its name and what weighs for its being named."""

    code: str
    lines: tuple[str, ...]
    x: float
    y: float
    weight: int = 0


@dataclass(frozen=True)
class Label:
    """Where a name stands: ``x`` is its end in the left column, its beginning in the right."""

    spot: Spot
    x: float
    y: float
    is_left: bool

    @property
    def line(self) -> str:
        """The points of the line from the dot to the name."""
        side = MARGIN if self.is_left else -MARGIN
        return f"{self.spot.x:g},{self.spot.y:g} {self.x + side:g},{self.y:g}"


def labelled(spots, frame: Frame) -> list[Label]:
    """A label for each spot; where a column is full, for those that weigh most."""
    left = [spot for spot in spots if _goes_left(spot, frame)]
    right = [spot for spot in spots if not _goes_left(spot, frame)]
    return [*_column(left, frame, True), *_column(right, frame, False)]


def _width(spot) -> float:
    return max(map(len, spot.lines)) * LETTER


def _goes_left(spot, frame) -> bool:
    if frame.is_left(spot.x, spot.y):
        return True
    return max(frame.right, spot.x + ELBOW) + _width(spot) > frame.width


def _column(spots, frame, is_left) -> list[Label]:
    room = int((frame.height - GAP) // GAP) + 1
    kept = sorted(spots, key=lambda spot: (-spot.weight, spot.y, spot.code))[:room]
    kept.sort(key=lambda spot: (spot.y, spot.x, spot.code))
    heights = spread([spot.y for spot in kept], GAP / 2, frame.height - GAP / 2)
    return [
        Label(spot, _x(spot, frame, is_left), height, is_left)
        for spot, height in zip(kept, heights, strict=True)
    ]


def _x(spot, frame, is_left) -> float:
    if not is_left:
        return max(frame.right, spot.x + ELBOW)
    return max(min(frame.left, spot.x - ELBOW), _width(spot) + MARGIN)


def spread(heights, top: float, bottom: float, gap: float = GAP) -> list[float]:
    """Rising heights moved as little as can be, so that each two are at least ``gap`` apart.

    The least squares of the moves: pooling adjacent violators on the heights less their gaps.
    """
    blocks = []  # of the mean of the pooled heights, and how many they are
    for place, height in enumerate(heights):
        mean, count = height - place * gap, 1
        while blocks and blocks[-1][0] > mean:
            before, many = blocks.pop()
            mean = (before * many + mean * count) / (many + count)
            count += many
        blocks.append((mean, count))
    lowest = bottom - (len(heights) - 1) * gap
    pooled = [max(top, min(mean, lowest)) for mean, count in blocks for _ in range(count)]
    return [round(base + place * gap, 1) for place, base in enumerate(pooled)]
