"""What the map of the cases shows: two drawings, and the same in two tables."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from casestudies.case_index import UNKNOWN
from casestudies.regions import FIRST, REGIONS, SECOND, SOURCES, Region, region_of
from pluginnovation.core.ordering import swedish_key

from .borders import borders
from .drawing import goteborg_region, whole_country

CLOSE_UP_ID = "goteborgsregionen"


@dataclass(frozen=True)
class Place:
    """A municipality with its number of cases and the address of their list."""

    code: str
    name: str
    count: int
    url: str
    region: Region | None


def atlas_context(cases, answer: dict) -> dict:
    """The map of ``cases``, each given as its municipalities: pairs of code and name.

    ``answer`` are the filters, which the links to the list keep. A case of several
    municipalities counts in each of them; ``known`` and ``unknown`` count each case once.
    """
    counted = Counter(pair for places in cases for pair in places if pair[0] != UNKNOWN)
    unknown = sum(all(code == UNKNOWN for code, _ in places) for places in cases)
    places = [
        Place(code, name, count, _url(answer, code), region_of(code))
        for (code, name), count in sorted(counted.items(), key=lambda each: swedish_key(each[0][1]))
    ]
    return {
        "borders": borders(),
        "drawings": [whole_country(places, f"#{CLOSE_UP_ID}"), goteborg_region(places)],
        "places": places,
        "regions": _regions(cases),
        "sources": SOURCES,
        "known": len(cases) - unknown,
        "unknown": unknown,
        "unknown_url": _url(answer, UNKNOWN),
    }


def _url(answer: dict, code: str) -> str:
    kept = {name: value for name, value in answer.items() if value}
    return "?" + urlencode(kept | {"kommun": code})


def _regions(cases) -> list[dict]:
    """Each region with when it took part and how many of the cases lie in it."""
    found = Counter()
    for places in cases:
        found.update({region.code for code, _ in places if (region := region_of(code))})
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
