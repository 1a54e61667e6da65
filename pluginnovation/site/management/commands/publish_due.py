import logging
import time
from datetime import timedelta

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from pluginnovation.site.alive import in_spite_of_outages
from pluginnovation.site.editors.schedule import publish_due

logger = logging.getLogger(__name__)
# When few read, local time, in this order. What is
# past its time goes before figures are published, which happens on publication days alone.
NIGHT = 3
NIGHTLY = (
    "check_pages",
    "delete_old_answers",
    "apply_retention",
    "publish_figures",
    "tend_subscriptions",
    "remind_reviews",
)


class Command(BaseCommand):
    help = "Publish the pages whose time has come and take down those whose time is out"

    def add_arguments(self, parser):
        parser.add_argument(
            "--every", type=int, metavar="SECONDS", help="go on, and do it again so often"
        )

    def handle(self, *args, **options):
        if not options["every"]:
            return self._once(options["verbosity"])
        night = _next_night()
        while True:
            in_spite_of_outages(lambda: self._once(options["verbosity"]))
            if timezone.now() >= night:
                in_spite_of_outages(lambda: self._nightly(options["verbosity"]))
                night = _next_night()
            time.sleep(options["every"])
            close_old_connections()

    def _nightly(self, verbosity: int) -> None:
        for name in NIGHTLY:
            try:
                call_command(name, verbosity=verbosity)
            except CommandError as reason:
                # Such as a source that is behind: it is said, and the others are not kept waiting.
                logger.error("%s: %s", name, reason)
            except (OperationalError, InterfaceError):
                raise  # the database is away: all of it is done anew when it is back
            except Exception:
                # A fault of one must end neither the others nor the process that publishes pages.
                logger.exception("%s did not come to its end", name)

    def _once(self, verbosity: int) -> None:
        done = publish_due()
        if verbosity and any(done.values()):
            self.stdout.write(
                f"Publicerade: {done['published']}, avpublicerade: {done['expired']}, "
                f"stoppade: {done['refused']}"
            )


def _next_night():
    now = timezone.localtime()
    night = now.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    return night if night > now else night + timedelta(days=1)
