from django.core.management.base import BaseCommand

from pluginnovation.site.editors.survey import survey


class Command(BaseCommand):
    help = "Look at every published page for broken links and missing texts; fills the reports"

    def add_arguments(self, parser):
        parser.add_argument(
            "--external", action="store_true", help="also ask other sites, one address a second"
        )

    def handle(self, *args, **options):
        count = survey(external=options["external"])
        self.stdout.write(f"Brister på publicerade sidor: {count}")
