from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from .. import codes
from .batches import ImportBatch

EIGHT_DIGITS = r"^\d{8}$"


class SchoolUnitFields(models.Model):
    name = models.CharField("namn", max_length=160)
    municipality = models.ForeignKey(
        "core.Municipality", verbose_name="kommun", on_delete=models.PROTECT, related_name="+"
    )
    organiser = models.CharField("huvudman", max_length=160)
    programmes = ArrayField(models.CharField(max_length=8), verbose_name="program")
    opened = models.DateField("från", null=True, blank=True)
    closed = models.DateField("till", null=True, blank=True)

    class Meta:
        abstract = True


class SchoolUnit(SchoolUnitFields):
    """The register of school units as it holds now. Codes stay; names and programmes change."""

    public_may = "SELECT"

    code = models.CharField("skolenhetskod", max_length=8, primary_key=True)

    class Meta:
        verbose_name = "skolenhet"
        verbose_name_plural = "skolenheter"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="school_unit_code_is_eight_digits", condition=Q(code__regex=EIGHT_DIGITS)
            ),
            models.CheckConstraint(
                name="school_unit_closed_not_before_opened",
                condition=Q(opened=None) | Q(closed=None) | Q(closed__gte=F("opened")),
            ),
        ]

    def __str__(self):
        return self.name


class SchoolUnitVersion(SchoolUnitFields):
    """A school unit as one delivery told it; the register is made of the newest in force."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="+")
    code = models.CharField("skolenhetskod", max_length=8)

    class Meta:
        verbose_name = "skolenhet (version)"
        verbose_name_plural = "skolenheter (versioner)"
        indexes = [models.Index(fields=["code", "batch"], name="school_unit_versions")]
        constraints = [
            models.UniqueConstraint(fields=["batch", "code"], name="school_unit_once_in_a_batch")
        ]

    def __str__(self):
        return self.name


class StudentCountFields(models.Model):
    """The number of students on 15 October, by home municipality, school, programme and sex.

    One row for each study path as sent; several may count with one programme (BA and BA25).
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="+")
    school_year = models.CharField("läsår", max_length=7)
    school_unit = models.ForeignKey(
        SchoolUnit, verbose_name="skolenhet", on_delete=models.PROTECT, related_name="+"
    )
    home_municipality = models.ForeignKey(
        "core.Municipality", verbose_name="hemkommun", on_delete=models.PROTECT, related_name="+"
    )
    study_path = models.CharField("studieväg", max_length=codes.STUDY_PATH_LENGTH)
    programme = models.CharField("program", max_length=8)
    sex = models.CharField("kön", max_length=1)
    students = models.PositiveIntegerField("elever")

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.school_year} {self.school_unit_id} {self.programme}: {self.students}"


class StudentCount(StudentCountFields):
    """One version of a number of students; rows are added, never changed."""

    class Meta:
        verbose_name = "elevantal (version)"
        verbose_name_plural = "elevantal (versioner)"
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "school_unit",
                    "school_year",
                    "home_municipality",
                    "study_path",
                    "sex",
                    "batch",
                ],
                name="student_count_once_in_a_batch",
            ),
            models.CheckConstraint(
                name="student_count_sex_is_known", condition=Q(sex__in=list(codes.SEXES))
            ),
            models.CheckConstraint(
                name="student_count_programme_is_known",
                condition=Q(programme__in=list(codes.PROGRAMMES)),
            ),
        ]


class CurrentStudentCount(StudentCountFields):
    """The numbers of students in force (a view; read only)."""

    class Meta:
        managed = False
        db_table = "statistics_current_studentcount"
        verbose_name = "elevantal"
        verbose_name_plural = "elevantal"
