"""Where the editors' rooms meet the CMS."""

from wagtail import hooks
from wagtail.log_actions import LogFormatter

from .editors import accounts, home_panels, reports, userbar
from .editors.reminders import REMINDED
from .editors.schedule import REFUSED


@hooks.register("register_log_actions")
def log_actions(actions):
    @actions.register_action(REFUSED)
    class Refused(LogFormatter):
        label = "Kunde inte publiceras"

        def format_message(self, log_entry):
            return "Kunde inte publiceras: " + " ".join(log_entry.data["reasons"])

    actions.register_action(REMINDED, "Påmind om granskning", "Påminnelse om granskning skickad")


@hooks.register("construct_homepage_panels")
def panels(request, shown):
    shown += [panel() for panel in home_panels.PANELS]


hooks.register("register_admin_urls", reports.urls)
hooks.register("before_bulk_action", accounts.before_bulk_action)
hooks.register("construct_wagtail_userbar", userbar.use_own_checker)


def _offer(number: int):
    hooks.register("register_reports_menu_item", lambda: reports.menu_items()[number])


for each in range(len(reports.REPORTS)):
    _offer(each)
