from datetime import timedelta

from django.db import models
from django.utils import timezone

from .. import codes

PLACES = {codes.TOTAL: "Hela regionen", **codes.REGION}
# The link in the letter is good for so many days; a day later the row goes.
DAYS_TO_CONFIRM = 3
# An address that the mail server has refused for so many days is forgotten where others get
# their letters; where nobody does, the fault may be ours, and it is given longer.
DAYS_REFUSED, DAYS_ALL_REFUSED = 5, 30


class SubscriptionQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)

    def delete_unconfirmed(self) -> int:
        """Delete those whose link is too old to be followed; how many."""
        last = timezone.localdate() - timedelta(days=DAYS_TO_CONFIRM + 1)
        return self.filter(confirmed_at=None, asked_on__lt=last).delete()[0]

    def forget_refused(self, others_get_letters: bool) -> int:
        """Delete those that the mail server has refused for too long; how many."""
        days = DAYS_REFUSED if others_get_letters else DAYS_ALL_REFUSED
        last = timezone.localdate() - timedelta(days=days)
        return self.filter(refused_since__lte=last).delete()[0]


class Subscription(models.Model):
    """An address that wants to be told of new data about a municipality or the whole region.

    Nothing else is kept of anybody. ``asked_on`` is there until the address is confirmed;
    ``told`` is the number of the publication that was last written of, ``refused_since`` the day
    since which the mail server has refused the address, None where it takes it.
    """

    # The form and the links of the letters need no login.
    public_may = "SELECT, INSERT, UPDATE, DELETE"

    email = models.EmailField("e-postadress", max_length=254)
    place = models.CharField("kommun", max_length=4, choices=list(PLACES.items()))
    asked_on = models.DateField("begärd", null=True, default=timezone.localdate)
    confirmed_at = models.DateTimeField("bekräftad", null=True)
    told = models.PositiveIntegerField("senaste publicering", default=0)
    refused_since = models.DateField("avvisad sedan", null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = "prenumeration"
        verbose_name_plural = "prenumerationer"
        constraints = [
            models.UniqueConstraint(fields=["email", "place"], name="one_subscription_each")
        ]

    def __str__(self):
        return f"Prenumeration {self.pk}"

    @property
    def place_name(self) -> str:
        return PLACES.get(self.place, self.place).replace("Hela", "hela")
