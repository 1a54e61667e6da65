from django.core.management.base import BaseCommand

from pluginnovation.core.models import User
from pluginnovation.site import demo


class Command(BaseCommand):
    help = "Print the logins of the demo's people, as far as they are there"

    def handle(self, *args, **options):
        if not User.objects.filter(email=demo.DEMO_USERS[0][0]).exists():
            return
        self.stdout.write("\n  Logga in på /konto/logga-in/ som")
        for line in demo.logins():
            self.stdout.write(f"    {line}")
        self.stdout.write("")
