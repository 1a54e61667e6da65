"""Make the demo content of a running site large: works, case studies, and records.

Run with the environment of the site: ``python -m tests.benchmarks.grow WORKS CASES RECORDS``.
Works and cases are copies of all that are there, so that every filter keeps its share.
"""

import sys
import tempfile
from pathlib import Path

import django


def main(works: int, cases: int, records: int) -> None:
    django.setup()
    from statistics.publication import publish

    from django.core.management import call_command
    from django.db import connection

    from casestudies.models import CaseStudyPage
    from knowledge.models import LiteraturePage
    from pluginnovation.core import generation

    multiply(LiteraturePage, works)
    multiply(CaseStudyPage, cases)
    call_command("rebuild_search", verbosity=0)
    if records:
        add_records(records)
        publish()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    generation.new()


def multiply(model, wanted: int) -> None:
    from tests.knowledge.many import copies

    there = list(model.objects.live())
    for number, page in enumerate(there):
        share = wanted // len(there) + (number < wanted % len(there))
        if share > 1:
            copies(page, share - 1)


def add_records(number: int) -> None:
    from statistics.ingestion.loader import import_file
    from statistics.models import SchoolUnit, Source

    from tests.bench_import import SOURCE, write_file

    schools = list(SchoolUnit.objects.order_by("code").values_list("code", flat=True))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "many.csv")
        write_file(path, number, schools)
        report = import_file(path.read_bytes(), path.name, Source.objects.get(code=SOURCE))
    if report.new != number:
        raise SystemExit(f"{report.new} of {number} records were taken in: {report.errors[:3]}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
