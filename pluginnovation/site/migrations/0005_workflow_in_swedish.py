"""The workflow that the CMS brings gets the words that the editors read on its button."""

from django.db import migrations

NAMES = {"Moderators approval": "granskning"}


def rename(apps, schema_editor):
    for model in ("Workflow", "Task"):
        things = apps.get_model("wagtailcore", model).objects
        for before, after in NAMES.items():
            things.filter(name=before).update(name=after)


class Migration(migrations.Migration):
    dependencies = [("site", "0004_search_address")]
    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
