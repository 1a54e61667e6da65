"""Measure the import against a bare COPY of the same rows, and say where a bound is missed.

Run by ``make bench``, or with another number of rows: ``python -m tests.bench_import 100000``.
On a database of its own. A file of synthetic interruptions is validated, pseudonymised and
stored; then the very rows that were stored are copied into a table of the same shape with the
same indexes; then the same file is sent again. Each import is a process of its own, whose
memory is measured.
"""

import io
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import psycopg
from stdnum import luhn

from pluginnovation import embedded_postgres
from pluginnovation.embedded_postgres import ROOT

from .running_site import fresh_database

ROWS = 1_000_000
TIMES, MEGABYTES = 3, 600
SOURCE = "gr-demo"
COLUMNS = (
    "avbrott_id;elev;kon;fodelsear;hemkommun;skolenhet;program;arskurs;avbrottsdatum;"
    "aterstart;examensdatum;aktivitet;aktivitet_datum;orsak"
)
PLACES = ("1480", "1402", "1440", "1481", "1482", "1384", "1401", "1407", "1415", "1419")
ENDS = {
    "1": "",  # still interrupted
    "2": "",
    "3": "aterstart",
    "4": "examensdatum",
}
IMPORT = """
import resource, sys, time, django
django.setup()
from statistics.ingestion.loader import import_file
from statistics.models import Source
data = open(sys.argv[1], "rb").read()
source = Source.objects.get(code=sys.argv[2])
started = time.perf_counter()
report = import_file(data, "prov.csv", source)
seconds = time.perf_counter() - started
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
assert not report.errors, report.errors[:3]
print(seconds, memory, report.new, report.unchanged)
"""


def write_file(path: Path, rows: int, schools: list[str]) -> None:
    """A seeded file of made-up interruptions about as many students, with personal numbers."""
    dice = random.Random(1)
    days = [date(2019, 8, 1) + timedelta(days=n) for n in range(2400)]
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{COLUMNS}\n")
        for number in range(rows):
            began = dice.choice(days)
            born = date(began.year - dice.randint(16, 20), dice.randint(1, 12), dice.randint(1, 28))
            serial = f"{born:%y%m%d}{number % 1000:03d}"
            end = ENDS[dice.choice("1234")]
            after = min(began + timedelta(days=dice.randint(5, 700)), date(2026, 10, 31))
            ended = {end: after.isoformat()}
            seen = dice.random() < 0.3
            values = (
                f"SA{number:07d}", f"{born:%Y%m%d}{serial[6:]}{luhn.calc_check_digit(serial)}",
                "M" if number % 1000 % 2 else "K", str(born.year), dice.choice(PLACES),
                dice.choice(schools), dice.choice(("NA25", "SA", "BA25", "IMS", "EK", "VO")),
                dice.choice("123"), began.isoformat(), ended.get("aterstart", ""),
                ended.get("examensdatum", ""), "ARB" if seen else "",
                after.isoformat() if seen else "", dice.choice(("", "FEL", "TRI")),
            )  # fmt: skip
            file.write(";".join(values) + "\n")


def run_import(path: Path, env: dict[str, str]) -> tuple[float, float, int, int]:
    """Seconds, megabytes, and how many rows were new and unchanged."""
    command = [sys.executable, "-c", IMPORT, str(path), SOURCE]
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    seconds, memory, new, unchanged = done.stdout.split()
    return float(seconds), float(memory), int(new), int(unchanged)


def bare_copy(url: str) -> float:
    """Seconds to copy what was stored into a table like the one that it is stored in."""
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        stored = io.BytesIO()
        with cursor.copy("COPY statistics_interruption TO STDOUT") as copy:
            for piece in copy:
                stored.write(piece)
        cursor.execute("CREATE TABLE bare (LIKE statistics_interruption INCLUDING ALL)")
        connection.commit()
        content = stored.getbuffer()
        started = time.perf_counter()
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for at in range(0, len(content), 1 << 20):
                copy.write(content[at : at + (1 << 20)])
        connection.commit()
        seconds = time.perf_counter() - started
        cursor.execute("DROP TABLE bare")
    return seconds


def prepare(env: dict[str, str]) -> list[str]:
    """Tables, a source and schools; the codes of the schools."""
    for arguments in (("migrate", "--verbosity", "0"), ("check",)):
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, check=True)
    schools = [f"990000{number:02d}" for number in range(1, 61)]
    with psycopg.connect(env["DATABASE_URL"]) as connection:
        connection.execute(
            "INSERT INTO statistics_source (code, name, kind, synthetic, school_units,"
            " column_names, needs_approval) VALUES (%s, 'Prov', 'region', true, '{}', '{}', false)",
            [SOURCE],
        )
        for code in schools:
            connection.execute(
                "INSERT INTO statistics_schoolunit (code, name, municipality_id, organiser,"
                " programmes) VALUES (%s, 'Prov (syntetisk)', '1480', 'Prov', '{NA}')",
                [code],
            )
    return schools


def measure(rows: int) -> list[tuple[str, float, float, float]]:
    """For each import its name, seconds, ratio to the bare copy, and megabytes."""
    url = fresh_database("pluginnovation_bench_import")
    env = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "pluginnovation.settings.dev",
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "prov.csv")
        write_file(path, rows, prepare(env))
        first, memory, new, _ = run_import(path, env)
        # One before each import would need the rows before they are there: one after each.
        copied = bare_copy(url)
        again, memory_again, _, unchanged = run_import(path, env)
        copied_again = bare_copy(url)
    if (new, unchanged) != (rows, rows):
        raise RuntimeError(f"{new} new and {unchanged} unchanged of {rows}")
    print(f"{'bare COPY of the same rows, twice':<42} {copied:8.1f} s {copied_again:8.1f} s")
    return [
        ("import of new rows", first, first / copied, memory),
        ("the same file again", again, again / copied_again, memory_again),
    ]


def main() -> int:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    started_here = not os.environ.get("DATABASE_URL") and not embedded_postgres.is_running()
    embedded_postgres.ensure_database_url()
    missed = 0
    print(f"Import of {rows} rows; bounds {TIMES} times the bare COPY, {MEGABYTES} MB")
    try:
        for name, seconds, ratio, memory in measure(rows):
            miss = ratio > TIMES or memory > MEGABYTES
            missed += miss
            note = "   MISSED" if miss else ""
            print(f"{name:<42} {seconds:8.1f} s {ratio:6.2f} times {memory:6.0f} MB{note}")
    finally:
        if started_here:
            embedded_postgres.stop()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
