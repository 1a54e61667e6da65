"""What the map of the cases shows: two drawings, and the same in two tables."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from casestudies.regions import FIRST, REGIONS, SECOND, Region, region_of

from .borders import borders
from .drawing import goteborg_region, whole_country

# The option of the municipality filter that stands for cases without one.
UNKNOWN = "okand"
CLOSE_UP_ID = "goteborgsregionen"


@dataclass(frozen=True)
class Place:
    """A municipality with its number of cases and the address of their list."""

    code: str
    name: str
    count: int
    url: str
    region: Region | None


def atlas_context(rows, answer: dict) -> dict:
    """The map of ``rows``, each a dict that holds its ``kommun`` options.

    ``answer`` are the filters, which the links to the list keep. A case of several
    municipalities counts in each of them; ``known`` and ``unknown`` count each case once.
    """
    counted = Counter(option["code"] for row in rows for option in row["kommun"])
    names = {option["code"]: option["label"] for row in rows for option in row["kommun"]}
    unknown = counted.pop(UNKNOWN, 0)
    places = [
        Place(code, names[code], count, _url(answer, code), region_of(code))
        for code, count in sorted(counted.items(), key=lambda item: names[item[0]])
    ]
    return {
        "borders": borders(),
        "drawings": [whole_country(places, f"#{CLOSE_UP_ID}"), goteborg_region(places)],
        "places": places,
        "regions": _regions(rows),
        "known": len(rows) - unknown,
        "unknown": unknown,
        "unknown_url": _url(answer, UNKNOWN),
    }


def _url(answer: dict, code: str) -> str:
    kept = {name: value for name, value in answer.items() if value}
    return "?" + urlencode(kept | {"kommun": code})


def _regions(rows) -> list[dict]:
    """Each region with when it took part and how many of the cases lie in it."""
    found = Counter()
    for row in rows:
        found.update({region.code for o in row["kommun"] if (region := region_of(o["code"]))})
    return [
        {
            "region": region,
            "first": FIRST in region.periods,
            "second": SECOND in region.periods,
            "count": found[region.code],
            "path": borders().regions[region.code],
        }
        for region in REGIONS
    ]
