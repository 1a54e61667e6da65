"""How many leave, and when: by month, age and programme type."""

from functools import partial

from .. import charts, tables
from ..disclosure import SHARE_MINIMUM, share
from ..publication import Figures
from ..selection import Selection, joined
from .differences import counts as difference
from .model import (
    COUNT_AND_SHARE,
    Column,
    Definition,
    Figure,
    Row,
    bar,
    drawn,
    plain,
    shown,
    whole_row,
)
from .waiting import told
from .words import (
    INTERRUPTION,
    NOT_COUNTED,
    PROGRAMME,
    month_words,
    year_before,
    year_of_month,
)


def by_month(figures: Figures, selection: Selection) -> Figure:
    variables = ("hemkommun", "kon")
    chosen = selection.chosen(*variables)
    counts = {m: figures.total("avbrott-manad", manad=m, **chosen) for m in figures.codes["manad"]}
    strong = {month for month in counts if year_of_month(month) in selection.lasar}
    known = told(figures, selection)
    # The newest months may wait: the line ends at the last one that there is.
    last = max((m for m, count in counts.items() if plain(count) is not None), default="")
    drawn_months = [month for month in counts if month <= last]
    points = [(f"{m[:4]}-{m[5:]}-01", plain(counts[m]), m in strong) for m in drawn_months]
    return Figure(
        id="manader",
        title="När avbrotten sker",
        reading=_month_reading(counts, strong, known),
        scope=selection.words(*variables),
        row_label="Månad",
        columns=[Column("antal", "Studieavbrott")],
        rows=[Row(month, month_words(month), (counts[month],)) for month in reversed(counts)],
        definition=Definition(
            INTERRUPTION + " Avbrottet hör till den månad då det började.",
            left_out=NOT_COUNTED,
            why="Samma månader år från år visar när skolan tappar elever, och om något är på väg.",
        ),
        chart=partial(charts.months, points),
        notes=(
            known.running and f"{known.running}: talet är inte hela månadens.",
            "" if known.apart else known.note,
            selection.left_out(*variables),
        ),
        over_years=True,
    )


def _month_reading(counts, strong, known):
    """The newest month that is told of whole; beside the year before where all are told of."""
    selection = known.selection
    whole = [month for month in known.over if plain(counts[month]) is not None]
    if not whole:
        return "Ingen månad visas än."
    latest = whole[-1]
    now = f"I {month_words(latest)} började {shown(counts[latest])} avbrott"
    before = counts.get(year_before(latest))
    change = before and not known.apart and difference(counts[latest], before)
    now += f", {change.than(f'i {month_words(year_before(latest))}')}" if change else "."
    most = busiest(counts, strong)
    if not most:
        return now
    began = f"Flest avbrott under {selection.year_words} började i {busiest_words(counts, most)}."
    return f"{began} {now}"


def busiest(counts, months) -> list[str]:
    """The months with the largest count, in order: more than one where they are equal."""
    told = sorted(month for month in months if plain(counts[month]) is not None)
    most = max((plain(counts[month]) for month in told), default=None)
    return [month for month in told if plain(counts[month]) == most]


def busiest_words(counts, most) -> str:
    """``mars 2026: 84``, the equal ones together."""
    each = " vardera" if len(most) > 1 else ""
    return f"{joined(month_words(month) for month in most)}: {shown(counts[most[0]])}{each}"


def _divided(figures, selection, table, variable, variables):
    """Rows of one variable: count and share of the whole."""
    chosen = selection.chosen(*variables)
    whole = figures.total(table, **chosen)
    rows = []
    for code, label in tables.VARIABLES[variable].labels.items():
        count = figures.total(table, **{**chosen, variable: code})
        rows.append(Row(code, label, (count, share(count, whole))))
    return whole, rows


def largest(rows):
    """The rows with the largest count: more than one where they are equal."""
    most = max(plain(row.values[0]) or 0 for row in rows)
    return [row for row in rows if (plain(row.values[0]) or 0) == most]


def _most(rows, whole, few):
    """``17 år: 349 av 1 069``, the equal ones together; ``few`` where a comparison says nothing."""
    if whole.value is None or whole.value < SHARE_MINIMUM:
        return "", few
    top = largest(rows)
    each = " vardera" if len(top) > 1 else ""
    names = joined(row.label.lower() for row in top)
    return names, f"{shown(top[0].values[0])} av {shown(whole)} avbrott{each}"


def _bars(rows):
    """Shares, or the counts where they are too few for shares."""
    at = int(any(row.values[1] is not None for row in rows))
    return drawn(charts.bars, [bar(row.label, row.values[at]) for row in rows])


def by_age(figures: Figures, selection: Selection) -> Figure:
    variables = ("hemkommun", "lasar", "kon", "programtyp")
    whole, rows = _divided(figures, selection, "avbrott", "alder", variables)
    names, told = _most(rows, whole, "Avbrotten är för få för att jämföra åldrar.")
    return Figure(
        id="alder",
        title="Hur gamla eleverna är",
        reading=f"Vanligast är {names}: {told}." if names else told,
        scope=selection.words(*variables),
        row_label="Ålder",
        columns=COUNT_AND_SHARE,
        rows=[*rows, whole_row("Alla åldrar", whole)],
        definition=Definition(
            INTERRUPTION + " Åldern är avbrottets år minus elevens födelseår.",
            "Andel av avbrotten i urvalet.",
            NOT_COUNTED,
            "Den som är under 20 omfattas av hemkommunens aktivitetsansvar (skollagen 29 kap."
            " 9 §). Åldern säger hur länge kommunen har ansvaret kvar.",
        ),
        chart=_bars(rows),
    )


def by_programme_type(figures: Figures, selection: Selection) -> Figure:
    variables = ("hemkommun", "lasar", "kon", "alder")
    whole, rows = _divided(figures, selection, "avbrott", "programtyp", variables)
    names, told = _most(rows, whole, "Avbrotten är för få för att jämföra program.")
    return Figure(
        id="programtyp",
        title="Vilka program de lämnar",
        reading=f"Flest lämnar {names}: {told}." if names else told,
        scope=selection.words(*variables),
        row_label="Programtyp",
        columns=COUNT_AND_SHARE,
        rows=[*rows, whole_row("Alla program", whole)],
        definition=Definition(
            f"{INTERRUPTION} {PROGRAMME}",
            "Andel av avbrotten i urvalet.",
            NOT_COUNTED,
            "Vägen vidare är olika lång: från ett introduktionsprogram återstår mer till examen än"
            " från ett nationellt program.",
        ),
        chart=_bars(rows),
        notes=(selection.left_out(*variables),),
    )
