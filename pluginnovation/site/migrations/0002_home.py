"""A home page and a Site, so that an empty database already answers ``/``."""

from django.db import migrations


def make_home(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    HomePage = apps.get_model("site", "HomePage")

    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    root = Page.objects.get(depth=1)
    locale, _ = Locale.objects.get_or_create(language_code="sv")
    content_type, _ = ContentType.objects.get_or_create(model="homepage", app_label="site")
    home = HomePage.objects.create(
        title="PlugInnovation",
        draft_title="PlugInnovation",
        slug="start",
        content_type=content_type,
        path="00010001",
        depth=2,
        numchild=0,
        url_path="/start/",
        locale=locale,
        summary="Forskning, metoder och exempel för dig som möter elever som riskerar att "
        "lämna gymnasieskolan.",
    )
    root.numchild = 1
    root.save()
    Site.objects.create(
        hostname="localhost", site_name="PlugInnovation", root_page=home, is_default_site=True
    )


class Migration(migrations.Migration):
    dependencies = [
        ("site", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_home, migrations.RunPython.noop)]
