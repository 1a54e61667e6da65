"""Panels of the CMS's forms that all rooms share."""

from wagtail.admin.panels import Panel

from .live_blocks import problems


class ProblemsPanel(Panel):
    """Says on top of the form what the page does not show its readers, and why."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "site/admin/page_problems.html"

        def is_shown(self):
            return bool(self.instance.pk and self.problems)

        @property
        def problems(self):
            if not hasattr(self, "_problems"):
                self._problems = problems(self.instance)
            return self._problems

        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {"problems": self.problems}
