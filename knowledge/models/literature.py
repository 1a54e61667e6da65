from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from stdnum import isbn
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from knowledge import citations
from knowledge.choices import LibraryKind, PersonRole, ReferenceForm, WorkKind
from knowledge.citation_styles import reference
from knowledge.references import DOI, ISSUED, bare_doi, csl_of, fields_of, people_of
from knowledge.text import host
from pluginnovation.core.models import BasePage

from .library import LibraryItem
from .vocabularies import TEXT_FEATURES


class LiteratureIndexPage(BasePage):
    parent_page_types = ["knowledge.LibraryIndexPage"]
    subpage_types = ["knowledge.LiteraturePage"]
    max_count = 1
    template = "knowledge/item_index.html"
    kind = "Översikt"

    class Meta:
        verbose_name = "litteratur"

    def get_context(self, request, *args, **kwargs):
        from knowledge.library_list import library_context

        listed = library_context(request.GET, LibraryKind.LITERATURE)
        self.near(listed["browse"].items)
        return super().get_context(request, *args, **kwargs) | listed


class LiteraturePage(LibraryItem):
    """A work: its reference, an abstract in Swedish, and where the site uses it."""

    parent_page_types = ["knowledge.LiteratureIndexPage"]
    subpage_types = []
    template = "knowledge/literature.html"

    work_kind = models.CharField(
        "typ", max_length=20, choices=WorkKind.choices, default=WorkKind.STUDY
    )
    form = models.CharField(
        "utgiven som",
        max_length=20,
        choices=ReferenceForm.choices,
        blank=True,
        help_text="Styr hur referensen skrivs.",
    )
    issued = models.CharField(
        "utgiven",
        max_length=10,
        blank=True,
        help_text="Årtal, eller år-månad eller år-månad-dag: 2017, 2017-03 eller 2017-03-23.",
    )
    container = models.CharField("tidskrift eller bok", max_length=255, blank=True)
    volume = models.CharField("volym", max_length=40, blank=True)
    issue = models.CharField("nummer", max_length=40, blank=True)
    pages = models.CharField("sidor", max_length=40, blank=True, help_text="Till exempel 12–34.")
    number = models.CharField("rapportnummer", max_length=80, blank=True)
    genre = models.CharField(
        "slag", max_length=80, blank=True, help_text="Till exempel Doktorsavhandling."
    )
    collection = models.CharField("serie", max_length=255, blank=True)
    collection_number = models.CharField("nummer i serien", max_length=80, blank=True)
    publisher = models.CharField("utgivare", max_length=255, blank=True)
    place = models.CharField("ort", max_length=120, blank=True)
    page_count = models.CharField("antal sidor", max_length=20, blank=True)
    doi = models.CharField("DOI", max_length=200, blank=True, help_text="Börjar med 10.")
    isbn = models.CharField("ISBN", max_length=20, blank=True)
    urn = models.CharField("URN", max_length=200, blank=True, help_text="Börjar med urn:.")
    # The reference in CSL-JSON, which follows from the fields above.
    csl = models.JSONField("referens (CSL-JSON)", default=dict, editable=False)
    link = models.URLField(
        "länk",
        max_length=500,
        blank=True,
        help_text="DOI, ERIC, DiVA eller förlaget, ingen kopia någon annanstans.",
    )
    open_access = models.BooleanField("fritt tillgänglig", null=True, blank=True)
    open_link = models.URLField(
        "fri text",
        max_length=500,
        blank=True,
        help_text="Där hela texten får läsas fritt, hos utgivaren eller i ett öppet arkiv.",
    )
    open_file = models.ForeignKey(
        "core.SiteDocument",
        verbose_name="fri text som fil",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="works",
        help_text="Bara om upphovspersonen tillåter att filen sprids härifrån.",
    )
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
        InlinePanel("people", heading="Författare och redaktörer", label="Namn"),
        MultiFieldPanel(
            [
                FieldPanel("form"),
                FieldPanel("issued"),
                FieldPanel("container"),
                FieldRowPanel([FieldPanel("volume"), FieldPanel("issue"), FieldPanel("pages")]),
                FieldRowPanel([FieldPanel("publisher"), FieldPanel("place")]),
                FieldRowPanel([FieldPanel("collection"), FieldPanel("collection_number")]),
                FieldRowPanel([FieldPanel("number"), FieldPanel("genre")]),
                FieldPanel("page_count"),
            ],
            "Referens",
            help_text="Sidans rubrik är verkets titel. Lämna tomt det du inte vet.",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("doi"), FieldPanel("isbn")]),
                FieldPanel("urn"),
                FieldPanel("link"),
                FieldPanel("open_access"),
                FieldPanel("open_link"),
                FieldPanel("open_file"),
                FieldPanel("language"),
                FieldPanel("country"),
            ],
            "Var verket finns",
        ),
        LibraryItem.sorting_panel,
    ]

    class Meta:
        verbose_name = "verk"
        verbose_name_plural = "litteratur"

    def clean(self):
        super().clean()
        self.doi = bare_doi(self.doi)
        checks = {
            "form": (self.form, "Välj vad verket är utgivet som."),
            "issued": (
                not self.issued or ISSUED.match(self.issued),
                "Skriv 2017, 2017-03 eller 2017-03-23.",
            ),
            "doi": (
                not self.doi or DOI.match(self.doi),
                "Ett DOI börjar med 10. och har ett snedstreck, som 10.1000/xyz123.",
            ),
            "isbn": (
                not self.isbn or isbn.is_valid(self.isbn),
                "Numret är inget ISBN: kontrollsiffran stämmer inte. Jämför med boken.",
            ),
            "urn": (
                not self.urn or self.urn.lower().startswith("urn:"),
                "En URN börjar med urn:, som urn:nbn:se:uu:diva-169935.",
            ),
        }
        if errors := {name: text for name, (fine, text) in checks.items() if not fine}:
            raise ValidationError(errors)

    def derived(self):
        self.renew_reference()
        return {
            "item_kind": LibraryKind.LITERATURE,
            "year": citations.year(self.csl),
            "who": citations.short_authors(self.csl)[:255],
        }

    def renew_reference(self):
        """The reference out of the fields; where there is no more than it, the fields out of it."""
        if isinstance(self.csl, dict) and self.csl and not self.form:
            for name, value in fields_of(self.csl).items():
                setattr(self, name, value)
            self.people = [
                WorkPerson(sort_order=number, **person)
                for number, person in enumerate(people_of(self.csl))
            ]
        self.doi = bare_doi(self.doi)
        self.csl = csl_of(self)

    def serve_preview(self, request, mode_name):
        self.renew_reference()
        return super().serve_preview(request, mode_name)

    @property
    def short_reference(self) -> str:
        """Authors and year, as one says it in a text: ``Hall (2009)``."""
        return f"{self.who or self.title} ({self.year or 'u.å.'})"

    @property
    def link_host(self) -> str:
        return host(self.link)

    @property
    def open_url(self) -> str:
        """Where the whole text may be read freely: the file kept here, or the link."""
        return self.open_file.url if self.open_file else self.open_link

    @property
    def open_host(self) -> str:
        return host(self.open_link)

    @property
    def apa(self) -> str:
        return reference(self.csl, "apa")

    @property
    def harvard(self) -> str:
        return reference(self.csl, "harvard")

    @property
    def coins(self) -> str:
        return citations.coins(self.csl)

    @property
    def highwire(self) -> list[tuple[str, str]]:
        return citations.highwire(self.csl, self.language)

    def search_text(self):
        names = " ".join(citations.names(self.csl))
        return f"{names} {self.doi} {self.isbn} {self.urn} {self.abstract}"

    def get_context(self, request, *args, **kwargs):
        from knowledge.reading import work_context

        return super().get_context(request, *args, **kwargs) | work_context(self)


class WorkPerson(Orderable):
    """An author or editor of a work: a person, or an organisation."""

    page = ParentalKey(LiteraturePage, on_delete=models.CASCADE, related_name="people")
    role = models.CharField(
        "roll", max_length=10, choices=PersonRole.choices, default=PersonRole.AUTHOR
    )
    given = models.CharField("förnamn", max_length=120, blank=True)
    particle = models.CharField(
        "förled", max_length=30, blank=True, help_text="Som van der, om namnet har ett."
    )
    family = models.CharField("efternamn", max_length=120, blank=True)
    organisation = models.CharField(
        "eller organisation", max_length=255, blank=True, help_text="Som Skolverket."
    )

    panels = [
        FieldRowPanel([FieldPanel("given"), FieldPanel("particle"), FieldPanel("family")]),
        FieldRowPanel([FieldPanel("organisation"), FieldPanel("role")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "namn"
        verbose_name_plural = "namn"

    def __str__(self):
        return self.organisation or f"{self.given} {self.particle} {self.family}"

    def clean(self):
        super().clean()
        if bool(self.family) == bool(self.organisation):
            raise ValidationError({"family": "Skriv ett efternamn eller en organisation."})
