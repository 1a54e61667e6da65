from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from knowledge import citations
from knowledge.choices import LibraryKind, WorkKind
from knowledge.text import host
from pluginnovation.core.models import BasePage

from .library import LibraryItem
from .vocabularies import TEXT_FEATURES

CSL_HELP = (
    "Uppgifterna som referensen byggs av, i formatet CSL-JSON. Zotero ger dem under Exportera."
)


class LiteratureIndexPage(BasePage):
    parent_page_types = ["knowledge.LibraryIndexPage"]
    subpage_types = ["knowledge.LiteraturePage"]
    max_count = 1
    template = "knowledge/item_index.html"
    kind = "Översikt"

    class Meta:
        verbose_name = "litteratur"

    def get_context(self, request, *args, **kwargs):
        from knowledge.library_list import browse_library

        browse = browse_library(request.GET, kind=LibraryKind.LITERATURE)
        return super().get_context(request, *args, **kwargs) | {"browse": browse}


class LiteraturePage(LibraryItem):
    """A work: its reference, an abstract in Swedish, and where the site uses it."""

    parent_page_types = ["knowledge.LiteratureIndexPage"]
    subpage_types = []
    template = "knowledge/literature.html"

    work_kind = models.CharField(
        "typ", max_length=20, choices=WorkKind.choices, default=WorkKind.STUDY
    )
    csl = models.JSONField("referens (CSL-JSON)", default=dict, help_text=CSL_HELP)
    urn = models.CharField("URN", max_length=200, blank=True)
    link = models.URLField(
        "länk",
        max_length=500,
        blank=True,
        help_text="DOI, ERIC, DiVA eller förlaget, ingen kopia någon annanstans.",
    )
    open_access = models.BooleanField("fritt tillgänglig", null=True, blank=True)
    null_result = models.BooleanField(
        "ingen eller blandad effekt",
        default=False,
        help_text="Kryssa i om studien prövade något och inte fann effekt, eller fann både och.",
    )
    abstract = RichTextField("referat på svenska", blank=True, features=TEXT_FEATURES)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("work_kind"),
        FieldPanel("abstract"),
        FieldPanel("null_result"),
        MultiFieldPanel(
            [
                FieldPanel("csl"),
                FieldPanel("urn"),
                FieldPanel("link"),
                FieldPanel("open_access"),
                FieldPanel("language"),
                FieldPanel("country"),
            ],
            "Referens",
        ),
        LibraryItem.sorting_panel,
    ]

    class Meta:
        verbose_name = "verk"
        verbose_name_plural = "litteratur"

    def clean(self):
        super().clean()
        missing = [name for name in ("type", "title") if not self._csl().get(name)]
        if missing:
            text = f"Referensen saknar {' och '.join(missing)}, eller är inte ett CSL-objekt."
            raise ValidationError({"csl": text})

    def derived(self):
        return {
            "item_kind": LibraryKind.LITERATURE,
            "year": citations.year(self._csl()),
            "who": citations.short_authors(self._csl())[:255],
        }

    def _csl(self) -> dict:
        return self.csl if isinstance(self.csl, dict) else {}

    @property
    def short_reference(self) -> str:
        """Authors and year, as one says it in a text: ``Hall (2009)``."""
        return f"{self.who or self.title} ({self.year or 'u.å.'})"

    @property
    def link_host(self) -> str:
        return host(self.link)

    @property
    def apa(self) -> str:
        return citations.apa(self._csl(), self.link)

    @property
    def doi(self) -> str:
        return self._csl().get("DOI", "")

    @property
    def isbn(self) -> str:
        return self._csl().get("ISBN", "")

    @property
    def highwire(self) -> list[tuple[str, str]]:
        return citations.highwire(self._csl(), self.language)

    def search_text(self):
        names = " ".join(citations.names(self._csl()))
        return f"{names} {self.doi} {self.isbn} {self.urn} {self.abstract}"

    def get_context(self, request, *args, **kwargs):
        from knowledge.reading import work_context

        return super().get_context(request, *args, **kwargs) | work_context(self)
