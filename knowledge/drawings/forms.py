"""The forms that drawings are made of."""

from dataclasses import dataclass

WIDTH, HEIGHT = 640, 280
PINE, CORAL, INK, PAPER, QUIET = "#0f6b60", "#c4512d", "#17262a", "#fbf8f2", "#b9b3a6"
RELATIONS, FLEXIBILITY, FOLLOW_UP = "#dcebe3", "#dde8f2", "#f3e7c9"
COLLABORATION, HOLISTIC = "#f6e0d6", "#e9e1f0"


@dataclass(frozen=True)
class Drawing:
    """``forms`` are the SVG elements over the field."""

    name: str
    description: str
    field: str
    forms: str

    @property
    def svg(self) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            f'width="{WIDTH}" height="{HEIGHT}">'
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{self.field}"/>{self.forms}</svg>'
        )


def circle(x, y, radius, fill) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{fill}"/>'


def ring(x, y, radius, stroke, width=6) -> str:
    return (
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="none" '
        f'stroke="{stroke}" stroke-width="{width}"/>'
    )


def box(x, y, width, height, fill) -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"/>'


def line(path, stroke=INK, width=8) -> str:
    return (
        f'<path d="{path}" fill="none" stroke="{stroke}" stroke-width="{width}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def person(x, y, size, fill) -> str:
    """A head above a half-round body, ``size`` high, standing at (x, y)."""
    wide, top = round(size * 0.34, 1), round(y - size * 0.5, 1)
    head = circle(x, round(y - size * 0.78, 1), round(size * 0.2, 1), fill)
    body = f"M{x - wide} {y}V{top + wide}a{wide} {wide} 0 0 1 {2 * wide} 0V{y}z"
    return f'{head}<path d="{body}" fill="{fill}"/>'
