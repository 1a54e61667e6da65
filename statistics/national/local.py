"""Completion in one municipality beside the nation and municipalities like it, from Kolada."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from pluginnovation.core.models import Municipality

from ..models import Indicator, IndicatorValue, SimilarMunicipalities
from .kolada import INDICATORS, NATION, SOURCE


@dataclass(frozen=True)
class CompletionYear:
    """Per cent of one year, None where Kolada has none. ``similar`` is a mean of our own making,
    unweighted, over the ``similar_count`` similar municipalities that have a value."""

    year: int
    own: Decimal | None
    nation: Decimal | None
    similar: Decimal | None
    similar_count: int
    preliminary: bool

    @property
    def difference(self) -> Decimal | None:
        """Percentage points between the municipality and the nation."""
        known = self.own is not None and self.nation is not None
        return self.own - self.nation if known else None


@dataclass(frozen=True)
class Completion:
    """One key figure of a municipality over the years; ``place`` is a code or ``0000``."""

    code: str
    title: str
    description: str
    place: str
    years: tuple[CompletionYear, ...]
    similar_names: tuple[str, ...]
    similar_title: str
    fetched_at: datetime
    published_on: date | None

    @property
    def latest(self) -> CompletionYear | None:
        """The newest year that has a value of the municipality itself."""
        return next((year for year in reversed(self.years) if year.own is not None), None)

    @property
    def source(self) -> str:
        day = timezone.localtime(self.fetched_at)
        return f"Källa: {SOURCE}, nyckeltal {self.code}, hämtat {day:%Y-%m-%d}."


def completion(place: str = NATION) -> list[Completion]:
    """The key figures of completion for a municipality's code, in their fixed order.

    Empty where nothing is imported. At most 4 queries, whatever is imported.
    """
    indicators = {one.code: one for one in Indicator.objects.all()}
    if not indicators:
        return []
    alike = SimilarMunicipalities.objects.filter(place=place).first()
    members = alike.members if alike else []
    found: dict[str, dict[int, dict[str, Decimal]]] = {}
    rows = IndicatorValue.objects.filter(
        place__in=[place, NATION, *members], sex="T", value__isnull=False
    ).values_list("indicator_id", "year", "place", "value")
    for code, year, where, value in rows.order_by("year"):
        found.setdefault(code, {}).setdefault(year, {})[where] = _tenth(value)
    names = Municipality.objects.filter(code__in=members).values_list("name", flat=True)
    similar_names = tuple(names.order_by("name")) if members else ()
    ordered = [code for code in (*INDICATORS, *sorted(indicators)) if code in indicators]
    return [
        _of(indicators[code], place, years, members, similar_names, alike)
        for code in dict.fromkeys(ordered)
        if (years := found.get(code))
    ]


def _of(indicator, place, years, members, similar_names, alike) -> Completion:
    return Completion(
        code=indicator.code,
        title=indicator.title,
        description=indicator.description,
        place=place,
        years=tuple(
            _year(indicator, place, year, values, members) for year, values in years.items()
        ),
        similar_names=similar_names,
        similar_title=alike.title if alike else "",
        fetched_at=indicator.fetched_at,
        published_on=indicator.published_on,
    )


def _year(indicator, place, year, values, members) -> CompletionYear:
    similar = [values[member] for member in members if member in values]
    return CompletionYear(
        year=year,
        own=values.get(place),
        nation=values.get(NATION),
        similar=_tenth(sum(similar) / len(similar)) if similar else None,
        similar_count=len(similar),
        preliminary=_preliminary(indicator, year),
    )


def _preliminary(indicator, year) -> bool:
    """Whether Kolada had told of a later, final day for this year when it was fetched."""
    fetched = timezone.localdate(indicator.fetched_at)
    final = indicator.published_on
    return bool(indicator.preliminary_on and final and indicator.period == year and fetched < final)


def _tenth(value) -> Decimal:
    return Decimal(value).quantize(Decimal("0.1"), ROUND_HALF_UP)
