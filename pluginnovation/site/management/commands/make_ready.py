from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "What make run does before it serves: migrates, loads the demo into an empty site and "
        "prints its logins. In one process, since each takes seconds to start"
    )

    def handle(self, *args, **options):
        call_command("migrate", verbosity=0, stdout=self.stdout)
        call_command("load_demo", users=True, if_empty=True, stdout=self.stdout)
        call_command("demo_logins", stdout=self.stdout)
