from django.core.management.base import BaseCommand

from pluginnovation.core.models import SiteDocument
from pluginnovation.site.search import files, indexing

LINE = "  sökregistret: {} poster"
COUNT = f"\r{LINE}"


class Command(BaseCommand):
    help = "Bygger om sökregistret: en post för varje publik sida och varje dokument."

    def add_arguments(self, parser):
        parser.add_argument(
            "--files", action="store_true", help="Läs om texten även i dokument som redan lästs."
        )

    def handle(self, *args, verbosity: int, **options):
        self._read_files(again=options["files"], verbosity=verbosity)

        counted = verbosity and self.stdout.isatty()
        count = indexing.rebuild(self._count if counted else lambda done: None)
        if verbosity:
            self.stdout.write((COUNT if counted else LINE).format(count) + ", klart")

    def _count(self, done: int):
        """On a terminal the same line tells how far it is."""
        self.stdout.write(COUNT.format(done), ending="")
        self.stdout.flush()

    def _read_files(self, *, again: bool, verbosity: int):
        """Texts that are missing; the loader of the demo is not to wait for the worker."""
        documents = SiteDocument.objects.all()
        if not again:
            documents = documents.filter(extracted_text="")
        for document in documents:
            files.read_document.call(document.pk)
            if verbosity:
                self.stdout.write(f"  läste {document.filename}")
