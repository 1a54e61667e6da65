from django.db import migrations, models
from django.db.models import TextField
from django.db.models.functions import Cast

from knowledge.text import folded_words

TEXTS = (
    "title summary region unit target_group period background goal participants cost_time "
    "cost_money result challenges advice still_running_note"
).split()


def fill(apps, schema_editor):
    """What each case is searched by; the next time it is saved it is made anew, more finely."""
    cases = apps.get_model("casestudies", "CaseStudyPage").objects
    found = cases.annotate(steps_text=Cast("steps", TextField())).values("pk", "steps_text", *TEXTS)
    for case in found:
        places = cases.filter(pk=case["pk"]).values_list("municipalities__name", flat=True)
        said = [*places, case["steps_text"], *(case[name] for name in TEXTS)]
        words = folded_words(" ".join(each or "" for each in said))
        cases.filter(pk=case["pk"]).update(words=words)


class Migration(migrations.Migration):

    dependencies = [
        ('casestudies', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='casestudypage',
            name='words',
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
