from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear

from .. import codes
from .batches import ImportBatch, Source
from .registers import SchoolUnit

# A file has a million rows: that what they refer to is there is checked for all rows of a
# statement at once, by triggers (migration ``references_checked_by_set``), and not row by row.
BY_SET = {"db_constraint": False, "on_delete": models.PROTECT, "related_name": "+"}


class InterruptionFields(models.Model):
    """What is known of one interruption, as one delivery told it.

    ``pseudonym`` stands for the student; ``record_key`` and ``person_key`` are the keys by
    which counts are protected (unsigned 32 bits).
    """

    batch = models.ForeignKey(ImportBatch, **BY_SET)
    source = models.ForeignKey(Source, verbose_name="källa", **BY_SET)
    local_id = models.CharField("källans id", max_length=64)
    pseudonym = models.BinaryField(max_length=32)
    record_key = models.BigIntegerField()
    person_key = models.BigIntegerField()
    sex = models.CharField("kön", max_length=1)
    birth_year = models.SmallIntegerField("födelseår")
    home_municipality = models.ForeignKey("core.Municipality", verbose_name="hemkommun", **BY_SET)
    school_unit = models.ForeignKey(SchoolUnit, verbose_name="skolenhet", **BY_SET)
    study_path = models.CharField("studieväg", max_length=codes.STUDY_PATH_LENGTH)
    programme = models.CharField("program", max_length=8)
    programme_type = models.CharField("programtyp", max_length=3)
    grade = models.SmallIntegerField("årskurs", null=True, blank=True)
    interrupted_on = models.DateField("avbrottsdatum")
    resumed_on = models.DateField("återstart", null=True, blank=True)
    graduated_on = models.DateField("examensdatum", null=True, blank=True)
    reason = models.CharField("orsak", max_length=3, null=True, blank=True)
    school_year = models.CharField("läsår", max_length=7)
    age = models.SmallIntegerField("ålder")
    content_hash = models.BinaryField(max_length=16)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.local_id} ({self.interrupted_on})"


def _key_range(name):
    return models.CheckConstraint(
        name=f"interruption_{name}_is_uint32", condition=Q(**{f"{name}__range": (0, 2**32 - 1)})
    )


def _not_before_start(name):
    return models.CheckConstraint(
        name=f"interruption_{name}_not_before_start",
        condition=Q(**{name: None}) | Q(**{f"{name}__gte": F("interrupted_on")}),
    )


class Interruption(InterruptionFields):
    """One version of an interruption: rows are added, never changed.

    The current version is the one of the newest batch in force; read it from
    ``CurrentInterruption``.
    """

    class Meta:
        verbose_name = "avbrott (version)"
        verbose_name_plural = "avbrott (versioner)"
        indexes = [
            models.Index(fields=["source", "local_id", "batch"], name="interruption_versions"),
            models.Index(fields=["pseudonym", "interrupted_on"], name="interruption_of_student"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "local_id"], name="interruption_once_in_a_batch"
            ),
            models.CheckConstraint(
                name="interruption_sex_is_known", condition=Q(sex__in=list(codes.SEXES))
            ),
            models.CheckConstraint(
                name="interruption_programme_is_known",
                condition=Q(programme__in=list(codes.PROGRAMMES)),
            ),
            models.CheckConstraint(
                name="interruption_programme_type_is_known",
                condition=Q(programme_type__in=list(codes.PROGRAMME_TYPES)),
            ),
            models.CheckConstraint(
                name="interruption_reason_is_known",
                condition=Q(reason=None) | Q(reason__in=list(codes.REASONS)),
            ),
            models.CheckConstraint(
                name="interruption_grade_is_1_to_4",
                condition=Q(grade=None) | Q(grade__range=(1, 4)),
            ),
            models.CheckConstraint(
                name="interruption_age_follows",
                condition=Q(age=ExtractYear("interrupted_on") - F("birth_year")),
            ),
            models.CheckConstraint(
                name="interruption_age_is_possible", condition=Q(age__range=(10, 99))
            ),
            models.CheckConstraint(
                name="interruption_school_year_form",
                condition=Q(school_year__regex=r"^\d{4}/\d{2}$"),
            ),
            _not_before_start("resumed_on"),
            _not_before_start("graduated_on"),
            _key_range("record_key"),
            _key_range("person_key"),
        ]


class CurrentInterruption(InterruptionFields):
    """The interruptions as they are known now, one row for each (a view; read only).

    ``id`` is that of the version. ``activity_code`` is the last known activity, seen on
    ``activity_on``; None where none was seen since the interruption began.
    """

    activity_code = models.CharField("aktivitet", max_length=3, null=True)
    activity_on = models.DateField("aktivitet sedd", null=True)

    class Meta:
        managed = False
        db_table = "statistics_current_interruption"
        verbose_name = "avbrott"
        verbose_name_plural = "avbrott"


class Activity(models.Model):
    """What a student was found to do on one day, as one delivery told it; never changed.

    The student is named by ``pseudonym``, or by an interruption (``owner`` and ``local_id``).
    Of several tellings by one source about one student and day, the newest in force holds.
    """

    batch = models.ForeignKey(ImportBatch, **BY_SET)
    source = models.ForeignKey(Source, verbose_name="källa", **BY_SET)
    pseudonym = models.BinaryField(max_length=32, null=True)
    owner = models.ForeignKey(Source, null=True, **BY_SET)
    local_id = models.CharField(max_length=64, null=True)
    observed_on = models.DateField("datum")
    code = models.CharField("aktivitet", max_length=3)

    class Meta:
        verbose_name = "aktivitet"
        verbose_name_plural = "aktiviteter"
        indexes = [
            models.Index(fields=["pseudonym", "observed_on"], name="activity_of_student"),
            models.Index(fields=["owner", "local_id", "observed_on"], name="activity_of_record"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "pseudonym", "owner", "local_id", "observed_on"],
                name="activity_once_in_a_batch",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="activity_code_is_known", condition=Q(code__in=list(codes.ACTIVITIES))
            ),
            models.CheckConstraint(
                name="activity_names_one_subject",
                condition=Q(pseudonym__isnull=False, owner=None, local_id=None)
                | Q(pseudonym=None, owner__isnull=False, local_id__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.observed_on}"


class CurrentActivity(models.Model):
    """Activities in force, each with the interruption that it belongs to (a view; read only).

    That is the student's newest interruption which began on or before the day. Activities
    of students without one are left out until it comes.
    """

    interruption = models.ForeignKey(
        CurrentInterruption, on_delete=models.DO_NOTHING, related_name="activities"
    )
    source = models.ForeignKey(Source, on_delete=models.DO_NOTHING, related_name="+")
    observed_on = models.DateField("datum")
    code = models.CharField("aktivitet", max_length=3)

    class Meta:
        managed = False
        db_table = "statistics_current_activity"
        verbose_name = "gällande aktivitet"
        verbose_name_plural = "gällande aktiviteter"

    def __str__(self):
        return f"{self.code} {self.observed_on}"
