"""``/fallstudier/``: the list of cases with its filters, and the other views of them."""

from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from knowledge.models.vocabularies import TEXT_FEATURES
from pluginnovation.core.models import BasePage

TEMPLATES = {
    "lista": "casestudies/index.html",
    "karta": "casestudies/map.html",
    "resultat": "casestudies/results.html",
    "jamfor": "casestudies/compare.html",
}


class CaseStudyIndexPage(BasePage):
    parent_page_types = ["site.HomePage"]
    subpage_types = ["casestudies.CaseStudyPage"]
    max_count = 1
    template = TEMPLATES["lista"]
    kind = "Översikt"

    intro = RichTextField("inledning", blank=True, features=TEXT_FEATURES)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = "översikt över fallstudier"

    def search_text(self):
        return self.intro

    def get_context(self, request, *args, **kwargs):
        from casestudies.views import index_context

        shown = index_context(request.GET)
        if "browse" in shown:
            self.near(shown["browse"].items)
        return super().get_context(request, *args, **kwargs) | shown

    def get_template(self, request, *args, **kwargs):
        from casestudies.views import chosen_view

        return TEMPLATES[chosen_view(request.GET)]
