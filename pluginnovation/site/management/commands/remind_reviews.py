from django.core.management.base import BaseCommand

from pluginnovation.site.editors.reminders import remind


class Command(BaseCommand):
    help = "Tell by mail, once, those who answer for pages that should have been read again"

    def handle(self, *args, **options):
        letters = remind()
        if options["verbosity"] and letters:
            self.stdout.write(f"Påminnelser om granskning: {letters}")
