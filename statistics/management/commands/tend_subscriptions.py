from statistics.models import Subscription
from statistics.subscriptions.sending import tell_all

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Skriver till dem som inte har fått brev om den senaste publiceringen, och tar bort"
        " prenumerationer som inte bekräftats, eller som e-posten har avvisat i flera dagar. Kör"
        " varje dygn."
    )

    def handle(self, *args, **options):
        gone = Subscription.objects.delete_unconfirmed()
        done = tell_all()
        self.stdout.write(
            f"{done['sent']} brev skickade, {done['failed']} gick inte att skicka;"
            f" {gone} obekräftade och {done['forgotten']} avvisade prenumerationer borttagna"
        )
