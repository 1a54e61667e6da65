from datetime import date
from statistics import audit, tables
from statistics.data_dates import NothingToPublish, behind
from statistics.publication import Beaten, calendar, publish
from statistics.publication.making import last_number, published_on

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format


class Command(BaseCommand):
    help = (
        "Gör en ny publicering av den öppna statistiken, med skyddade antal. Körs varje dag av en"
        " timer: en dag som inte är publiceringsdag görs ingenting, och det sägs. En missad dag tas"
        " igen. Slutar med 0 när det är publicerat eller ingenting skulle göras, 1 när det inte"
        " finns något att publicera."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--now",
            action="store_true",
            help="publicera månadstabellerna fast det inte är deras dag",
        )
        parser.add_argument(
            "--half-yearly",
            action="store_true",
            help="tillsammans med --now: också tabellerna som annars kommer två gånger om året",
        )
        parser.add_argument(
            "--data-date",
            type=date.fromisoformat,
            help="räkna det som hänt till och med denna dag (ÅÅÅÅ-MM-DD)",
        )
        parser.add_argument("--note", default="", help="anmärkning som följer med publiceringen")

    def handle(self, *args, now, half_yearly, data_date, note, **options):
        if data_date and not note and (missing := behind(data_date)):
            raise CommandError(
                f"Alla källor har inte berättat till och med {data_date}: {missing}. Skriv med "
                "--note vad som saknas, så följer det med publiceringen."
            )
        after, today = last_number(), timezone.localdate()
        due = calendar.due(published_on(), today)
        if not due and not now:
            day = date_format(calendar.next_day(tables.MONTHLY, today), "j F Y")
            self.stdout.write(f"I dag är ingen publiceringsdag. Nästa är den {day}.")
            return
        whole = tables.HALF_YEARLY in due or (now and half_yearly)
        try:
            with transaction.atomic():
                made = publish(data_date, note, half_yearly=whole, after=after)
                audit.record(audit.Action.PUBLISHED, detail=f"{made} {note}".strip())
        except NothingToPublish as reason:
            raise CommandError(str(reason)) from reason
        except Beaten as reason:
            self.stdout.write(str(reason))
            return
        of = "alla tabeller" if whole else "månadstabellerna"
        self.stdout.write(f"{made}: {of}, data till och med {made.data_date}")
