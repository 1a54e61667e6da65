from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from pluginnovation.core.models import BasePage


class HomePage(BasePage):
    """The front door. A migration makes it, so that an empty database answers ``/``."""

    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = 1
    template = "pages/home.html"

    class Meta:
        verbose_name = "startsida"


class PlainPage(BasePage):
    """A page of text: about the site, contact, data protection and the like."""

    parent_page_types = ["site.HomePage", "site.PlainPage"]
    subpage_types = ["site.PlainPage"]
    template = "pages/plain.html"

    body = RichTextField("text", blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = "textsida"
        verbose_name_plural = "textsidor"

    def search_text(self):
        return self.body
