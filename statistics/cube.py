"""One question -> one table of true counts and cell keys. Nothing else reads counts.

``frozen_rows`` derives the variables of all current interruptions once, in one statement and
so in one snapshot, into a temporary table; ``cells`` counts one table of the lattice from it.
What comes out of here is exact: it goes through ``publication`` before anybody sees it.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from . import codes, tables
from .disclosure import KEY_SPACE, TOTAL

_LENGTH_CASES = " ".join(
    f"WHEN ended_on - interrupted_on <= {last} THEN '{code}'"
    for code, last in codes.LENGTH_BOUNDS.items()
)
_GROUP_CASES = " ".join(
    f"WHEN '{code}' THEN '{group}'" for code, group in codes.GROUP_OF_ACTIVITY.items()
)


def _group(activity):
    return f"CASE coalesce({activity}, '{codes.UNKNOWN_ACTIVITY}') {_GROUP_CASES} END"


def _graduation(months):
    """``J`` or ``N`` for interruptions whose months have passed, else NULL."""
    return f"""CASE WHEN day{months} > %(until)s THEN NULL
        WHEN graduated_on <= day{months} THEN 'J' ELSE 'N' END"""


def _outcome(months):
    """The status so many months after the interruption: record-format, Activities."""
    return f"""CASE WHEN day{months} > %(until)s THEN NULL
        WHEN graduated_on <= day{months} THEN 'EX' WHEN resumed_on <= day{months} THEN 'AT'
        ELSE {_group(f"seen{months}")} END"""


def _place(column):
    return f"CASE WHEN {column} = ANY(%(region)s) THEN {column} ELSE '{codes.OTHER}' END"


def _last_seen(condition):
    return f"(array_agg(a.code ORDER BY a.observed_on DESC) FILTER (WHERE {condition}))[1]"


def _started_sql():
    """All interruptions up to the day, with the days of their follow-ups.

    So many months later is the same day of that month, or the last one of a shorter month.
    """
    days = ", ".join(
        f"(c.interrupted_on + interval '{months} months')::date AS day{months}"
        for months in tables.FOLLOW_UPS
    )
    return f"""SELECT c.*, u.municipality_id AS school_municipality,
        least(c.resumed_on, c.graduated_on) AS ended_on, {days}
      FROM statistics_current_interruption c
      JOIN statistics_schoolunit u ON u.code = c.school_unit_id
      WHERE c.interrupted_on <= %(until)s
        AND (%(home)s::text[] IS NULL OR c.home_municipality_id = ANY(%(home)s))
        AND (%(school)s::text[] IS NULL OR u.municipality_id = ANY(%(school)s))"""


def _known_sql():
    """The last activity seen by the data date, and by each follow-up if not too old then."""
    holds = f"interval '{tables.ACTIVITY_HOLDS_MONTHS} months'"
    seen = ", ".join(
        _last_seen(f"a.observed_on <= day{m} AND a.observed_on >= (day{m} - {holds})::date")
        + f" AS seen{m}"
        for m in tables.FOLLOW_UPS
    )
    return f"""SELECT s.id, {_last_seen("true")} AS last_seen, {seen}
      FROM started s JOIN statistics_current_activity a
        ON a.interruption_id = s.id AND a.observed_on BETWEEN s.interrupted_on AND %(until)s
      GROUP BY s.id"""


def _rows_sql():
    flow = ", ".join(f"{_outcome(months)} AS utfall{months}" for months in tables.FOLLOW_UPS)
    return f"""
    CREATE TEMPORARY TABLE figure_rows ON COMMIT DROP AS
    WITH started AS MATERIALIZED ({_started_sql()}), known AS MATERIALIZED ({_known_sql()})
    SELECT record_key, person_key, pseudonym, school_year AS lasar,
      to_char(interrupted_on, 'YYYY"M"MM') AS manad,
      {_place("home_municipality_id")} AS hemkommun,
      {_place("school_municipality")} AS skolkommun, school_unit_id AS skolenhet,
      sex AS kon, least(greatest(age, 16), 20)::text AS alder,
      programme_type AS programtyp, programme AS program,
      CASE WHEN ended_on <= %(until)s
        THEN CASE {_LENGTH_CASES} ELSE 'L5' END ELSE '{codes.ONGOING}' END AS langd,
      coalesce(last_seen, '{codes.UNKNOWN_ACTIVITY}') AS aktivitet,
      {_group("last_seen")} AS aktivitetsgrupp,
      {_graduation(tables.GRADUATION_MONTHS)} AS examen, {flow}
    FROM started LEFT JOIN known USING (id)"""


@contextmanager
def frozen_rows(until: date, hemkommun: tuple[str, ...] = (), skolkommun: tuple[str, ...] = ()):
    """All interruptions up to a day, as they are known now, held still for the questions within.

    Only those of the named municipalities, of the home or of the school, where some are named.
    """
    given = {
        "until": until,
        "region": list(codes.REGION),
        "home": list(hemkommun) or None,
        "school": list(skolkommun) or None,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.figure_rows")
        cursor.execute(_rows_sql(), given)
        yield
        cursor.execute("DROP TABLE pg_temp.figure_rows")


@dataclass(frozen=True, slots=True)
class Cell:
    """A true count and the sum of its records' keys, modulo 2^32."""

    count: int
    key: int


def _source(table):
    """What is counted: all rows, or those whose months have passed."""
    if "utfall" in table.variables:
        points = ", ".join(f"('{m}', utfall{m})" for m in tables.FOLLOW_UPS)
        return (
            f"figure_rows CROSS JOIN LATERAL (VALUES {points}) AS point (efter, utfall)"
            " WHERE utfall IS NOT NULL"
        )
    return "figure_rows" + (" WHERE examen IS NOT NULL" if "examen" in table.variables else "")


def _measures(persons):
    if persons:
        return "count(DISTINCT pseudonym)", f"sum(DISTINCT person_key) % {KEY_SPACE}"
    return "count(*)", f"sum(record_key) % {KEY_SPACE}"


def _question(table, persons):
    columns = [column for variable in table for column in variable.columns]
    sets = ", ".join(f"({', '.join(fixed)})" for fixed in table.sets)
    grouped = ", ".join(f"grouping({column})" for column in columns)
    measures = ", ".join(_measures(persons))
    return (
        f"SELECT {', '.join(columns)}, {grouped}, {measures} FROM {_source(table)}"
        f" GROUP BY GROUPING SETS ({sets})"
    )


def _codes_of(table, values, grouped):
    """The cell's code for each variable: of the one level that is fixed, or the total."""
    columns = [column for variable in table for column in variable.columns]
    fixed = dict(zip(columns, zip(values, grouped, strict=True), strict=True))
    for variable in table:
        open_levels = [fixed[column][0] for column in variable.columns if not fixed[column][1]]
        yield open_levels[0] if open_levels else TOTAL


def cells(table: tables.Table, persons: bool = False) -> dict[tuple[str, ...], Cell]:
    """Every cell of the table that holds a record. Call it within ``frozen_rows``."""
    width = sum(len(variable.columns) for variable in table)
    with connection.cursor() as cursor:
        cursor.execute(_question(table, persons))
        found = cursor.fetchall()
    return {
        tuple(_codes_of(table, row[:width], row[width : 2 * width])): Cell(row[-2], int(row[-1]))
        for row in found
        if row[-2]
    }
