"""Completion of upper secondary education by municipality, as Kolada publishes it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

SEXES = ("T", "K", "M")


class Indicator(models.Model):
    """A key figure (nyckeltal) of Kolada, with the words and dates that Kolada gives it.

    ``period`` is the year that ``preliminary_on`` and ``published_on`` speak of.
    """

    public_may = "SELECT"

    code = models.CharField("nyckeltal", max_length=16, primary_key=True)
    title = models.CharField("namn", max_length=400)
    description = models.TextField("beskrivning", blank=True)
    period = models.PositiveSmallIntegerField("period", null=True)
    preliminary_on = models.DateField("preliminärt publicerad", null=True)
    published_on = models.DateField("publicerad", null=True)
    fetched_at = models.DateTimeField("hämtad")

    class Meta:
        verbose_name = "nationellt nyckeltal"
        verbose_name_plural = "nationella nyckeltal"
        ordering = ["code"]

    def __str__(self):
        return self.title


class IndicatorValue(models.Model):
    """One value; ``value`` is None where Kolada gives none, and ``status`` its mark for that.

    ``place`` is a municipality's code, or ``0000`` for the whole country.
    """

    public_may = "SELECT"

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="values")
    place = models.CharField("kommun", max_length=4)
    year = models.PositiveSmallIntegerField("år")
    sex = models.CharField("kön", max_length=1)
    value = models.DecimalField("värde", max_digits=12, decimal_places=4, null=True)
    status = models.CharField("status", max_length=40, blank=True)
    source = models.CharField("källa", max_length=200)
    fetched_at = models.DateTimeField("hämtad")

    class Meta:
        verbose_name = "nationellt värde"
        verbose_name_plural = "nationella värden"
        indexes = [models.Index(fields=["place", "sex"], name="indicator_values_of_a_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year", "place", "sex"], name="indicator_value_once"
            ),
            models.CheckConstraint(name="indicator_value_sex_is_known", condition=Q(sex__in=SEXES)),
        ]

    def __str__(self):
        return f"{self.indicator_id} {self.year} {self.place} {self.sex}: {self.value}"


class IndicatorFetch(models.Model):
    """How far one year of one key figure has been fetched: the page that comes next, or the end.

    The values of a page and this row are written in one transaction, so that a run that was
    killed goes on at the page it had not stored.
    """

    code = models.CharField("nyckeltal", max_length=16)
    year = models.PositiveSmallIntegerField("år")
    next_url = models.TextField("nästa sida", blank=True)
    finished_at = models.DateTimeField("hämtad till slutet", null=True)

    class Meta:
        verbose_name = "hämtning av nyckeltal"
        verbose_name_plural = "hämtningar av nyckeltal"
        constraints = [
            models.UniqueConstraint(fields=["code", "year"], name="indicator_year_fetched_once")
        ]

    def __str__(self):
        return f"{self.code} {self.year}"


class SimilarMunicipalities(models.Model):
    """The municipalities that Kolada calls alike in upper secondary education."""

    public_may = "SELECT"

    place = models.CharField("kommun", max_length=4, primary_key=True)
    title = models.CharField("gruppens namn", max_length=200)
    members = ArrayField(models.CharField(max_length=4), verbose_name="kommuner")
    fetched_at = models.DateTimeField("hämtad")

    class Meta:
        verbose_name = "liknande kommuner"
        verbose_name_plural = "liknande kommuner"

    def __str__(self):
        return self.title
