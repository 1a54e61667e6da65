from django.core.management.base import BaseCommand

from pluginnovation.core import second_factor


class Command(BaseCommand):
    help = (
        "Take away the second factors that PSEUDONYM_KEY does not open, and no others: those "
        "people set up a new app at their next login, after their password."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say how many, change nothing")

    def handle(self, *args, dry_run, **options):
        lost = second_factor.unreadable()
        people = lost.values("user").distinct().count()
        if not dry_run:
            lost.delete()
        done = "skulle nollställas" if dry_run else "nollställdes"
        self.stdout.write(f"Andra steget {done} för {people} konton.")
