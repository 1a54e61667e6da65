"""Drawings of numbers: as many forms as the number says, never more, never fewer."""

from math import cos, pi, sin

from .forms import CORAL, HEIGHT, INK, PINE, QUIET, WIDTH, box, circle, line, ring

GROUND = 236
TALLEST = 192


def bars(*numbers: float) -> str:
    """A bar for each number, as high as its part of a hundred; an outline shows the whole."""
    step = WIDTH / (len(numbers) + 1)
    colours = (CORAL, *(PINE,) * (len(numbers) - 1))
    places = [round(step * place) for place in range(1, len(numbers) + 1)]
    return _bars(zip(places, numbers, colours, strict=True))


def pairs(*numbers: float) -> str:
    """As ``bars``, two and two: what is compared stands beside each other."""
    places = [x for n in range(len(numbers) // 2) for x in (130 + n * 280, 230 + n * 280)]
    return _bars(zip(places, numbers, (CORAL, PINE) * len(places), strict=False))


def _bars(placed) -> str:
    forms = [line(f"M60 {GROUND + 4}H{WIDTH - 60}")]
    for middle, number, colour in placed:
        height, left = round(TALLEST * number / 100), middle - 40
        forms.append(
            f'<rect x="{left}" y="{GROUND - TALLEST}" width="80" height="{TALLEST}" '
            f'fill="none" stroke="{QUIET}" stroke-width="3"/>'
        )
        forms.append(box(left, GROUND - height, 80, height, colour))
    return "".join(forms)


def hundreds(*numbers: int) -> str:
    """A field of a hundred dots for each number, of which so many are filled."""
    pitch = 20
    across = 10 * pitch
    gap = (WIDTH - len(numbers) * across) / (len(numbers) + 1)
    forms = []
    for group, number in enumerate(numbers):
        left = round(gap + group * (across + gap))
        for place in range(100):
            row, column = divmod(place, 10)
            x, y = left + 10 + column * pitch, 50 + row * pitch
            fill = CORAL if group == 0 else PINE
            forms.append(circle(x, y, 8, fill) if place < number else ring(x, y, 6, QUIET, 2))
    return "".join(forms)


def around(many: int, few: int) -> str:
    """Many people around one, and beside it few: how it is, and how it should be."""
    return _people_around(170, many, QUIET, INK) + _people_around(470, few, PINE, PINE)


def _people_around(x: int, count: int, way: str, fill: str) -> str:
    spots = [
        (
            round(x + 104 * cos(2 * pi * n / count - pi / 2)),
            round(HEIGHT / 2 + 104 * sin(2 * pi * n / count - pi / 2)),
        )
        for n in range(count)
    ]
    ways = "".join(line(f"M{x} {HEIGHT // 2}L{a} {b}", way, 4) for a, b in spots)
    return ways + "".join(circle(a, b, 20, fill) for a, b in spots) + circle(x, 140, 32, CORAL)
