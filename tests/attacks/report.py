"""The attacks' outcome on the synthetic records of the project, as a table for docs/skydd.md."""

from datetime import date
from itertools import pairwise
from statistics import demo, publication, tables
from statistics.models import Source
from statistics.publication.record_sets import RHYTHMS

from django.db import transaction
from django.test import Client

from . import lattice, two_publications

AIM = 5.0
# What the best attack on one publication recovers in the research (docs/skydd.md).
BEST = 0.281
MONTHS = [date(2025, month, 15) for month in range(1, 13)]
MONTHS += [date(2026, month, 15) for month in range(1, 11)]
# With how many sets of keys the monthly claims are tried: their records are few.
KEYS = {tables.MONTHLY: 3, tables.HALF_YEARLY: 1}
HALF_YEARS = [date(2025, 3, 15), date(2025, 10, 15), date(2026, 3, 15), date(2026, 10, 15)]


def load() -> None:
    """The sample records, taken in and not published."""
    source, _ = Source.objects.get_or_create(
        code=demo.SOURCE, defaults={"name": "Prov", "kind": "region", "synthetic": True}
    )
    for kind in demo.FILE_NAMES:
        demo._take_in(kind, source)


def gains() -> list[two_publications.Gain]:
    """Every claim over the pairs of publication days of its tables."""
    days = {tables.MONTHLY: pairwise(MONTHS), tables.HALF_YEARLY: pairwise(HALF_YEARS)}
    found = []
    for rhythm, pairs in days.items():
        claims = [claim for claim in two_publications.CLAIMS if claim.rhythm == rhythm]
        found += two_publications.run(list(pairs), claims, KEYS[rhythm])
    return found


def recovered(until: date = date(2026, 10, 31)) -> lattice.Recovered:
    """What one whole publication gives away of its small counts."""
    with transaction.atomic():
        publication.publish(until)
        published = lattice.crawl(Client(), publication.newest())
        found = lattice.attack(published, lattice.truth(until))
        transaction.set_rollback(True)
    return found


def document(today: date) -> str:
    load()
    thresholds = ", ".join(f"{one.code} {one.threshold}" for one in RHYTHMS.values())
    one = recovered()
    lines = [
        f"Measured {today} by `python -m tests.attacks` on the 6,000 synthetic records. D=5, V=3,"
        f" js=2; thresholds: {thresholds}. Claims are counted over {KEYS[tables.MONTHLY]} sets of"
        f" keys (monthly) and {KEYS[tables.HALF_YEARLY]} (half-yearly); the error is the gain's"
        " standard error.",
        "",
        "| two publications: what is claimed | changed | held back | right | by guessing | gain |"
        " error |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {gain.claim.variable} from `{gain.claim.table}` | {gain.changed} | {gain.held} |"
        f" {_percent(gain.right, gain.changed)} | {_percent(gain.guessed, gain.changed)} |"
        f" {gain.points:+.1f} | {gain.error:.1f} |"
        for gain in gains()
    ]
    lines += [
        "",
        f"| one publication: {one.small:,} true counts of 1 to 4 | guessed right |",
        "|---|---:|",
        f"| the cell itself | {_percent(one.own, one.small)} |",
        f"| the total less the other parts | {_percent(one.subtracted, one.small)} |",
        f"| all together | {_percent(one.together, one.small)} |",
        f"| known for certain | {one.certain} |",
    ]
    return "\n".join(lines)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"
