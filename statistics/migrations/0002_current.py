"""The views of what holds now: newest versions of batches in force, and what belongs to them.

``statistics_current_version``, a helper of the other two, is the newest version of each
interruption. An activity belongs to the student's newest interruption that began on or
before its day; of several tellings about one interruption and day the newest holds.
"""

from django.db import migrations

VERSIONS = """
CREATE VIEW statistics_current_version AS
SELECT DISTINCT ON (i.source_id, i.local_id) i.*
FROM statistics_interruption i
JOIN statistics_importbatch b ON b.id = i.batch_id
WHERE b.withdrawn_at IS NULL
ORDER BY i.source_id, i.local_id, b.taken_in_at DESC, b.id DESC
"""

ACTIVITIES = """
CREATE VIEW statistics_current_activity AS
WITH told AS (
    SELECT DISTINCT ON (a.source_id, a.pseudonym, a.owner_id, a.local_id, a.observed_on)
        a.*, b.taken_in_at
    FROM statistics_activity a
    JOIN statistics_importbatch b ON b.id = a.batch_id
    WHERE b.withdrawn_at IS NULL
    ORDER BY a.source_id, a.pseudonym, a.owner_id, a.local_id, a.observed_on,
        b.taken_in_at DESC, b.id DESC
), of_student AS (
    SELECT t.id, t.source_id, t.observed_on, t.code, t.taken_in_at, t.batch_id,
        coalesce(t.pseudonym, named.pseudonym) AS pseudonym
    FROM told t
    LEFT JOIN statistics_current_version named
        ON named.source_id = t.owner_id AND named.local_id = t.local_id
), attached AS (
    SELECT DISTINCT ON (s.id) s.*, v.id AS interruption_id
    FROM of_student s
    JOIN statistics_current_version v
        ON v.pseudonym = s.pseudonym AND v.interrupted_on <= s.observed_on
    ORDER BY s.id, v.interrupted_on DESC, v.source_id, v.local_id
)
SELECT DISTINCT ON (interruption_id, observed_on)
    id, interruption_id, source_id, observed_on, code
FROM attached
ORDER BY interruption_id, observed_on, taken_in_at DESC, batch_id DESC, id DESC
"""

INTERRUPTIONS = """
CREATE VIEW statistics_current_interruption AS
SELECT v.*, last.code AS activity_code, last.observed_on AS activity_on
FROM statistics_current_version v
LEFT JOIN (
    SELECT DISTINCT ON (interruption_id) interruption_id, code, observed_on
    FROM statistics_current_activity
    ORDER BY interruption_id, observed_on DESC
) last ON last.interruption_id = v.id
"""

STUDENT_COUNTS = """
CREATE VIEW statistics_current_studentcount AS
SELECT DISTINCT ON (c.school_year, c.school_unit_id, c.home_municipality_id, c.programme, c.sex)
    c.*
FROM statistics_studentcount c
JOIN statistics_importbatch b ON b.id = c.batch_id
WHERE b.withdrawn_at IS NULL
ORDER BY c.school_year, c.school_unit_id, c.home_municipality_id, c.programme, c.sex,
    b.taken_in_at DESC, b.id DESC
"""


def view(sql):
    name = sql.split()[2]
    return migrations.RunSQL(sql, f"DROP VIEW {name}")


class Migration(migrations.Migration):
    dependencies = [("statistics", "0001_initial")]
    operations = [
        view(sql) for sql in (VERSIONS, ACTIVITIES, INTERRUPTIONS, STUDENT_COUNTS)
    ]
