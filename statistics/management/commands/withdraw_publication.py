from statistics import audit
from statistics.models import Publication
from statistics.publication import withdraw

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction


class Command(BaseCommand):
    help = (
        "Drar in en publicering som inte får visas. Talen tas bort för gott; på dess adress står "
        "varför. De övriga publiceringarna finns kvar."
    )

    def add_arguments(self, parser):
        parser.add_argument("number", type=int, help="publiceringens nummer")
        parser.add_argument("--because", required=True, help="varför, som läsarna får se det")

    def handle(self, *args, number, because, **options):
        try:
            with transaction.atomic():
                publication = withdraw(number, because)
                audit.record(audit.Action.WITHDREW, detail=f"{publication}: {because}")
        except Publication.DoesNotExist:
            raise CommandError(f"Det finns ingen gällande publicering {number}.") from None
        self.stdout.write(
            f"{publication} är indragen. Nästa kommer på nästa publiceringsdag. Är felet rättat "
            "dessförinnan: publish_figures --now, med --half-yearly om den hade alla tabeller."
        )
