from django.core.exceptions import ValidationError
from django.http import Http404
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import RichTextField

from knowledge.blocks import RespondentBlock, ScaleBlock
from knowledge.choices import ToolKind
from pluginnovation.core.fields import LightStreamField
from pluginnovation.core.models import BasePage
from pluginnovation.core.pdf import pdf_response

from .tools import ToolPage
from .vocabularies import TEXT_FEATURES


class QuestionnairePage(ToolPage):
    """Questions to several groups of people."""

    template = "knowledge/questionnaire.html"
    printed_as = "questionnaire"

    intro = RichTextField("inledning", blank=True, features=TEXT_FEATURES)
    scales = LightStreamField([("scale", ScaleBlock())], verbose_name="svarsskalor", blank=True)
    respondents = LightStreamField(
        [("respondent", RespondentBlock())], verbose_name="svarande", blank=True
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldPanel("scales"),
        FieldPanel("respondents"),
        ToolPage.attachments_panel,
        ToolPage.sorting_panel,
    ]

    class Meta:
        verbose_name = "frågeformulär"
        verbose_name_plural = "frågeformulär"

    def full_clean(self, *args, **kwargs):
        self.tool_kind = ToolKind.QUESTIONNAIRE
        super().full_clean(*args, **kwargs)

    def clean(self):
        super().clean()
        known = self.steps_by_scale()
        missing = sorted(
            {
                question["scale"] or question["text"]
                for question in self.questions()
                if question["type"] == "scale" and question["scale"] not in known
            }
        )
        if missing:
            text = "Det finns ingen svarsskala för: " + ", ".join(missing)
            raise ValidationError({"respondents": text})

    def questions(self):
        """All questions to all respondents."""
        for respondent in self.respondents:
            for section in respondent.value["sections"]:
                yield from section["questions"]

    def steps_by_scale(self) -> dict[str, list[str]]:
        """The steps of each answer scale, by its code."""
        return {scale.value["code"]: list(scale.value["steps"]) for scale in self.scales}

    @path("pdf/<slug:respondent>/")
    def pdf_for(self, request, respondent):
        """The questions to one group, to print and hand out."""
        if respondent not in [one.value["code"] for one in self.respondents]:
            raise Http404
        return pdf_response(self.document(respondent), f"{self.slug}-{respondent}")

    def get_context(self, request, *args, **kwargs):
        from knowledge.questions import as_shown

        return super().get_context(request, *args, **kwargs) | {"questionnaire": as_shown(self)}

    def search_text(self):
        return f"{self.intro} {' '.join(question['text'] for question in self.questions())}"
