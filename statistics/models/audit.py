from django.conf import settings
from django.db import models
from django.utils import timezone


class AuditEntry(models.Model):
    """One line of the audit log: who did what with the records, and when.

    Lines are added and never changed or removed: a trigger refuses both, whoever asks. The
    actor's address stands in the line itself, as it was then. Write with ``audit.record``.
    """

    class Action(models.TextChoices):
        SENT = "sent", "Skickade in"
        TAKEN_IN = "taken_in", "Tog in"
        QUARANTINED = "quarantined", "Satte rader i karantän"
        DISMISSED = "dismissed", "Avfärdade rader i karantän"
        APPROVED = "approved", "Godkände"
        REFUSED = "refused", "Avvisade"
        WITHDREW = "withdrew", "Återtog"
        READ_EXACT = "read_exact", "Läste exakta uppgifter"
        FETCHED_EXACT = "fetched_exact", "Hämtade exakta uppgifter"
        FETCHED_ORIGINAL = "fetched_original", "Hämtade inskickad fil"
        ERASED = "erased", "Gallrade"
        PUBLISHED = "published", "Publicerade"
        CHANGED_SOURCE = "changed_source", "Ändrade en källa"
        CHANGED_USER = "changed_user", "Ändrade ett konto"

    at = models.DateTimeField("när", default=timezone.now, db_index=True)
    action = models.CharField("vad", max_length=16, choices=Action.choices)
    # None for a command on the server.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor = models.CharField("vem", max_length=254)
    source = models.CharField("källa", max_length=40, blank=True)
    sha256 = models.CharField("filens kontrollsumma", max_length=64, blank=True)
    rows = models.PositiveIntegerField("rader", null=True)
    detail = models.CharField("närmare", max_length=500, blank=True)

    class Meta:
        verbose_name = "rad i loggen"
        verbose_name_plural = "loggen"
        ordering = ["-id"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor}: {self.get_action_display()}"
