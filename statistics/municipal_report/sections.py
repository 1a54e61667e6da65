"""The report's sections: the dashboard's own figures of the municipality, in tables that fit paper.

No number is made here that the dashboard does not have: a table is cut, never reckoned anew.
"""

from .. import figures as figure_list
from ..disclosure import SHARE_MINIMUM, TOTAL, share
from ..figures import Figure, shown
from ..figures.model import COUNT, SHARE, plain
from ..figures.words import last_day
from ..publication import Figures
from ..selection import Selection
from .model import Grid, Section
from .sentences import Key

_WHO = "Vilka som avbryter"
# So many school years at most, the newest, fit a page.
_YEARS = 5
_FEW_MONTHS = "Avbrotten är för få för att säga något om enskilda månader."
# Headings that fit paper, where the figure's own are longer.
_SHORT = {
    "Avbrott vars 24 månader har gått": "Avbrott",
    "Med examen inom 24 månader": "Med examen",
    "Andel i regionen (procent)": "Regionen, %",
    "Andel (procent)": "Andel, %",
}


def of_numbers(found: Figures, selection: Selection, own: Key) -> list[Section]:
    """From how many leave to what became of them."""
    built = {
        name: figure_list.build(name, found, selection)
        for name in ("manader", "alder", "programtyp", "langd", "aktivitet", "examen", "flode")
    }
    return [
        _how_many(found, selection, built["manader"], own),
        _who(found, selection, built["alder"], built["programtyp"]),
        _section("hur-lange", "Hur länge avbrotten varar", built["langd"]),
        _section("nu", "Vad de gör nu", built["aktivitet"], heads_only=True),
        _section("spar", "Från avbrottet till nu", built["flode"], one_kind=True),
        _section("examen", "Examen inom 24 månader", built["examen"]),
    ]


def _section(id_, title, figure, heads_only=False, one_kind=False):
    if not _says_something(figure):
        return Section(id_, title)
    columns = _kind_with_values(figure) if one_kind else None
    grid = grid_of(figure, heads_only=heads_only, columns=columns)
    notes = tuple(note for note in figure.notes if note)
    return Section(id_, title, (figure.reading,), figure, (grid,), notes)


def _says_something(figure):
    """Whether a count beside the totals is shown and is not nought."""
    return any(plain(value) for row in figure.rows if row.code != TOTAL for value in row.values[:2])


def grid_of(figure: Figure, heads_only: bool = False, columns=None) -> Grid:
    """The figure's table, of the columns (from 0) that are named, or of its groups only."""
    rows = [row for row in figure.rows if row.head or not heads_only]
    if figure.id == "examen":
        rows = rows[-(_YEARS - 1) :]
    columns = range(len(figure.columns)) if columns is None else columns
    return Grid(
        f"{figure.title}. {figure.scope}",
        (figure.row_label, *(_heading(figure.columns[at]) for at in columns)),
        tuple((row.label, *(row.texts[at] for at in columns)) for row in rows),
    )


def _heading(column):
    heading = column.heading
    return _SHORT.get(heading, heading.replace(", andel (procent)", ", %"))


def _kind_with_values(figure):
    """Shares where there is one, else counts: both together would not fit the paper's width."""
    has_share = any(
        figure.columns[at].kind == SHARE and value is not None
        for row in figure.rows
        for at, value in enumerate(row.values)
    )
    kind = SHARE if has_share else COUNT
    return [at for at, column in enumerate(figure.columns) if column.kind == kind]


def _how_many(found, selection, figure, own):
    chosen = selection.chosen("hemkommun")
    sexes = {"T": "Alla", "K": "Kvinnor", "M": "Män"}
    rows = []
    for year in found.codes["lasar"][-_YEARS:]:
        counts = [
            found.total("avbrott", lasar=year, **chosen, **({} if sex == "T" else {"kon": sex}))
            for sex in sexes
        ]
        running = " (pågår)" if last_day(year) > found.data_date else ""
        rows.append((f"{year}{running}", *(shown(count) for count in counts)))
    grid = Grid(
        f"Studieavbrott per läsår. {selection.place_words} (hemkommun)",
        ("Läsår", *sexes.values()),
        tuple(rows),
    )
    enough = (own.count.value or 0) >= SHARE_MINIMUM
    return Section(
        "hur-manga",
        "Hur många som avbryter, och när",
        (figure.reading if enough else _FEW_MONTHS,),
        figure if enough else None,
        (grid,),
        tuple(note for note in figure.notes if note),
    )


def _who(found, selection, age, programme):
    chosen = selection.chosen("hemkommun", "lasar")
    whole = found.total("avbrott", **chosen)
    women = share(found.total("avbrott", kon="K", **chosen), whole)
    if not _says_something(age):
        return Section("vilka", _WHO)
    sentences = [age.reading, programme.reading]
    if women is not None:
        sentences.append(f"{shown(women)} av avbrotten gäller kvinnor.")
    return Section(
        "vilka",
        _WHO,
        tuple(sentences),
        age,
        (grid_of(age), grid_of(programme)),
        tuple(dict.fromkeys(note for note in (*age.notes, *programme.notes) if note)),
    )
