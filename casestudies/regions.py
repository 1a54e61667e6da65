"""The regions that took part in Plug In, and when.

The first period's regions are those that Kunskapsbanken names, the second's those of
PlugInnovation's own page on Plug In 2.0 (both read on 23 November 2026). The association
"Kalmar län och södra Småland" of the first period covered two counties, which the second
period names one by one.
"""

from dataclasses import dataclass

from pluginnovation.core.models.places import GOTEBORG_REGION

FIRST, SECOND = "2012–2015", "2015–2018"
# Who says so: period, source, address.
SOURCES = (
    ("den första omgången", "Kunskapsbanken", "http://kunskapsbanken.org/prosjekt/plug-sverige"),
    ("den andra", "PlugInnovation", "https://pluginnovation.se/om-plug/"),
)


@dataclass(frozen=True)
class Region:
    """A region by its counties (two digits) or, where it is no county, its municipalities."""

    code: str
    name: str
    places: tuple[str, ...]
    periods: tuple[str, ...] = (FIRST, SECOND)
    known_as: str = ""

    def holds(self, municipality: str) -> bool:
        """Whether the municipality with this code lies in the region."""
        return municipality.startswith(self.places)


REGIONS = (
    Region("goteborgsregionen", "Göteborgsregionen", tuple(sorted(GOTEBORG_REGION))),
    Region("vasterbotten", "Västerbotten", ("24",)),
    Region("jamtland", "Jämtland Härjedalen", ("23",), known_as="Region Jämtland 2012–2015"),
    Region("ostergotland", "Östergötland", ("05",)),
    Region("kalmar", "Kalmar län", ("08",)),
    Region("kronoberg", "Kronoberg", ("07",), known_as="södra Småland 2012–2015"),
    Region("gavleborg", "Gävleborg", ("21",), (SECOND,)),
    Region("skane", "Skåne", ("12",), (SECOND,)),
)


def region_of(municipality: str) -> Region | None:
    """The region of a municipality by its code; none where its region did not take part."""
    return next((region for region in REGIONS if region.holds(municipality)), None)
