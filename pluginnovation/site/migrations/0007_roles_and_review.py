"""The roles of the editorial staff, and the workflow with its two steps."""

from django.db import migrations

from pluginnovation.site.editors import roles, workflow


def set_up(apps, schema_editor):
    roles.grant(apps)
    workflow.arrange(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("site", "0006_review"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("casestudies", "0001_initial"),
        ("core", "0003_media"),
        ("knowledge", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailmedia", "0005_alter_media_options"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]
    operations = [migrations.RunPython(set_up, migrations.RunPython.noop)]
