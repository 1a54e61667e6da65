from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page


class BasePage(Page):
    """What all pages share: a summary for lists and search, and when somebody last read it."""

    summary = models.TextField(
        "sammanfattning",
        max_length=400,
        blank=True,
        help_text="En eller två meningar. Visas överst, i listor och i sökmotorer.",
    )
    last_reviewed = models.DateField(
        "senast granskad", null=True, blank=True, help_text="Visas längst ner på sidan."
    )
    review_by = models.DateField(
        "granska senast", null=True, blank=True, help_text="Då påminns redaktionen."
    )

    # A word for the kind of page, shown in search results and over the headline.
    kind = "Sida"

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("last_reviewed"), FieldPanel("review_by")], "Granskning"),
    ]

    class Meta:
        abstract = True

    def search_text(self) -> str:
        """The plain or marked-up text, beside title and summary, by which search finds the page."""
        return ""

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["breadcrumbs"] = self.breadcrumbs()
        return context

    def breadcrumbs(self):
        """The live ancestors from the home page down, without the page itself (one query)."""
        return (
            self.get_ancestors()
            .filter(depth__gt=1)
            .live()
            .only("id", "title", "slug", "url_path", "depth", "path", "locale_id")
        )
