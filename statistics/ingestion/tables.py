"""The SQL of each kind of file: staging table, comparison with what holds, insertion.

Every statement is given ``source`` and ``batch``. A comparison yields ``row_number`` and
``state``: new, changed or unchanged. Only rows that are not unchanged are inserted.
"""
# ruff: noqa: S608  (the statements are put together from constants of this module alone)

from dataclasses import dataclass

NEWEST_FIRST = "b.taken_in_at DESC, b.id DESC"


@dataclass(frozen=True)
class Staging:
    columns: dict[str, str]
    compare: str
    insert: tuple[str, ...]
    after: str = ""

    @property
    def create(self) -> str:
        columns = ", ".join(f"{name} {type_}" for name, type_ in self.columns.items())
        return f"CREATE TEMP TABLE import_staging ({columns}) ON COMMIT DROP"

    @property
    def copy(self) -> str:
        return f"COPY import_staging ({', '.join(self.columns)}) FROM STDIN"


_INTERRUPTION = {
    "local_id": "text",
    "pseudonym": "bytea",
    "record_key": "bigint",
    "person_key": "bigint",
    "sex": "text",
    "birth_year": "smallint",
    "home_municipality_id": "text",
    "school_unit_id": "text",
    "study_path": "text",
    "programme": "text",
    "programme_type": "text",
    "grade": "smallint",
    "interrupted_on": "date",
    "resumed_on": "date",
    "graduated_on": "date",
    "reason": "text",
    "school_year": "text",
    "age": "smallint",
    "content_hash": "bytea",
}
_ACTIVITY = {
    "pseudonym": "bytea",
    "owner_id": "bigint",
    "local_id": "text",
    "observed_on": "date",
    "code": "text",
}
_SCHOOL_UNIT = {
    "code": "text",
    "name": "text",
    "municipality_id": "text",
    "organiser": "text",
    "programmes": "varchar[]",
    "opened": "date",
    "closed": "date",
}
_STUDENTS = {
    "school_year": "text",
    "school_unit_id": "text",
    "home_municipality_id": "text",
    "study_path": "text",
    "sex": "text",
    "programme": "text",
    "students": "integer",
}


def _insert(table: str, columns: dict[str, str], *more: str) -> str:
    names = ", ".join(columns)
    fixed = "".join(f", {name}_id" for name in ("batch", *more))
    given = "".join(f", %({name})s" for name in ("batch", *more))
    return f"""
        INSERT INTO {table} ({names}{fixed})
        SELECT {names}{given} FROM import_staging JOIN import_state USING (row_number)
        WHERE state <> 'unchanged' ORDER BY row_number
    """


def _compare(held: str, same_thing: str, is_equal: str) -> str:
    return f"""
        SELECT s.row_number, CASE
            WHEN held.found IS NULL THEN 'new'
            WHEN {is_equal} THEN 'unchanged' ELSE 'changed' END AS state
        FROM import_staging s LEFT JOIN ({held}) held ON {same_thing}
    """


# The newest telling in force of this source, by student (or interruption) and day. Missing
# halves of the subject are made values, so that the join can hash them.
_SUBJECT = "coalesce({0}.pseudonym, ''), coalesce({0}.owner_id, 0), coalesce({0}.local_id, '')"
_TOLD = f"""
    SELECT DISTINCT ON (a.pseudonym, a.owner_id, a.local_id, a.observed_on)
        a.pseudonym, a.owner_id, a.local_id, a.observed_on, a.code, true AS found
    FROM statistics_activity a JOIN statistics_importbatch b ON b.id = a.batch_id
    WHERE b.withdrawn_at IS NULL AND a.source_id = %(source)s
    ORDER BY a.pseudonym, a.owner_id, a.local_id, a.observed_on, {NEWEST_FIRST}
"""

# An activity in a row of interruptions is the same as a row of the file with activities.
_INSERT_ACTIVITIES_OF_INTERRUPTIONS = f"""
    INSERT INTO statistics_activity (batch_id, source_id, owner_id, local_id, observed_on, code)
    SELECT %(batch)s, %(source)s, %(source)s, s.local_id, s.activity_on, s.activity_code
    FROM import_staging s JOIN import_state USING (row_number)
    LEFT JOIN ({_TOLD}) told ON told.owner_id = %(source)s AND told.local_id = s.local_id
        AND told.observed_on = s.activity_on
    WHERE state <> 'unchanged' AND s.activity_on IS NOT NULL
        AND told.code IS DISTINCT FROM s.activity_code
"""

# The register holds, of each school unit, the newest version in force.
REFRESH_REGISTER = f"""
    INSERT INTO statistics_schoolunit ({", ".join(_SCHOOL_UNIT)})
    SELECT DISTINCT ON (v.code) {", ".join(f"v.{name}" for name in _SCHOOL_UNIT)}
    FROM statistics_schoolunitversion v JOIN statistics_importbatch b ON b.id = v.batch_id
    WHERE b.withdrawn_at IS NULL
    ORDER BY v.code, {NEWEST_FIRST}
    ON CONFLICT (code) DO UPDATE SET
        {", ".join(f"{name} = excluded.{name}" for name in _SCHOOL_UNIT if name != "code")}
"""

# Interruptions of the same student, told by another source, that began within 14 days.
DOUBLES = """
    SELECT s.row_number, v.interrupted_on, source.name, b.file_name, b.taken_in_at
    FROM import_staging s JOIN import_state USING (row_number)
    JOIN statistics_current_version v ON v.pseudonym = s.pseudonym
        AND v.source_id <> %(source)s AND abs(v.interrupted_on - s.interrupted_on) <= 14
    JOIN statistics_importbatch b ON b.id = v.batch_id
    JOIN statistics_source source ON source.id = v.source_id
    WHERE state <> 'unchanged'
    ORDER BY s.row_number, v.id
"""

_UNITS_HELD = f"""
    SELECT DISTINCT ON (v.code) v.*, true AS found
    FROM statistics_schoolunitversion v JOIN statistics_importbatch b ON b.id = v.batch_id
    WHERE b.withdrawn_at IS NULL ORDER BY v.code, {NEWEST_FIRST}
"""
_UNIT_ROW = "({0}.name, {0}.municipality_id, {0}.organiser, {0}.programmes, {0}.opened, {0}.closed)"
_STUDENTS_KEY = (
    "({0}.school_year, {0}.school_unit_id, {0}.home_municipality_id, {0}.study_path, {0}.sex)"
)
_NUMBER = {"row_number": "integer"}

STAGINGS = {
    "interruptions": Staging(
        _NUMBER | _INTERRUPTION | {"activity_code": "text", "activity_on": "date"},
        _compare(
            "SELECT local_id, content_hash, true AS found FROM statistics_current_version "
            "WHERE source_id = %(source)s",
            "held.local_id = s.local_id",
            "held.content_hash = s.content_hash",
        ),
        (
            _insert("statistics_interruption", _INTERRUPTION, "source"),
            _INSERT_ACTIVITIES_OF_INTERRUPTIONS,
        ),
    ),
    "activities": Staging(
        _NUMBER | _ACTIVITY,
        _compare(
            _TOLD,
            f"({_SUBJECT.format('held')}) = ({_SUBJECT.format('s')}) "
            "AND held.observed_on = s.observed_on",
            "held.code = s.code",
        ),
        (_insert("statistics_activity", _ACTIVITY, "source"),),
    ),
    "students": Staging(
        _NUMBER | _STUDENTS,
        _compare(
            "SELECT *, true AS found FROM statistics_current_studentcount",
            f"{_STUDENTS_KEY.format('held')} = {_STUDENTS_KEY.format('s')}",
            "(held.programme, held.students) = (s.programme, s.students)",
        ),
        (_insert("statistics_studentcount", _STUDENTS),),
    ),
    "school_units": Staging(
        _NUMBER | _SCHOOL_UNIT,
        _compare(
            _UNITS_HELD,
            "held.code = s.code",
            f"{_UNIT_ROW.format('held')} IS NOT DISTINCT FROM {_UNIT_ROW.format('s')}",
        ),
        (_insert("statistics_schoolunitversion", _SCHOOL_UNIT),),
        REFRESH_REGISTER,
    ),
}
