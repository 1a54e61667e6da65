"""Numbers of students by study path as sent: BA and BA25 stand side by side in a school."""

from importlib import import_module

from django.db import migrations, models

_current = import_module("statistics.migrations.0002_current")
_DROP = "DROP VIEW statistics_current_studentcount"
_FIELD = models.CharField(default="", max_length=10, verbose_name="studieväg")
_UNIQUE = ["school_unit", "school_year", "home_municipality"]


def _unique(last):
    return models.UniqueConstraint(
        fields=[*_UNIQUE, last, "sex", "batch"], name="student_count_once_in_a_batch"
    )


class Migration(migrations.Migration):
    dependencies = [("statistics", "0002_current")]
    operations = [
        migrations.RunSQL(_DROP, _current.STUDENT_COUNTS),
        migrations.RemoveConstraint("studentcount", "student_count_once_in_a_batch"),
        migrations.AddField("studentcount", "study_path", _FIELD, preserve_default=False),
        migrations.AddField("currentstudentcount", "study_path", _FIELD, preserve_default=False),
        migrations.AddConstraint("studentcount", _unique("study_path")),
        migrations.RunSQL(
            _current.STUDENT_COUNTS.replace("c.programme, c.sex", "c.study_path, c.sex"), _DROP
        ),
    ]
