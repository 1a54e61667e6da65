from django.db import migrations

from knowledge.references import fields_of, people_of


def fill(apps, schema_editor):
    """The fields of works that so far have their reference as CSL-JSON alone."""
    Work = apps.get_model("knowledge", "LiteraturePage")
    Person = apps.get_model("knowledge", "WorkPerson")
    for work in Work.objects.filter(form="").exclude(csl={}).iterator():
        Work.objects.filter(pk=work.pk).update(**fields_of(work.csl))
        Person.objects.bulk_create(
            Person(page=work, sort_order=number, **person)
            for number, person in enumerate(people_of(work.csl))
        )


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0003_references_and_films")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
