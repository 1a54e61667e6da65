from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from knowledge.blocks import ChecklistGroupBlock
from knowledge.choices import ToolKind
from pluginnovation.core.fields import LightStreamField
from pluginnovation.core.models import BasePage

from .tools import ToolPage
from .vocabularies import TEXT_FEATURES


class ChecklistPage(ToolPage):
    """Points to tick, on paper or on the screen."""

    template = "knowledge/checklist.html"
    printed_as = "checklist"

    intro = RichTextField("inledning", blank=True, features=TEXT_FEATURES)
    groups = LightStreamField(
        [("group", ChecklistGroupBlock())], verbose_name="grupper", blank=True
    )
    notes = RichTextField("bra att veta", blank=True, features=TEXT_FEATURES)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldPanel("groups"),
        FieldPanel("notes"),
        ToolPage.illustration_panel,
        ToolPage.attachments_panel,
        ToolPage.sorting_panel,
    ]

    class Meta:
        verbose_name = "checklista"
        verbose_name_plural = "checklistor"

    def full_clean(self, *args, **kwargs):
        self.tool_kind = ToolKind.CHECKLIST
        super().full_clean(*args, **kwargs)

    def search_text(self):
        points = [
            f"{item['text']} {item['help']}"
            for group in self.groups
            for item in group.value["items"]
        ]
        headings = [f"{group.value['heading']} {group.value['intro']}" for group in self.groups]
        return f"{self.intro}{self.notes} {' '.join(headings + points)}"
