from django.utils.functional import cached_property
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

    @cached_property
    def beside(self) -> dict:
        from pluginnovation.site.front import front_page

        found = front_page()
        named = (*found["factors"], *found["newest"], found["lecture"], found["case"])
        self.near(page for page in named if page)
        return found

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | self.beside


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
