from wagtail.admin.panels import FieldPanel

from pluginnovation.core.fields import LightStreamField
from pluginnovation.core.models import BasePage
from pluginnovation.site.blocks import BodyBlock


class HomePage(BasePage):
    """The front door. A migration makes it, so that an empty database answers ``/``."""

    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = 1
    template = "pages/home.html"

    class Meta:
        verbose_name = "startsida"

    def breadcrumbs(self):
        return []

    def get_context(self, request, *args, **kwargs):
        from pluginnovation.site.front import front_page

        return super().get_context(request, *args, **kwargs) | front_page()


class PlainPage(BasePage):
    """A page of text: about the site, contact, data protection and the like."""

    parent_page_types = ["site.HomePage", "site.PlainPage"]
    subpage_types = ["site.PlainPage"]
    template = "pages/plain.html"

    body = LightStreamField(BodyBlock(), blank=True, verbose_name="text")

    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = "textsida"
        verbose_name_plural = "textsidor"

    def search_text(self):
        return self.body.render_as_block() if self.body else ""
