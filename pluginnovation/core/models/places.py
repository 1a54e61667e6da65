from django.db import models

# The member municipalities of Göteborgsregionen (codes.json, gr_municipalities).
GOTEBORG_REGION = frozenset(
    "1384 1401 1402 1407 1415 1419 1440 1441 1462 1480 1481 1482 1489".split()  # noqa: SIM905
)


class County(models.Model):
    """One of the 21 counties, by SCB's two-digit code."""

    code = models.CharField("kod", max_length=2, primary_key=True)
    name = models.CharField("namn", max_length=60)

    class Meta:
        verbose_name = "län"
        verbose_name_plural = "län"
        ordering = ["name"]

    def __str__(self):
        return self.name


class MunicipalityQuerySet(models.QuerySet):
    def in_goteborg_region(self):
        """The thirteen municipalities whose interruptions are shown one by one."""
        return self.filter(code__in=GOTEBORG_REGION)


class Municipality(models.Model):
    """One of the 290 municipalities, by SCB's four-digit code (text: zeros lead)."""

    code = models.CharField("kod", max_length=4, primary_key=True)
    name = models.CharField("namn", max_length=60)
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="municipalities")

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = "kommun"
        verbose_name_plural = "kommuner"
        ordering = ["name"]

    def __str__(self):
        return self.name
