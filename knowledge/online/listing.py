"""The list of answers in the CMS, and its files, which no spreadsheet takes for formulas."""

from django.urls import reverse
from wagtail.admin.widgets import HeaderButton
from wagtail.contrib.forms.views import SubmissionsListView

from pluginnovation.core.spreadsheets import inert


def safe(value):
    """The value as text that a spreadsheet shows and does not calculate."""
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    return inert(value) if isinstance(value, str) else value


class AnswersView(SubmissionsListView):
    page_title = "Svar"

    @property
    def header_buttons(self):
        address = reverse("knowledge_answer_summary", args=[self.form_page.pk])
        return [HeaderButton("Sammanställning", url=address, icon_name="view", priority=10)]

    def to_row_dict(self, item):
        return {name: safe(value) for name, value in super().to_row_dict(item).items()}
