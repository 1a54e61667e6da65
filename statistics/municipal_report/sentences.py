"""What the numbers say in words, each sentence made of published numbers and nothing else."""

from dataclasses import dataclass
from decimal import Decimal

from .. import figures as figure_list
from .. import tables
from ..disclosure import LARGEST_CHANGE, Count, certainly_different, per_hundred, share
from ..figures import shown
from ..figures.counts import busiest, busiest_words
from ..figures.model import digits
from ..figures.rates import students
from ..figures.words import day_words, is_told_whole, told_until, year_before, year_of_month
from ..publication import Figures
from ..selection import Selection

SHORT = "3"
_MORE = (
    "Avbrotten per 100 elever är fler än i regionen. Vad gör kommuner med färre avbrott som vi kan"
    " lära av?"
)
_FEWER = "Avbrotten per 100 elever är färre än i regionen. Vad gör vi som ska fortsätta?"


@dataclass(frozen=True)
class Key:
    """The numbers that the report is about, of a municipality or of the region."""

    count: Count
    before: Count | None
    per_hundred: Decimal | None
    # How far off the protection can make the number per hundred.
    rate_margin: Decimal | None
    back: int | None
    unknown: int | None
    graduated: int | None
    followed_year: str | None


def key_numbers(found: Figures, selection: Selection, followed_year: str | None = None) -> Key:
    """The key numbers of a selection; ``followed_year`` is found where it is not given."""
    year = selection.lasar[0]
    chosen = selection.chosen("hemkommun")
    count = found.total("avbrott", lasar=year, **chosen)
    before = year_before(year)
    known = before in found.codes["lasar"]
    flow = {"lasar": year, "efter": SHORT, **chosen}
    everyone = found.total("aktivitet", lasar=year, **chosen)
    followed_year = followed_year or _followed(found, chosen)
    graduated = None
    if followed_year:
        done = found.total("examen", lasar=followed_year, examen="J", **chosen)
        graduated = share(done, found.total("examen", lasar=followed_year, **chosen))
    among = students(found, selection)
    return Key(
        count=count,
        before=found.total("avbrott", lasar=before, **chosen) if known else None,
        per_hundred=per_hundred(count, among),
        rate_margin=per_hundred(Count(count.margin), among),
        back=share(found.total("flode", utfall="AT", **flow), found.total("flode", **flow)),
        unknown=share(found.total("aktivitet", lasar=year, aktivitet="UTAN", **chosen), everyone),
        graduated=graduated,
        followed_year=followed_year,
    )


def _followed(found, chosen):
    """The newest school year with a share of graduates; None where there is none."""
    for year in reversed(found.codes["lasar"]):
        whole = found.total("examen", lasar=year, **chosen)
        if share(found.total("examen", lasar=year, examen="J", **chosen), whole) is not None:
            return year
    return None


def in_short(found: Figures, selection: Selection, own: Key, region: Key | None) -> list[str]:
    """The findings, each in a sentence of its own; those without a number are left out."""
    told = [
        _count(found, selection, own),
        _rate(own, region),
        _season(found, selection),
        _back(own, region),
        _unknown(own, region),
        _graduated(own, region),
        _so_far(found, selection),
    ]
    return [sentence for sentence in told if sentence]


def _count(found, selection, own):
    if own.count.value is None:  # it waits, and the figures beside say so
        return ""
    place, year = selection.place_words, selection.lasar[0]
    said = f"{shown(own.count)} studieavbrott i {place} läsåret {year}"
    if not is_told_whole(found, year, selection):
        # A part of a year is set beside the same months, by ``_so_far``, and beside no whole one.
        return f"{said}, till och med {day_words(told_until(found, 'avbrott', selection))}."
    if own.before is None or own.before.value is None:
        return f"{said}."
    said += f", mot {shown(own.before)} läsåret före."
    if own.count.value == own.before.value:
        return said
    if certainly_different(own.count, own.before):
        more = own.count.value > own.before.value
        change = digits(abs(own.count.value - own.before.value))
        return f"{said} Det är {change} {'fler' if more else 'färre'}."
    return said if found.exact else f"{said} Skillnaden är inte större än skyddet av talen kan ge."


def _beside(value, text):
    return f", mot {text} i hela regionen" if value is not None else ""


def _rate(own, region):
    if own.per_hundred is None:
        return ""
    other = region.per_hundred if region else None
    beside = _beside(other, shown(other))
    return f"Det motsvarar {shown(own.per_hundred)} avbrott per 100 elever{beside}."


def _season(found, selection):
    chosen = selection.chosen("hemkommun")
    months = [m for m in found.codes["manad"] if year_of_month(m) in selection.lasar]
    counts = {m: found.total("avbrott-manad", manad=m, **chosen) for m in months}
    most = busiest(counts, months)
    # Of few interruptions the month is chance, or the protection's own doing.
    if not most or (counts[most[0]].value or 0) < 2 * LARGEST_CHANGE:
        return ""
    return f"Flest avbrott började i {busiest_words(counts, most)}."


def _back(own, region):
    if own.back is None:
        return ""
    beside = _beside(region and region.back, shown(region.back) if region else "")
    return (
        f"{shown(own.back)} av avbrotten hade följts av återstart i gymnasieskolan inom tre"
        f" månader{beside}."
    )


def _unknown(own, region):
    if own.unknown is None:
        return ""
    beside = _beside(region and region.unknown, shown(region.unknown) if region else "")
    return f"För {shown(own.unknown)} av avbrotten är ingen aktivitet känd i dag{beside}."


def _graduated(own, region):
    if own.graduated is None:
        return ""
    other = region.graduated if region else None
    beside = _beside(other, shown(other))
    return (
        f"Av avbrotten läsåret {own.followed_year} ledde {shown(own.graduated)} till"
        f" gymnasieexamen inom 24 månader{beside}."
    )


def _so_far(found, selection):
    told = figure_list.so_far(found, selection)
    if told is None:
        return ""
    if told["count"].value is None:
        return told["note"]
    until = day_words(told["until"])
    said = (
        f"Hittills läsåret {told['year']}, till och med {until}, har {shown(told['count'])} avbrott"
        f" börjat{told['where']}, mot {shown(told['before'])} under samma månader året före."
    )
    if told["certain"] or found.exact:
        return said
    return f"{said} Skillnaden är inte större än skyddet av talen kan ge."


def questions(found: Figures, selection: Selection, own: Key, region: Key | None) -> list[str]:
    """What the committee may ask its administration, as far as the numbers give cause."""
    asked = []
    if own.unknown is not None and own.unknown >= 10:
        asked.append(
            f"För {shown(own.unknown)} är ingen aktivitet känd: de saknar sysselsättning, har inte"
            " nåtts eller har tackat nej. Hur snabbt når vi dem efter avbrottet, och vad erbjuder"
            " vi? Hemkommunen ska hålla sig informerad (skollagen 29 kap. 9 §)."
        )
    if own.back is not None:
        asked.append(
            f"{shown(own.back)} var tillbaka inom tre månader. Vad gjorde skolorna för dem, och vad"
            " hindrade de andra?"
        )
    if (place := _programme(found, selection)) is not None:
        asked.append(f"Flest avbrott gäller {place}. Vad kan göras där innan eleven slutar?")
    if own.graduated is not None:
        asked.append(
            f"{100 - own.graduated} av 100 avbrott ledde inte till examen inom 24 månader. Vilka"
            " vägar till examen erbjuder vi efter avbrottet, till exempel genom komvux?"
        )
    if own.per_hundred is not None and region and region.per_hundred is not None:
        difference = own.per_hundred - region.per_hundred
        if abs(difference) > own.rate_margin + region.rate_margin:
            asked.append(_MORE if difference > 0 else _FEWER)
    return asked


def _programme(found, selection):
    """The programme type that stands out by more than the protection can do."""
    chosen = selection.chosen("hemkommun", "lasar")
    labels = tables.VARIABLES["programtyp"].labels
    counts = {code: found.total("avbrott", programtyp=code, **chosen) for code in labels}
    ordered = sorted(counts, key=lambda code: -(counts[code].value or 0))
    first, second = ordered[:2]
    if not certainly_different(counts[first], counts[second]):
        return None
    return f"{labels[first].lower()} ({shown(counts[first])})"
