"""What the editors' start page says beside what the CMS says itself."""

from django.db.models import Q
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Page, PageLogEntry

from pluginnovation.site.models.review import PageFinding

from .due import editable_by, overdue
from .schedule import REFUSED

MOST = 8


class PageListPanel(Component):
    """A heading, the first pages of a list with a word on each, and the way to the rest."""

    template_name = "site/admin/home_panel.html"
    name = ""
    heading = ""

    def rows(self, user) -> list[dict]:
        raise NotImplementedError

    def more(self) -> dict:
        return {}

    def get_context_data(self, parent_context):
        rows = self.rows(parent_context["request"].user)
        return {
            "name": self.name,
            "heading": self.heading,
            "rows": rows[:MOST],
            "is_cut": len(rows) > MOST,
            "more": self.more(),
        }


class DraftsPanel(PageListPanel):
    name, heading, order = "drafts", "Dina utkast", 205

    def rows(self, user):
        own = Q(owner=user) | Q(latest_revision__user=user)
        drafts = Page.objects.filter(own, has_unpublished_changes=True)
        drafts = drafts.order_by("-latest_revision_created_at").select_related("content_type")
        return [
            {
                "page": page,
                "said": "Har ändringar som inte är publicerade" if page.live else "Inte publicerad",
                "when": page.latest_revision_created_at,
            }
            for page in drafts[: MOST + 1]
        ]


class StoppedPanel(PageListPanel):
    """Pages that were to go live by themselves and could not."""

    name, heading, order = "stopped", "Kunde inte publiceras på utsatt tid", 206

    def rows(self, user):
        entries = PageLogEntry.objects.filter(
            Q(page__owner=user) | Q(revision__user=user),
            action=REFUSED,
            page__has_unpublished_changes=True,
        )
        entries = entries.select_related("page__content_type").order_by("-timestamp")
        return [
            {
                "page": entry.page,
                "said": " ".join(entry.data["reasons"]),
                "when": entry.timestamp,
            }
            for entry in entries[: MOST + 1]
        ]


class OverduePanel(PageListPanel):
    name, heading, order = "overdue", "Sidor att granska igen", 240

    def rows(self, user):
        pages = overdue(user).select_related("content_type")
        return [
            {"page": page, "said": "Skulle ha granskats", "when": page.review_date}
            for page in pages[: MOST + 1]
        ]

    def more(self):
        return {"url": reverse("report_overdue"), "text": "Alla sidor att granska igen"}


class FiguresPanel(PageListPanel):
    """Pages where a figure of the statistics is no longer shown."""

    name, heading, order = "figures", "Siffror som inte längre visas", 207

    def rows(self, user):
        findings = PageFinding.objects.filter(
            code=PageFinding.Code.FIGURE, page__in=editable_by(user)
        )
        findings = findings.select_related("page__content_type").order_by("-checked_at")
        return [
            {"page": one.page, "said": one.text, "when": one.checked_at}
            for one in findings[: MOST + 1]
        ]

    def more(self):
        return {"url": reverse("report_shortcomings"), "text": "Alla brister"}


PANELS = (DraftsPanel, StoppedPanel, FiguresPanel, OverduePanel)
