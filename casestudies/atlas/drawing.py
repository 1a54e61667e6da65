"""The two drawings: the whole country, and the Göteborg region where municipalities are small."""

from dataclasses import dataclass

from pluginnovation.core.models.places import GOTEBORG_REGION

from .borders import borders
from .labels import Frame, Label, Spot, labelled

COUNTRY = Frame(width=360, height=568, left=76, right=222, middle=(230, 140))
COUNTRY_SCALE, COUNTRY_CORNER = 0.36, (80, 8)
CLOSE_UP = Frame(width=360, height=300, left=96, right=264, middle=(178, 178))
CLOSE_UP_EDGE = 24  # km around the middles of the region's municipalities
CLOSE_UP_WIDTH = 180
TOGETHER = "goteborgsregionen"


@dataclass(frozen=True)
class Mark:
    """One link on a drawing: an outline in kilometres, a dot, and a name where there is room."""

    name: str
    count: int
    url: str
    path: str
    spot: Spot
    label: Label | None


@dataclass(frozen=True)
class Drawing:
    """What is drawn where; ``transform`` makes units of the drawing out of kilometres."""

    frame: Frame
    transform: str
    marks: list[Mark]


def whole_country(places, region_url: str) -> Drawing:
    """Every place with cases; those of the Göteborg region as one mark, which leads to its own."""
    far = [place for place in places if place.code not in GOTEBORG_REGION]
    near = [place for place in places if place.code in GOTEBORG_REGION]
    outlines = [(place, borders().paths[place.code], borders().points[place.code]) for place in far]
    if near:
        together = _Together(sum(place.count for place in near), region_url)
        middle = _middle(GOTEBORG_REGION)
        outlines.append((together, borders().regions[TOGETHER], middle))
    return _drawing(outlines, COUNTRY, COUNTRY_SCALE, COUNTRY_CORNER)


def goteborg_region(places) -> Drawing | None:
    """The region on its own; nothing where no case is from there."""
    near = [place for place in places if place.code in GOTEBORG_REGION]
    if not near:
        return None
    points = [borders().points[code] for code in GOTEBORG_REGION]
    left, right = (f(x for x, _ in points) for f in (min, max))
    top = min(y for _, y in points)
    scale = CLOSE_UP_WIDTH / (right - left + 2 * CLOSE_UP_EDGE)
    corner = (
        (CLOSE_UP.width - CLOSE_UP_WIDTH) / 2 - (left - CLOSE_UP_EDGE) * scale,
        -(top - CLOSE_UP_EDGE) * scale,
    )
    outlines = [
        (place, borders().paths[place.code], borders().points[place.code]) for place in near
    ]
    return _drawing(outlines, CLOSE_UP, round(scale, 3), [round(each, 1) for each in corner])


@dataclass(frozen=True)
class _Together:
    """The municipalities of the Göteborg region as one mark of the whole country."""

    count: int
    url: str
    code: str = TOGETHER
    name: str = "Göteborgsregionen"


def _middle(codes) -> tuple[float, float]:
    points = [borders().points[code] for code in codes]
    return tuple(sum(axis) / len(points) for axis in zip(*points, strict=True))


def _lines(place) -> tuple[str, ...]:
    """The name with the number; the region's long name is broken as Swedish breaks it."""
    if place.code == TOGETHER:
        return "Göteborgs-", f"regionen {place.count}"
    return (f"{place.name} {place.count}",)


def _drawing(outlines, frame, scale, corner) -> Drawing:
    spots = [
        Spot(
            code=place.code,
            lines=_lines(place),
            x=round(corner[0] + x * scale, 1),
            y=round(corner[1] + y * scale, 1),
            weight=place.count,
        )
        for place, _, (x, y) in outlines
    ]
    labels = {label.spot.code: label for label in labelled(spots, frame)}
    marks = [
        Mark(place.name, place.count, place.url, path, spot, labels.get(place.code))
        for (place, path, _), spot in zip(outlines, spots, strict=True)
    ]
    marks.sort(key=lambda mark: (mark.spot.y, mark.spot.x))
    return Drawing(frame, f"translate({corner[0]:g} {corner[1]:g}) scale({scale:g})", marks)
