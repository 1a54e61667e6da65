import statistics.demo

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

import casestudies.demo
import knowledge.demo
from pluginnovation.site import demo
from pluginnovation.site.models import HomePage


class Command(BaseCommand):
    help = "Load the demo content and the synthetic records; makes what is missing, changes nothing"

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="only into an empty site")
        parser.add_argument("--users", action="store_true", help="also people with known passwords")

    def handle(self, *args, **options):
        if options["if_empty"] and not demo.site_is_empty():
            return
        home = HomePage.objects.first()
        self.stdout.write("  Läser in demoinnehållet …")
        with transaction.atomic():
            for part in (demo, knowledge.demo, casestudies.demo, statistics.demo):
                part.load(home, self.stdout)
            if options["users"]:
                demo.load_users(self.stdout)
                statistics.demo.load_senders()
        call_command("rebuild_search", stdout=self.stdout)
        self.stdout.write("  Demoinnehållet är på plats")
