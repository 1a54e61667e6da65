"""Shares of municipalities beside each other: back, active, graduated, each change in words."""

from .. import charts, codes, tables
from ..disclosure import STRUCTURAL
from ..publication import Figures
from ..selection import Selection
from .comparison import WITH_REGION, scope
from .differences import Share, points, words
from .model import SHARE, WORDS, Column, Definition, Figure, Row, drawn, plain
from .words import BASE_RULE, NOT_COUNTED, preliminary_points, year_before

_SOON = "3"  # the follow-up that differences are told of


def compared_return(figures: Figures, selection: Selection) -> Figure:
    """Back in upper secondary so many months later, and the change from the year before."""
    months = [str(point) for point in tables.FOLLOW_UPS]
    beside = [
        (one, [_back(figures, one.selection, m) for m in months]) for one in selection.compared
    ]
    region = beside[-1][1]
    rows = [
        _row(
            one,
            shares,
            words(points(shares[0], region[0])),
            _since(figures, one.selection, shares[0]),
        )
        for one, shares in beside
    ]
    bars = _bars(beside, [f"{m} mån" for m in months])
    return Figure(
        id="jamfortillbaka",
        title="Tillbaka i gymnasieskolan",
        reading=_share_reading(beside, 0, "var tillbaka inom tre månader"),
        scope=scope(selection, "lasar"),
        row_label="Hemkommun",
        columns=[
            *(Column(f"andel-{m}", f"Efter {m} mån", SHARE) for m in months),
            Column("skillnad", "Efter 3 mån, mot hela regionen", WORDS),
            Column("andring", "Efter 3 mån, mot läsåret före", WORDS),
        ],
        rows=rows,
        definition=Definition(
            "Eleven har återstartat gymnasiestudierna, och har inte tagit examen, vid tidpunkten.",
            "Andel av de avbrott vars 3, 6, 12 eller 24 månader har gått på datadagen.",
            NOT_COUNTED,
            "Den som kommer tillbaka snart har kortast väg till examen.",
        ),
        chart=drawn(charts.paired_bars, bars),
        notes=(
            BASE_RULE,
            WITH_REGION,
            preliminary_points(figures, selection.lasar[-1]),
            selection.left_out("lasar"),
        ),
    )


def _back(figures, selection, months):
    chosen = selection.chosen("hemkommun", "lasar") | {"efter": months}
    return Share(figures.total("flode", utfall="AT", **chosen), figures.total("flode", **chosen))


def _row(one, shares, to_region, *more):
    """The shares, then words; the region is not compared with itself."""
    beside = STRUCTURAL if one.is_region else to_region
    values = (*(share.value for share in shares), beside, *more)
    return Row(one.code, one.name, values, one.is_region)


def _bars(beside, names):
    return [
        charts.Bar(one.name, share.value, share.shown, name)
        for one, shares in beside
        for name, share in zip(names, shares, strict=True)
        if share.value is not None
    ]


def _since(figures, selection, now):
    if len(selection.lasar) > 1 or year_before(selection.lasar[0]) not in figures.codes["lasar"]:
        return STRUCTURAL
    earlier = selection.with_years(year_before(selection.lasar[0]))
    return words(points(now, _back(figures, earlier, _SOON)))


def _share_reading(beside, at, what):
    (one, shares), (_, region) = beside[0], beside[-1]
    first, whole = shares[at], region[at]
    if first.value is None:
        return f"Avbrotten är för få för att räkna andelar: {one.name}."
    if one.is_region:
        return f"Av avbrotten i hela regionen {what} {whole.shown}."
    told = f"Av avbrotten i {one.name} {what} {first.shown}"
    if whole.value is None:
        return f"{told}."
    change = points(first, whole).than("i hela regionen")
    return f"{told}, {change} Där är andelen {whole.shown}."


def compared_activity(figures: Figures, selection: Selection) -> Figure:
    """What they do now, as parts of a whole bar for each."""
    groups = codes.ACTIVITY_GROUPS.values()
    beside = [
        (one, [_doing(figures, one.selection, group.code) for group in groups])
        for one in selection.compared
    ]
    region = beside[-1][1]
    bars = [
        charts.Bar(one.name, share.value, str(share.value), group.name)
        for one, shares in beside
        if all(share.value is not None for share in shares)
        for group, share in zip(groups, shares, strict=True)
    ]
    return Figure(
        id="jamforaktivitet",
        title="Vad de gör nu",
        reading=_share_reading(beside, -1, "saknas känd aktivitet för"),
        scope=scope(selection, "lasar"),
        row_label="Hemkommun",
        columns=[
            *(Column(group.code, group.name, SHARE) for group in groups),
            Column("skillnad", "Utan känd aktivitet, mot hela regionen", WORDS),
        ],
        rows=[_row(one, shares, words(points(shares[-1], region[-1]))) for one, shares in beside],
        definition=Definition(
            "Det senaste som hemkommunen eller skolan vet att eleven gör, på datadagen.",
            "Andel av avbrotten i urvalet.",
            NOT_COUNTED,
            "Kommunen ska veta vad dess ungdomar gör, och erbjuda stöd (skollagen 29 kap. 9 §).",
        ),
        chart=drawn(charts.stacked, bars),
        notes=(BASE_RULE, WITH_REGION, selection.left_out("lasar")),
    )


def _doing(figures, selection, group):
    chosen = selection.chosen("hemkommun", "lasar")
    return Share(
        figures.total("aktivitet", aktivitet=group, **chosen), figures.total("aktivitet", **chosen)
    )


def compared_graduation(figures: Figures, selection: Selection) -> Figure | None:
    """Graduated within 24 months of the interruption, in the newest two years that can tell."""
    variables = ("kon", "programtyp")
    years = [
        year
        for year in figures.codes["lasar"]
        if (plain(figures.total("examen", lasar=year)) or 0) >= 20
    ][-2:]
    if not years:
        return None
    beside = [
        (one, [_done(figures, one.selection, y) for y in years]) for one in selection.compared
    ]
    region = beside[-1][1]
    rows = [
        _row(
            one,
            shares,
            words(points(shares[-1], region[-1])),
            words(points(shares[-1], shares[0])) if len(shares) > 1 else STRUCTURAL,
        )
        for one, shares in beside
    ]
    bars = _bars(beside, years)
    return Figure(
        id="jamforexamen",
        title="Examen inom 24 månader från avbrottet",
        reading=_share_reading(beside, -1, f"läsåret {years[-1]} ledde till examen för"),
        scope=scope(selection, *variables),
        row_label="Hemkommun",
        columns=[
            *(Column(f"andel-{y[:4]}", f"Avbrott {y}", SHARE) for y in years),
            Column("skillnad", f"{years[-1]}, mot hela regionen", WORDS),
            Column("andring", "Mot läsåret före", WORDS),
        ],
        rows=rows,
        definition=Definition(
            "Gymnasieexamen inom 24 månader från avbrottet.",
            "Andel av de avbrott vars 24 månader har gått på datadagen.",
            NOT_COUNTED,
            "Ett avbrott behöver inte vara slutet. Måttet visar hur många som ändå kommer fram.",
        ),
        chart=drawn(charts.paired_bars, bars),
        notes=(BASE_RULE, WITH_REGION, selection.left_out(*variables)),
    )


def _done(figures, selection, year):
    chosen = selection.chosen("hemkommun", "kon", "programtyp") | {"lasar": year}
    return Share(figures.total("examen", examen="J", **chosen), figures.total("examen", **chosen))
