"""The one list of what is counted: variables, and the tables whose cells are the public lattice.

A cell fixes every variable of its table to a code, a group or the total. No other cell exists:
what noise hides in one cell, freely chosen unions would bring to light.
"""

from dataclasses import dataclass

from . import codes

TOTAL = codes.TOTAL
WEIGHT_LIMIT = 4
FOLLOW_UPS = (3, 6, 12, 24)
GRADUATION_MONTHS = 24
# An activity says something about a later day for so many months.
ACTIVITY_HOLDS_MONTHS = 6
MONTHLY, HALF_YEARLY = "monthly", "half_yearly"

OUTCOMES = {
    "AT": "Tillbaka i gymnasieskolan",
    "EX": "Gymnasieexamen",
    **{group.code: group.name for group in codes.ACTIVITY_GROUPS.values()},
}
PLACES = {**codes.REGION, codes.OTHER: "Kommuner utanför regionen"}
_MONTHS = {str(months): str(months) for months in FOLLOW_UPS}


@dataclass(frozen=True)
class Variable:
    """One way to divide interruptions.

    ``levels`` are the columns of ``cube`` from fine to coarse; ``weight`` counts towards the
    cap; a sensitive variable is open only over a published base; ``labels`` is None where the
    codes come from the data's calendar or the school register.
    """

    code: str
    label: str
    labels: dict[str, str] | None
    weight: int = 1
    sensitive: bool = False
    total: str | None = "Totalt"
    levels: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return self.levels or (self.code,)


VARIABLES = {
    variable.code: variable
    for variable in (
        Variable("lasar", "läsår", None, weight=0, total=None),
        Variable("manad", "månad", None, total=None),
        Variable("hemkommun", "hemkommun", PLACES),
        Variable("skolkommun", "skolkommun", PLACES),
        Variable("skolenhet", "skola", None, weight=2),
        Variable("kon", "kön", codes.SEXES),
        Variable("alder", "ålder", codes.AGES),
        Variable("programtyp", "programtyp", codes.PROGRAMME_TYPES),
        Variable("program", "program", {c: p.name for c, p in codes.PROGRAMMES.items()}),
        Variable("langd", "avbrottets längd", codes.LENGTH_CLASSES, sensitive=True),
        Variable(
            "aktivitet",
            "aktivitet",
            {
                code: name
                for group in codes.ACTIVITY_GROUPS.values()
                for code, name in {group.code: group.name, **group.activities}.items()
            },
            sensitive=True,
            levels=("aktivitet", "aktivitetsgrupp"),
        ),
        Variable("efter", "månader efter avbrottet", _MONTHS, total=None),
        Variable("utfall", "utfall", OUTCOMES, sensitive=True),
        Variable("examen", "examen inom 24 månader", {"J": "Ja", "N": "Nej"}, sensitive=True),
    )
}


@dataclass(frozen=True)
class Table:
    """A table of the lattice: all combinations of its variables' codes, groups and totals."""

    id: str
    label: str
    variables: tuple[str, ...]

    def __iter__(self):
        return (VARIABLES[code] for code in self.variables)

    @property
    def weight(self) -> int:
        return sum(variable.weight for variable in self)

    @property
    def sensitive(self) -> str | None:
        """The variable that is open only over a published base of 10, if there is one."""
        return next((variable.code for variable in self if variable.sensitive), None)

    @property
    def rhythm(self) -> str:
        """How often it is published anew: what is sensitive twice a year, the rest monthly."""
        return HALF_YEARLY if self.sensitive else MONTHLY

    @property
    def sets(self) -> list[tuple[str, ...]]:
        """The columns of each grouping set: one level, or none for the total, of each variable."""
        found = [()]
        for variable in self:
            choices = [(column,) for column in variable.columns]
            choices += [()] if variable.total else []
            found = [fixed + choice for fixed in found for choice in choices]
        return found


TABLES = {
    table.id: table
    for table in (
        Table("avbrott", "Studieavbrott", ("hemkommun", "lasar", "kon", "alder", "programtyp")),
        Table(
            "avbrott-skola", "Studieavbrott per skola", ("skolkommun", "skolenhet", "lasar", "kon")
        ),
        Table("avbrott-manad", "Studieavbrott per månad", ("hemkommun", "manad", "kon")),
        Table("langd", "Avbrottens längd", ("hemkommun", "lasar", "kon", "langd")),
        Table("aktivitet", "Senast kända aktivitet", ("hemkommun", "lasar", "aktivitet")),
        Table(
            "flode", "Vad som har hänt sedan avbrottet", ("hemkommun", "lasar", "efter", "utfall")
        ),
        Table(
            "examen",
            "Examen inom 24 månader",
            ("hemkommun", "lasar", "kon", "programtyp", "examen"),
        ),
        Table("program", "Studieavbrott per program", ("hemkommun", "lasar", "program")),
    )
}
# Distinct students have a key of their own, for headlines only: these cells, no finer ones.
PERSONS = Table("personer", "Personer med studieavbrott", ("hemkommun", "lasar", "kon"))

# For raising several values: the children of each group, and of the total.
CHILDREN = {
    "hemkommun": {TOTAL: tuple(PLACES)},
    "skolkommun": {TOTAL: tuple(PLACES)},
    "kon": {TOTAL: tuple(codes.SEXES)},
    "alder": {TOTAL: tuple(codes.AGES)},
    "programtyp": {TOTAL: tuple(codes.PROGRAMME_TYPES)},
    "program": {TOTAL: tuple(codes.PROGRAMMES)},
    "langd": {TOTAL: tuple(codes.LENGTH_CLASSES)},
    "utfall": {TOTAL: tuple(OUTCOMES)},
    "examen": {TOTAL: ("J", "N")},
    "aktivitet": {
        **{group.code: tuple(group.activities) for group in codes.ACTIVITY_GROUPS.values()},
        TOTAL: tuple(codes.ACTIVITY_GROUPS),
    },
}
