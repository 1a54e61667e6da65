"""Import completion by municipality from Kolada. Status 0: everything; 1: some could not be had."""

import re
from statistics.national import kolada
from statistics.national.kolada.client import PAUSE, Client
from statistics.national.kolada.importing import Run

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

FIRST_YEAR = 2014  # the first students of the reform of 2011 had then had three years


class Command(BaseCommand):
    help = (
        "Hämtar andelen med examen per kommun och för riket från Kolada (api.kolada.se, version"
        " 3). Avbryts hämtningen fortsätter nästa körning där den slutade."
    )

    def add_arguments(self, parser):
        now = timezone.localdate().year
        parser.add_argument(
            "--kpi",
            action="append",
            default=[],
            help=f"nyckeltal, upprepas för flera (annars {', '.join(kolada.INDICATORS)})",
        )
        parser.add_argument("--from-year", type=int, default=FIRST_YEAR, help="första året")
        parser.add_argument("--to-year", type=int, default=now, help="sista året")
        parser.add_argument("--dry-run", action="store_true", help="hämta och pröva, spara inget")
        parser.add_argument(
            "--again", action="store_true", help="hämta också det som hämtats det senaste dygnet"
        )
        parser.add_argument("--base-url", default=kolada.BASE, help="API:ts adress")
        parser.add_argument("--pause", type=float, default=PAUSE, help="sekunder mellan två frågor")

    def handle(self, *args, kpi, from_year, to_year, dry_run, again, base_url, pause, **options):
        if wrong := [code for code in kpi if not re.fullmatch("[NU][0-9]{5}", code)]:
            raise CommandError(f"{wrong[0]} är inget nyckeltal. Skriv till exempel N17445.")
        if not 1990 <= from_year <= to_year <= 2200:
            raise CommandError("Första året ska vara 1990 eller senare, och inte efter det sista.")
        if pause < 0 or not base_url.startswith(("https://", "http://")):
            raise CommandError("Pausen är noll eller mer, och adressen börjar med https://.")
        run = Run(
            Client(base_url, pause),
            range(from_year, to_year + 1),
            again=again,
            dry=dry_run,
            tell=self.stdout.write,
        )
        outcome = run.indicators(tuple(dict.fromkeys(kpi)) or kolada.INDICATORS)
        self.stdout.write(
            f"{outcome.values} värden {'prövade, inget sparat' if dry_run else 'sparade'},"
            f" {outcome.fetched} år hämtade, {outcome.skipped} redan hämtade,"
            f" liknande kommuner för {outcome.groups} kommuner."
        )
        if outcome.problems:
            raise CommandError(
                f"{len(outcome.problems)} hämtningar gick inte. Kör igen: den fortsätter där det"
                f" tog slut. {outcome.problems[-1]}"
            )
