"""The SQL of each kind of file: staging table, comparison with what holds, insertion.

Every statement is given ``source`` and ``batch``. A comparison yields ``row_number`` and
``state``: new, changed or unchanged. Only rows that are not unchanged are inserted.
What can be wrong with a row beside others is in ``later.py``.
"""
# ruff: noqa: S608  (the statements are put together from constants of this module alone)

from dataclasses import dataclass

NEWEST_FIRST = "b.taken_in_at DESC, b.id DESC"


@dataclass(frozen=True)
class Staging:
    """One kind of file. ``s`` is the staging table, ``held`` what holds of the same things.

    ``key`` is the text that says what a row is about; of rows of one key that agree in
    ``content`` one is kept, where there is none they contradict each other. ``changed`` maps a
    column of the file to the expressions of which two are compared.
    """

    columns: dict[str, str]
    key: str
    content: str | None
    held: str
    same: str
    equal: str
    changed: dict[str, str]
    insert: tuple[str, ...]
    after: str = ""
    # A change that shows in another table: how to join it, when there is one, in which column.
    beside: tuple[str, str, str] | None = None
    # The columns with days on which something happened to a student.
    days: tuple[str, ...] = ()
    # The columns by which large files are joined: the planner must know them, and no others.
    joined: tuple[str, ...] = ()

    @property
    def compare(self) -> str:
        return f"""
            SELECT s.row_number, CASE
                WHEN held.found IS NULL THEN 'new'
                WHEN {self.equal} THEN 'unchanged' ELSE 'changed' END AS state
            FROM import_staging s LEFT JOIN ({self.held}) held ON {self.same}
        """

    @property
    def count_changes(self) -> str:
        differs = [f"s.{name} IS DISTINCT FROM held.{name}" for name in self.changed.values()]
        if self.beside:
            differs.append(f"{self.beside[1]} OR NOT ({' OR '.join(differs)})")
        counts = ", ".join(f"count(*) FILTER (WHERE {each})" for each in differs)
        return f"""
            SELECT {counts} FROM import_staging s JOIN import_state USING (row_number)
            JOIN ({self.held}) held ON {self.same} {self.beside[0] if self.beside else ""}
            WHERE state = 'changed'
        """

    @property
    def changing(self) -> tuple[str, ...]:
        """The columns that ``count_changes`` counts, in its order."""
        return (*self.changed, *(self.beside[2:] if self.beside else ()))

    @property
    def create(self) -> str:
        columns = ", ".join(f"{name} {type_}" for name, type_ in self.columns.items())
        return f"CREATE TEMP TABLE import_staging ({columns}) ON COMMIT DROP"

    @property
    def analyze(self) -> str:
        return f"ANALYZE import_staging ({', '.join(self.joined or self.columns)})"

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
        WHERE state <> 'unchanged'
    """


# What the questions of what holds go by.
ANALYZE = """
    ANALYZE
        statistics_interruption (batch_id, source_id, local_id, pseudonym, interrupted_on),
        statistics_activity (batch_id, source_id, pseudonym, owner_id, local_id, observed_on)
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

_JOIN_TOLD = f"""
    LEFT JOIN ({_TOLD}) told ON told.owner_id = %(source)s AND told.local_id = s.local_id
        AND told.observed_on = s.activity_on
"""

# An activity in a row of interruptions is the same as a row of the file with activities.
_INSERT_ACTIVITIES_OF_INTERRUPTIONS = f"""
    INSERT INTO statistics_activity (batch_id, source_id, owner_id, local_id, observed_on, code)
    SELECT %(batch)s, %(source)s, %(source)s, s.local_id, s.activity_on, s.activity_code
    FROM import_staging s JOIN import_state USING (row_number)
    {_JOIN_TOLD}
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
        key="s.local_id",
        content=None,
        held="SELECT *, true AS found FROM statistics_current_version WHERE source_id = %(source)s",
        same="held.local_id = s.local_id",
        equal="held.content_hash = s.content_hash",
        changed={
            "elev": "pseudonym",
            "kon": "sex",
            "fodelsear": "birth_year",
            "hemkommun": "home_municipality_id",
            "skolenhet": "school_unit_id",
            "program": "study_path",
            "arskurs": "grade",
            "avbrottsdatum": "interrupted_on",
            "aterstart": "resumed_on",
            "examensdatum": "graduated_on",
            "orsak": "reason",
        },
        insert=(
            _insert("statistics_interruption", _INTERRUPTION, "source"),
            _INSERT_ACTIVITIES_OF_INTERRUPTIONS,
        ),
        beside=(
            _JOIN_TOLD,
            "(s.activity_on IS NOT NULL AND told.code IS DISTINCT FROM s.activity_code)",
            "aktivitet",
        ),
        days=("interrupted_on", "resumed_on", "graduated_on", "activity_on"),
        joined=("row_number", "local_id", "pseudonym", "school_unit_id", "interrupted_on"),
    ),
    "activities": Staging(
        _NUMBER | _ACTIVITY,
        key="coalesce(encode(s.pseudonym, 'hex'), s.owner_id || '|' || s.local_id) "
        "|| '|' || s.observed_on",
        content="s.code",
        held=_TOLD,
        same=f"({_SUBJECT.format('held')}) = ({_SUBJECT.format('s')}) "
        "AND held.observed_on = s.observed_on",
        equal="held.code = s.code",
        changed={"aktivitet": "code"},
        insert=(_insert("statistics_activity", _ACTIVITY, "source"),),
        days=("observed_on",),
        joined=("row_number", "pseudonym", "owner_id", "local_id", "observed_on"),
    ),
    "students": Staging(
        _NUMBER | _STUDENTS,
        key="concat_ws('|', s.school_year, s.school_unit_id, s.home_municipality_id, "
        "s.study_path, s.sex)",
        content=None,
        held="SELECT *, true AS found FROM statistics_current_studentcount",
        same=f"{_STUDENTS_KEY.format('held')} = {_STUDENTS_KEY.format('s')}",
        equal="(held.programme, held.students) = (s.programme, s.students)",
        changed={"elever": "students"},
        insert=(_insert("statistics_studentcount", _STUDENTS),),
    ),
    "school_units": Staging(
        _NUMBER | _SCHOOL_UNIT,
        key="s.code",
        content=None,
        held=_UNITS_HELD,
        same="held.code = s.code",
        equal=f"{_UNIT_ROW.format('held')} IS NOT DISTINCT FROM {_UNIT_ROW.format('s')}",
        changed={
            "namn": "name",
            "kommun": "municipality_id",
            "huvudman": "organiser",
            "program": "programmes",
            "fran": "opened",
            "till": "closed",
        },
        insert=(_insert("statistics_schoolunitversion", _SCHOOL_UNIT),),
        after=REFRESH_REGISTER,
    ),
}
