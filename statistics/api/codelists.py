"""The code lists of the API: every variable's own values, and the groups of activities.

A group is no sum made by the API: it is a cell of the lattice with a protection of its own.
"""

from dataclasses import dataclass

from .. import codes, tables
from ..publication import Figures

CONTENTS = "ContentsCode"
COUNTS = {"antal": "Antal studieavbrott", "personer": "Antal personer"}
GROUPED = "agg_aktivitetsgrupp"
SINGLE = "vs_aktivitet"


@dataclass(frozen=True)
class Codelist:
    """``values`` are the codes that it leaves of its variable's; ``members`` what each holds."""

    id: str
    label: str
    variable: str
    values: dict[str, str]
    members: dict[str, tuple[str, ...]] | None = None

    @property
    def type(self) -> str:
        return "Aggregation" if self.members else "Valueset"


CODELISTS = {
    one.id: one
    for one in (
        Codelist(
            GROUPED,
            "Aktiviteter i fem grupper",
            "aktivitet",
            {group.code: group.name for group in codes.ACTIVITY_GROUPS.values()},
            {group.code: tuple(group.activities) for group in codes.ACTIVITY_GROUPS.values()},
        ),
        Codelist(SINGLE, "Aktiviteter var för sig", "aktivitet", codes.ACTIVITIES),
    )
}


def of_variable(code: str) -> list[Codelist]:
    return [codelist for codelist in CODELISTS.values() if codelist.variable == code]


def labels(figures: Figures, code: str) -> dict[str, str]:
    """Every code of a variable in this publication, in order, with its label."""
    if code == CONTENTS:
        return COUNTS
    variable = tables.VARIABLES[code]
    known = variable.labels or (figures.schools if code == "skolenhet" else {})
    total = {codes.TOTAL: variable.total} if variable.total else {}
    listed = figures.codes[code]
    return {value: {**known, **total}.get(value, value) for value in listed}


def contents_of(table: tables.Table) -> dict[str, str]:
    """What is counted in a table; persons only where the lattice has cells of them."""
    kinds = COUNTS if table.id == "avbrott" else {"antal": COUNTS["antal"]}
    return dict(kinds)


def period_of(table: tables.Table) -> str:
    """The variable of time: it has no total, so a question names its values."""
    return "manad" if "manad" in table.variables else "lasar"
