"""From Kolada into our tables: page by page, each page once, whatever stops it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from pluginnovation.core import generation
from pluginnovation.core.models import Municipality

from ... import codes
from ...models import Indicator, IndicatorFetch, IndicatorValue, SimilarMunicipalities
from . import NATION, SOURCE
from .client import Client, Unreachable
from .shapes import UnexpectedAnswer

FRESH = timedelta(hours=20)
SIMILAR = "Liknande kommuner gymnasieskola"
_OWNER = re.compile(rf"{SIMILAR},\s*(?P<name>[^,]+),\s*(?P<year>\d{{4}})")


@dataclass
class Outcome:
    """What a run did; ``problems`` are sentences, one for each thing that could not be had."""

    values: int = 0
    fetched: int = 0
    skipped: int = 0
    groups: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass
class Run:
    """One import. ``again`` fetches also what was fetched lately; ``dry`` stores nothing."""

    client: Client
    years: range
    again: bool = False
    dry: bool = False
    tell: Callable[[str], None] = print
    outcome: Outcome = field(default_factory=Outcome)

    def __post_init__(self):
        self.places = {NATION, *Municipality.objects.values_list("code", flat=True)}

    def indicators(self, wanted: tuple[str, ...]) -> Outcome:
        """Each key figure on its own: what one of them cannot give does not stop the others."""
        for code in wanted:
            with self._told():
                self._indicator(code)
        with self._told():
            self._similar()
        return self.outcome

    def _told(self):
        return _Told(self.outcome, self.tell)

    def _indicator(self, code):
        about = self.client.about(code)
        self.tell(f"{code}: {about.title}")
        if not self.dry:
            Indicator.objects.update_or_create(
                code=code,
                defaults={
                    "title": about.title,
                    "description": about.description or "",
                    "period": about.publ_period,
                    "preliminary_on": about.prel_publication_date,
                    "published_on": about.publication_date,
                    "fetched_at": timezone.now(),
                },
            )
        for year in self.years:
            self._year(code, year)

    def _year(self, code, year):
        """Go on where the last run stopped; a year that was fetched lately is left as it is."""
        fetch = IndicatorFetch.objects.filter(code=code, year=year).first()
        lately = timezone.now() - FRESH
        if fetch and fetch.finished_at and fetch.finished_at > lately and not self.again:
            self.outcome.skipped += 1
            return
        start = fetch.next_url if fetch and not fetch.finished_at and not self.again else ""
        stored = 0
        try:
            for observations, following in self.client.observations(code, year, start):
                stored += self._page(code, year, observations, following)
                start = ""
        except Unreachable as error:
            if start and error.refused and not self.dry:
                # The server knows that page no more: the next run begins the year anew.
                fetch.delete()
            raise
        self.outcome.fetched += 1
        self.tell(f"  {year}: {stored} värden")

    def _page(self, code, year, observations, following) -> int:
        now = timezone.now()
        values, gone = {}, set()
        for one in observations:
            if one.municipality not in self.places:
                continue
            for value in one.values:
                key = (one.municipality, value.gender)
                if value.isdeleted:
                    gone.add(key)
                else:
                    values[key] = _row(code, year, key, value, now)
        if self.dry:
            self.outcome.values += len(values)
            return len(values)
        with transaction.atomic():
            generation.changed()
            for place, sex in gone - set(values):
                IndicatorValue.objects.filter(
                    indicator_id=code, year=year, place=place, sex=sex
                ).delete()
            IndicatorValue.objects.bulk_create(
                values.values(),
                update_conflicts=True,
                unique_fields=["indicator", "year", "place", "sex"],
                update_fields=["value", "status", "source", "fetched_at"],
            )
            IndicatorFetch.objects.update_or_create(
                code=code,
                year=year,
                defaults={"next_url": following, "finished_at": None if following else now},
            )
        self.outcome.values += len(values)
        return len(values)

    def _similar(self):
        """For each municipality of the region the newest group of those that are like it."""
        codes_of = {name: code for code, name in codes.REGION.items()}
        newest = {}
        for group in self.client.groups(SIMILAR):
            named = _OWNER.match(group.title)
            code = named and codes_of.get(named["name"].strip())
            members = [m.member_id for m in group.members if m.member_id in self.places]
            if code and members and named["year"] > newest.get(code, ("",))[0]:
                newest[code] = (named["year"], group.title, members)
        self.outcome.groups = len(newest)
        if self.dry:
            return
        generation.changed()
        for code, (_, title, members) in newest.items():
            SimilarMunicipalities.objects.update_or_create(
                place=code,
                defaults={
                    "title": title[:200],
                    "members": [member for member in members if member != code],
                    "fetched_at": timezone.now(),
                },
            )


def _row(code, year, key, value, now) -> IndicatorValue:
    place, sex = key
    number = None if value.value is None else Decimal(str(value.value)).quantize(Decimal("0.0001"))
    return IndicatorValue(
        indicator_id=code,
        year=year,
        place=place,
        sex=sex,
        value=number,
        status=value.status or "",
        source=SOURCE,
        fetched_at=now,
    )


class _Told:
    """Around a part of the run: an answer that cannot be had is told and the run goes on."""

    def __init__(self, outcome, tell):
        self.outcome, self.tell = outcome, tell

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind and issubclass(kind, (Unreachable, UnexpectedAnswer)):
            self.outcome.problems.append(str(error))
            self.tell(str(error))
            return True
        return False
