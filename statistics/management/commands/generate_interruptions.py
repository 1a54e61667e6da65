from datetime import date
from pathlib import Path
from statistics import synthetic

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Skriver fyra filer med syntetiska uppgifter. Samma värden ger samma innehåll."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--rows", type=int, default=6000, help="antal avbrott")
        parser.add_argument("--seed", type=int, default=1, help="slumpens startvärde")
        parser.add_argument(
            "--until", type=date.fromisoformat, default=date(2026, 10, 31), help="sista dag"
        )
        parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="mapp")

    def handle(self, *, rows, seed, until, out, **options):
        if rows < 1:
            raise CommandError("Antalet rader ska vara minst 1.")
        for path in synthetic.write(out, rows, seed, until).values():
            self.stdout.write(f"{path} ({path.stat().st_size // 1024} kB)")
