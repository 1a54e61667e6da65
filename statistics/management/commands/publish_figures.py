from datetime import date
from statistics import audit
from statistics.data_dates import NothingToPublish, behind
from statistics.publication import publish

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction


class Command(BaseCommand):
    help = "Gör en ny publicering av den öppna statistiken, med skyddade antal."

    def add_arguments(self, parser):
        parser.add_argument(
            "--data-date",
            type=date.fromisoformat,
            help="räkna det som hänt till och med denna dag (ÅÅÅÅ-MM-DD)",
        )
        parser.add_argument("--note", default="", help="anmärkning som följer med publiceringen")

    def handle(self, *args, data_date, note, **options):
        if data_date and not note and (missing := behind(data_date)):
            raise CommandError(
                f"Alla källor har inte berättat till och med {data_date}: {missing}. Skriv med "
                "--note vad som saknas, så följer det med publiceringen."
            )
        try:
            with transaction.atomic():
                publication = publish(data_date, note)
                audit.record(audit.Action.PUBLISHED, detail=f"{publication} {note}".strip())
        except NothingToPublish as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(f"{publication}, data till och med {publication.data_date}")
