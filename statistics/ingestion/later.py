"""What is wrong with rows beside other rows: of the file, of the register, of other sources.

Asked of the staging table, where every row that is right by itself stands.
"""
# ruff: noqa: S608  (the statements are put together from constants alone)

from collections.abc import Iterator

from django.utils import timezone

from .findings import Finding
from .tables import STAGINGS, Staging

# Under which column a repeat is told, and how.
REPEATS = {
    "interruptions": (
        "avbrott_id",
        "Samma avbrott_id står också på rad {rows}. Varje avbrott får stå en gång i filen.",
    ),
    "activities": (
        "aktivitet",
        "Samma elev har en annan aktivitet samma dag på rad {rows}. Behåll den som gäller.",
    ),
    "students": (
        "elever",
        "Samma läsår, skolenhet, hemkommun, program och kön står också på rad {rows}.",
    ),
    "school_units": (
        "skolenhet",
        "Samma skolenhet står också på rad {rows}. Varje skolenhet får stå en gång i filen.",
    ),
}

# Interruptions of the same student, told by another source, that began within 14 days.
_DOUBLES = """
    SELECT s.row_number, v.interrupted_on, source.name, b.file_name, b.taken_in_at
    FROM import_staging s JOIN import_state USING (row_number)
    JOIN statistics_current_version v ON v.pseudonym = s.pseudonym
        AND v.source_id <> %(source)s AND abs(v.interrupted_on - s.interrupted_on) <= 14
    JOIN statistics_importbatch b ON b.id = v.batch_id
    JOIN statistics_source source ON source.id = v.source_id
    WHERE state <> 'unchanged'
    ORDER BY s.row_number, v.id
"""

# The interruption that each staged activity belongs to, where there is one.
ATTACHED = """
    SELECT DISTINCT ON (s.row_number) s.row_number, v.home_municipality_id
    FROM import_staging s
    LEFT JOIN statistics_current_version named
        ON named.source_id = s.owner_id AND named.local_id = s.local_id
    JOIN statistics_current_version v ON v.pseudonym = coalesce(s.pseudonym, named.pseudonym)
        AND v.interrupted_on <= s.observed_on
    ORDER BY s.row_number, v.interrupted_on DESC, v.source_id, v.local_id
"""


def settle_repeats(cursor, kind: str) -> tuple[int, list[Finding]]:
    """Rows about the same thing: equal ones count once, contradicting ones are all errors.

    Equal rows but the first leave the staging table; how many, and the errors.
    """
    staging = STAGINGS[kind]
    cursor.execute(_repeated(staging))
    errors, left = [], []
    for rows, contents in cursor.fetchall():
        if contents == 1:
            left += rows[1:]
        else:
            errors += _contradictions(kind, rows)
    drop(cursor, left)
    return len(left), errors


def _repeated(staging: Staging) -> str:
    contents = f"count(DISTINCT {staging.content})" if staging.content else "0"
    return f"""
        SELECT array_agg(s.row_number ORDER BY s.row_number), {contents}
        FROM import_staging s GROUP BY {staging.key} HAVING count(*) > 1
    """


def drop(cursor, rows: list[int]) -> None:
    """Take rows out of the staging table."""
    if rows:
        cursor.execute("DELETE FROM import_staging WHERE row_number = ANY(%s)", [rows])


def _contradictions(kind: str, rows: list[int]) -> Iterator[Finding]:
    column, message = REPEATS[kind]
    for row in rows:
        others = _listed([other for other in rows if other != row])
        yield Finding(row, column, None, message.format(rows=others), "repeated")


def _listed(numbers: list[int]) -> str:
    shown = [str(number) for number in numbers[:5]]
    return ", ".join(shown) + (f" och {len(numbers) - 5} till" if len(numbers) > 5 else "")


def doubles(cursor, source) -> list[Finding]:
    """Rows about an interruption that another source has reported, most likely."""
    cursor.execute(_DOUBLES, {"source": source.pk})
    return [
        Finding(
            row,
            "avbrottsdatum",
            None,
            f"Avbrottet är troligen redan rapporterat av {name}, i leveransen {file_name} den "
            f"{timezone.localdate(taken_in_at)}: samma elev, påbörjat {began}. Låt en av "
            "källorna rapportera det.",
            "double",
        )
        for row, began, name, file_name, taken_in_at in cursor.fetchall()
    ]


def activities_out_of_scope(cursor, municipalities: frozenset[str]) -> list[Finding]:
    """Activities of students from elsewhere, where a source may report only some municipalities."""
    if not municipalities:
        return []
    cursor.execute(
        f"SELECT row_number FROM ({ATTACHED}) a WHERE home_municipality_id <> ALL(%s) ORDER BY 1",
        [list(municipalities)],
    )
    message = "Elevens hemkommun är en annan än dem som källan får rapportera."
    return [
        Finding(row, "aktivitet", None, message, "out-of-scope") for (row,) in cursor.fetchall()
    ]


def gone_from_register(cursor, kind: str) -> list[Finding]:
    """School units that left the register while the file was read."""
    if kind not in {"interruptions", "students"}:
        return []
    cursor.execute("""
        SELECT s.row_number, s.school_unit_id FROM import_staging s
        WHERE NOT EXISTS (SELECT FROM statistics_schoolunit u WHERE u.code = s.school_unit_id)
        ORDER BY 1
    """)
    return [
        Finding(
            row,
            "skolenhet",
            code,
            f'"{code}" finns inte längre i registret över skolenheter. Skicka först in en fil med '
            "skolenheter där den finns.",
            "not-in-register",
        )
        for row, code in cursor.fetchall()
    ]
