"""Where the editors' rooms meet the CMS."""

from wagtail import hooks
from wagtail.log_actions import LogFormatter

from .editors.schedule import REFUSED


@hooks.register("register_log_actions")
def log_actions(actions):
    @actions.register_action(REFUSED)
    class Refused(LogFormatter):
        label = "Kunde inte publiceras"

        def format_message(self, log_entry):
            return "Kunde inte publiceras: " + " ".join(log_entry.data["reasons"])
