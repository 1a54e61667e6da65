import os

from django_tasks_db.management.commands import db_worker

from pluginnovation.site.alive import beating, in_spite_of_outages
from pluginnovation.site.models import Heartbeat

# Visitors come first where a file is taken in on the same machine.
NICENESS = 10


class Command(db_worker.Command):
    help = "Run a task worker that tells that it lives and waits where the database is away"

    def handle(self, **options) -> None:
        os.nice(max(0, NICENESS - os.nice(0)))
        with beating(Heartbeat.WORKER):
            in_spite_of_outages(lambda: super(Command, self).handle(**options))
