"""Measure the data part of the figures, and say where a bound is missed.

Run by ``make bench``, or with other numbers: ``python -m tests.bench_figures 10000 100000``.
On databases of their own. Three things:

- without cache: the rows of the cube derived and every table of the lattice counted, against
  one raw ``GROUP BY GROUPING SETS`` that counts and sums record keys over the same columns of
  the current versions, on the same server;
- from cache: the whole dashboard's numbers, with no question to the records at all;
- how much the latter grows from the smaller number of records to the larger.
"""

import json
import os
import subprocess
import sys

import psycopg

from pluginnovation import embedded_postgres
from pluginnovation.embedded_postgres import ROOT

from .bench_import import prepare
from .running_site import fresh_database

FEW, MANY = 10_000, 1_000_000
UNCACHED, GROWTH = 1.5, 1.2
RECORDS = """
INSERT INTO statistics_importbatch (source_id, kind, file_name, sha256, size, data_date,
    taken_in_at, rows, new, changed, unchanged, quarantined, synthetic)
SELECT id, 'interruptions', 'prov.csv', repeat('0', 64), 1, '2026-10-31', now(),
    %(rows)s, %(rows)s, 0, 0, 0, true FROM statistics_source;
INSERT INTO statistics_interruption (batch_id, source_id, local_id, pseudonym, record_key,
    person_key, sex, birth_year, home_municipality_id, school_unit_id, study_path, programme,
    programme_type, grade, interrupted_on, resumed_on, graduated_on, reason, school_year, age,
    content_hash)
SELECT b.id, b.source_id, 'A' || n, sha256(('p' || n)::bytea), (random() * 4294967295)::bigint,
    (random() * 4294967295)::bigint, substr('KM', 1 + n %% 2, 1),
    extract(year FROM day)::int - 15 - n %% 7, place.code, school.code, p.code, p.code, p.type,
    1 + n %% 3, day, CASE n %% 5 WHEN 0 THEN day + n %% 300 END,
    CASE n %% 5 WHEN 1 THEN day + n %% 700 END, NULL,
    (extract(year FROM day - interval '6 months')::int)::text || '/' ||
      lpad(((extract(year FROM day - interval '6 months')::int + 1) %% 100)::text, 2, '0'),
    15 + n %% 7, '\\x00000000000000000000000000000000'
FROM statistics_importbatch b,
    LATERAL (SELECT n, date '2021-07-01' + (n::bigint * 7919 %% 1948)::int AS day
      FROM generate_series(1, %(rows)s) n) made,
    LATERAL (SELECT (ARRAY['1480','1402','1440','1481','1482','1384','1401','1407','1415','0180'])
      [1 + n %% 10] AS code) place,
    LATERAL (SELECT (ARRAY['NA','BA','IMS','EK'])[1 + n %% 4] AS code,
      (ARRAY['HF','YP','IM','HF'])[1 + n %% 4] AS type) p,
    LATERAL (SELECT '990000' || lpad((1 + n %% 60)::text, 2, '0') AS code) school;
INSERT INTO statistics_importbatch (source_id, kind, file_name, sha256, size, data_date,
    taken_in_at, rows, new, changed, unchanged, quarantined, synthetic)
SELECT id, 'activities', 'prov.csv', repeat('1', 64), 1, '2026-10-31', now(),
    0, 0, 0, 0, 0, true FROM statistics_source;
INSERT INTO statistics_activity (batch_id, source_id, owner_id, local_id, observed_on, code)
SELECT (SELECT max(id) FROM statistics_importbatch), i.source_id, i.source_id, i.local_id,
    i.interrupted_on + 40, (ARRAY['ARB','UTL'])[1 + i.id %% 2]
FROM statistics_interruption i WHERE i.id %% 2 = 0;
"""
MEASURE = """
import json, statistics as st, time, django
django.setup()
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from datetime import date
from statistics import cube, figures, publication, tables, views
from statistics.selection import parse

UNTIL = date(2026, 10, 31)

def seconds(call, times):
    found = []
    for _ in range(times):
        started = time.perf_counter()
        call()
        found.append(time.perf_counter() - started)
    return st.median(found)

def uncached():
    with cube.frozen_rows(UNTIL):
        for table in tables.TABLES.values():
            cube.cells(table)

def raw():
    # All tables at once over the derived columns; flow is its four follow-ups side by side.
    sets = set()
    for table in tables.TABLES.values():
        for fixed in table.sets:
            sets.add(tuple(sorted(c for c in fixed if c not in ("efter", "utfall"))))
            if "utfall" in fixed:
                base = [c for c in fixed if c not in ("efter", "utfall")]
                sets.update(tuple(sorted([*base, f"utfall{m}"])) for m in tables.FOLLOW_UPS)
    columns = sorted({c for one in sets for c in one})
    grouping = ", ".join("(" + ", ".join(one) + ")" for one in sorted(sets))
    question = (f"SELECT {', '.join(columns)}, count(*), sum(record_key) FROM"
        f" ({cube._rows_sql(*cube.NOW)}) r GROUP BY GROUPING SETS ({grouping})")
    with connection.cursor() as cursor:
        cursor.execute(question, cube._given(UNTIL))
        return len(cursor.fetchall())

with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
one = seconds(raw, 3)
cube_time = seconds(uncached, 3)
started = time.perf_counter()
publication.publish(UNTIL)
made = time.perf_counter() - started
started = time.perf_counter()
publication.publish(UNTIL)
again = time.perf_counter() - started

def cached():
    found = publication.newest()
    selection = parse(QueryDict("kommun=1480"), found.codes["lasar"], found.data_date)
    figures.build_all(found, selection)
    views.answer(found, selection)

cached()
with CaptureQueriesContext(connection, ) as asked:
    cached()
records = [q["sql"] for q in asked if "interruption" in q["sql"] or "activity" in q["sql"]]
print(json.dumps({"raw": one, "cube": cube_time, "publish": made, "again": again,
    "cached": seconds(cached, 15), "queries": len(asked), "records": len(records)}))
"""


def measure(rows: int) -> dict:
    url = fresh_database(f"pluginnovation_bench_figures_{rows}")
    env = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "pluginnovation.settings.dev",
    }
    prepare(env)
    with psycopg.connect(url) as connection:
        for statement in RECORDS.split(";\n"):
            if statement.strip():
                connection.execute(statement, {"rows": rows})
    done = subprocess.run(
        [sys.executable, "-c", MEASURE], cwd=ROOT, env=env, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout.strip().splitlines()[-1])


def main() -> int:
    few, many = (int(text) for text in sys.argv[1:3]) if len(sys.argv) > 2 else (FEW, MANY)
    started_here = not os.environ.get("DATABASE_URL") and not embedded_postgres.is_running()
    embedded_postgres.ensure_database_url()
    try:
        small, large = measure(few), measure(many)
    finally:
        if started_here:
            embedded_postgres.stop()
    for rows, found in ((few, small), (many, large)):
        print(
            f"{rows:>9} records: raw {found['raw']:.2f} s, all tables {found['cube']:.2f} s, "
            f"first publication {found['publish']:.2f} s, the next {found['again']:.2f} s, "
            f"from cache {1000 * found['cached']:.1f} ms with {found['queries']} queries"
        )
    bounds = (
        ("without cache, to the raw grouping sets", large["cube"] / large["raw"], UNCACHED),
        ("from cache, many records to few", large["cached"] / small["cached"], GROWTH),
        ("from cache, questions to the records", large["records"], 0),
    )
    missed = 0
    for name, value, bound in bounds:
        note = "   MISSED" if value > bound else ""
        missed += value > bound
        print(f"{name:<42} {value:8.2f} bound {bound}{note}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
