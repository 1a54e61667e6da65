"""The registers of counties and municipalities (SCB's codes, as of 2026)."""

import csv
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"


def _rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def fill(apps, schema_editor):
    County = apps.get_model("core", "County")
    Municipality = apps.get_model("core", "Municipality")
    County.objects.bulk_create(County(**row) for row in _rows("counties.csv"))
    Municipality.objects.bulk_create(
        Municipality(county_id=row["code"][:2], **row) for row in _rows("municipalities.csv")
    )


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
