"""One question -> one table of true counts and cell keys. Nothing else reads counts.

``frozen_rows`` derives the variables of all current interruptions once, in one statement and
so in one snapshot, into a temporary table; ``cells`` counts one table of the lattice from it.
``known_rows`` derives the same from what was known at some earlier time, for ``publication``.
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


# What holds now; ``_AS_KNOWN`` defines the other two.
NOW = ("statistics_current_version", "statistics_current_activity")
THEN = ("version", "activity")


def _started_sql(versions):
    """All interruptions up to the day, with the days of their follow-ups.

    So many months later is the same day of that month, or the last one of a shorter month.
    """
    days = ", ".join(
        f"(c.interrupted_on + interval '{months} months')::date AS day{months}"
        for months in tables.FOLLOW_UPS
    )
    return f"""SELECT c.*, u.municipality_id AS school_municipality,
        least(c.resumed_on, c.graduated_on) AS ended_on, {days}
      FROM {versions} c
      JOIN statistics_schoolunit u ON u.code = c.school_unit_id
      WHERE c.interrupted_on <= %(until)s
        AND (%(home)s::text[] IS NULL OR c.home_municipality_id = ANY(%(home)s))
        AND (%(school)s::text[] IS NULL OR u.municipality_id = ANY(%(school)s))"""


def _known_sql(activities):
    """The last activity seen by the data date, and by each follow-up if not too old then."""
    holds = f"interval '{tables.ACTIVITY_HOLDS_MONTHS} months'"
    seen = ", ".join(
        _last_seen(f"a.observed_on <= day{m} AND a.observed_on >= (day{m} - {holds})::date")
        + f" AS seen{m}"
        for m in tables.FOLLOW_UPS
    )
    return f"""SELECT s.id, {_last_seen("true")} AS last_seen, {seen}
      FROM started s JOIN {activities} a
        ON a.interruption_id = s.id AND a.observed_on BETWEEN s.interrupted_on AND %(until)s
      GROUP BY s.id"""


# The views of migration ``current``, from the batches that are given and not those in force.
_AS_KNOWN = """
    version AS MATERIALIZED (
      SELECT DISTINCT ON (i.source_id, i.local_id) i.*
      FROM statistics_interruption i JOIN statistics_importbatch b ON b.id = i.batch_id
      WHERE i.batch_id = ANY(%(batches)s)
      ORDER BY i.source_id, i.local_id, b.taken_in_at DESC, b.id DESC),
    told AS (
      SELECT DISTINCT ON (a.source_id, a.pseudonym, a.owner_id, a.local_id, a.observed_on)
        a.*, b.taken_in_at
      FROM statistics_activity a JOIN statistics_importbatch b ON b.id = a.batch_id
      WHERE a.batch_id = ANY(%(batches)s)
      ORDER BY a.source_id, a.pseudonym, a.owner_id, a.local_id, a.observed_on,
        b.taken_in_at DESC, b.id DESC),
    of_student AS (
      SELECT t.id, t.source_id, t.observed_on, t.code, t.taken_in_at, t.batch_id,
        coalesce(t.pseudonym, named.pseudonym) AS pseudonym
      FROM told t LEFT JOIN version named
        ON named.source_id = t.owner_id AND named.local_id = t.local_id),
    attached AS (
      SELECT DISTINCT ON (s.id) s.*, v.id AS interruption_id
      FROM of_student s JOIN version v
        ON v.pseudonym = s.pseudonym AND v.interrupted_on <= s.observed_on
      ORDER BY s.id, v.interrupted_on DESC, v.source_id, v.local_id),
    activity AS (
      SELECT DISTINCT ON (interruption_id, observed_on) id, interruption_id, observed_on, code
      FROM attached
      ORDER BY interruption_id, observed_on, taken_in_at DESC, batch_id DESC, id DESC),
"""


def _rows_sql(versions, activities, before=""):
    flow = ", ".join(f"{_outcome(months)} AS utfall{months}" for months in tables.FOLLOW_UPS)
    return f"""
    WITH {before} started AS MATERIALIZED ({_started_sql(versions)}),
      known AS MATERIALIZED ({_known_sql(activities)})
    SELECT id, source_id, local_id, record_key, person_key, pseudonym, school_year AS lasar,
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


def _given(until, hemkommun=(), skolkommun=()):
    return {
        "until": until,
        "region": list(codes.REGION),
        "home": list(hemkommun) or None,
        "school": list(skolkommun) or None,
    }


@contextmanager
def frozen_rows(until: date, hemkommun: tuple[str, ...] = (), skolkommun: tuple[str, ...] = ()):
    """All interruptions up to a day, as they are known now, held still for the questions within.

    Only those of the named municipalities, of the home or of the school, where some are named.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.figure_rows")
        cursor.execute(
            f"CREATE TEMPORARY TABLE figure_rows ON COMMIT DROP AS {_rows_sql(*NOW)}",
            _given(until, hemkommun, skolkommun),
        )
        yield
        cursor.execute("DROP TABLE pg_temp.figure_rows")


def known_rows(cursor, basis: int, batches: list[int], until: date, since: str) -> None:
    """Add to the temporary table ``known_rows`` all rows as these batches tell them.

    They bear ``basis``; those of school years before ``since`` are left out. The table goes
    with the transaction.
    """
    rows = f"""SELECT %(basis)s::integer AS basis, r.*
      FROM ({_rows_sql(*THEN, before=_AS_KNOWN)}) r WHERE lasar >= %(since)s"""
    cursor.execute("SELECT to_regclass('pg_temp.known_rows')")
    there = cursor.fetchone()[0]
    into = "INSERT INTO known_rows" if there else "CREATE TEMP TABLE known_rows ON COMMIT DROP AS"
    given = {"basis": basis, "batches": batches, "since": since}
    cursor.execute(f"{into} {rows}", _given(until) | given)


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
