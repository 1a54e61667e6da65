"""The words by which case studies are sorted. Codes stay; labels may be reworded."""

from django.db import models


class Programme(models.TextChoices):
    PLUG_IN = "plug-in", "Plug In"
    PLUG_IN_2 = "plug-in-2", "Plug In 2.0"
    RELATED = "narliggande", "Närliggande arbete"


class Measured(models.TextChoices):
    ATTENDANCE = "narvaro", "Närvaro"
    GRADES = "betyg", "Betyg"
    MAPPED = "kartlaggningsgrad", "Kartläggningsgrad"
    RETURN = "atergang", "Återgång till studier eller arbete"
    OTHER = "annat", "Annat"


class StillRunning(models.TextChoices):
    YES = "ja", "Ja, enligt källorna"
    PARTLY = "delvis", "Delvis, enligt källorna"
    NO = "nej", "Nej, arbetet har avslutats"
    UNKNOWN = "okant", "Det framgår inte av våra källor"
