"""The borders that the map is drawn from, read once from the file beside this module.

``manage.py build_map_borders`` makes the file. Coordinates are kilometres from its top left.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("borders.json")


@dataclass(frozen=True)
class Borders:
    source: str
    size: tuple[int, int]
    land: str
    regions: dict[str, str]
    paths: dict[str, str]
    points: dict[str, tuple[int, int]]


@cache
def borders() -> Borders:
    """The country, the regions by code, and the municipalities by SCB's code."""
    read = json.loads(FILE.read_text(encoding="utf-8"))
    municipalities = read["municipalities"]
    return Borders(
        source=read["source"],
        size=tuple(read["size"]),
        land=read["land"],
        regions=read["regions"],
        paths={code: each["path"] for code, each in municipalities.items()},
        points={code: tuple(each["point"]) for code, each in municipalities.items()},
    )
