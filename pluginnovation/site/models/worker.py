"""The sign of life of the task worker."""

from datetime import timedelta

from django.db import models
from django.db.models.functions import Now

# How long a worker may be silent before the site is not ready; it tells of itself more often.
SILENCE = timedelta(seconds=60)


class HeartbeatQuerySet(models.QuerySet):
    def beat(self, name: str) -> None:
        """Note that ``name`` lives, by the database's clock, which all machines share."""
        self.bulk_create(
            [self.model(name=name, at=Now())],
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["at"],
        )

    def is_heard(self, name: str) -> bool:
        """Whether it told so a short while ago. A time to come is a clock that was put back."""
        return self.filter(name=name, at__gt=Now() - SILENCE, at__lt=Now() + SILENCE).exists()


class Heartbeat(models.Model):
    WORKER = "worker"

    name = models.CharField("vem", max_length=20, primary_key=True)
    at = models.DateTimeField("senast hörd")

    objects = HeartbeatQuerySet.as_manager()

    class Meta:
        verbose_name = "livstecken"
        verbose_name_plural = "livstecken"

    def __str__(self):
        return self.name
