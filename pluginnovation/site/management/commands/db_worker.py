from django_tasks_db.management.commands import db_worker

from pluginnovation.site.alive import beating, in_spite_of_outages
from pluginnovation.site.models import Heartbeat


class Command(db_worker.Command):
    help = "Run a task worker that tells that it lives and waits where the database is away"

    def handle(self, **options) -> None:
        with beating(Heartbeat.WORKER):
            in_spite_of_outages(lambda: super(Command, self).handle(**options))
