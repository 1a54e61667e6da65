from itertools import accumulate

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction

from pluginnovation.core.fields import LightStreamField
from pluginnovation.core.generation import kept_in_process
from pluginnovation.core.live_blocks import LiveStream, live_blocks, of_page
from pluginnovation.core.panels import ProblemsPanel


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
    figures = LightStreamField(
        LiveStream(live_blocks(), required=False),
        blank=True,
        default=list,
        verbose_name="siffror ur statistiken",
        help_text="Visas sist på sidan, med de senaste talen. På en textsida också mitt i texten.",
    )

    # A word for the kind of page, shown in search results and over the headline.
    kind = "Sida"
    # What lists show beside, where a kind of page has it. A template that asks in vain pays for
    # Django's look through all names of the page, a quarter of a millisecond each time.
    who = ""
    year = None
    grade = ""
    null_result = False
    _known_url = ""

    content_panels = [
        ProblemsPanel(),
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("figures", classname="collapsed"),
    ]
    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("last_reviewed"), FieldPanel("review_by")], "Granskning"),
    ]

    class Meta:
        abstract = True

    def search_text(self) -> str:
        """The plain or marked-up text, beside title and summary, by which search finds the page."""
        return ""

    # A page with much beside its own fields has a ``beside``, a cached property: what it shows of
    # others, a function of the page and of what is published. A page that is kept (``route``)
    # so keeps it for the generation; a draft reads its own.
    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["breadcrumbs"] = self.breadcrumbs()
        return context

    @property
    def has_figures(self) -> bool:
        """Whether a figure of the statistics stands on the page: then it needs their look."""
        return any(True for _ in of_page(self))

    @property
    def url(self):
        """Wagtail's address, looked up once for a whole list where ``near`` has said it."""
        return self._known_url or self.get_url()

    def near(self, pages):
        """Tell pages of this page's site their address: what comes after the site's root.

        Wagtail asks its cache and its routes for each page. Where this page's own address is not
        the end of its path (several sites, a prefix), they find theirs that way as ever.
        """
        url = self.url or ""
        root = self.url_path.removesuffix(url)
        if url and root + url == self.url_path:
            for page in pages:
                if page.url_path.startswith(f"{root}/"):
                    page._known_url = page.url_path[len(root) :]
        return pages

    def breadcrumbs(self):
        """The live ancestors from the home page down, without the page itself.

        They cost no query where the page was found by its address (see ``route``).
        """
        way = getattr(self, "_way_here", None)
        if way is None:
            way = self.get_ancestors().filter(depth__gt=1)
        return [page for page in way if page.live]

    def route(self, request, path_components):
        """One look-up for the whole way down, where Wagtail makes two for every step.

        The deepest page whose address is the beginning of what was asked for answers for the
        rest; where there is none below this page, Wagtail decides. Who only reads gets the page
        that is kept for the generation, with all that it has looked up so far: nobody may change
        it. Who writes gets one of their own.
        """
        find = _way_down if request.method in ("GET", "HEAD") else _way_down.__wrapped__
        way = find(self.path, self.url_path, tuple(path_components)) if path_components else ()
        if not way:
            return super().route(request, path_components)
        page = way[-1]
        page._way_here = [self, *way[:-1]]
        return page.route(request, path_components[len(way) :])

    def get_view_restrictions(self):
        """The restrictions on this page and above it, in one query instead of two.

        None at all where there is none on the whole way, which is known without a query.
        """
        if not any(self.path.startswith(path) for path in _restricted_paths()):
            return PageViewRestriction.objects.none()
        steps = range(self.steplen, len(self.path) + 1, self.steplen)
        paths = [self.path[:end] for end in steps]
        of_page = models.Q(page__path__in=paths) | models.Q(page__aliases__path__in=paths)
        return PageViewRestriction.objects.filter(of_page).distinct()


# As many pages as a process keeps with what they show: those that are read now.
KEPT_PAGES = 64


@kept_in_process(KEPT_PAGES)
def _way_down(path: str, url_path: str, components: tuple[str, ...]) -> list[Page]:
    """The pages from below the page at ``path`` to the deepest that answers, that one specific."""
    addresses = accumulate(components, "{0}{1}/".format, initial=url_path)
    below = Page.objects.filter(
        slug__in=components, url_path__in=[*addresses][1:], path__startswith=path
    )
    way = list(below.order_by("depth"))
    first = len(path) // Page.steplen + 1
    if [page.depth for page in way] != [first + step for step in range(len(way))]:
        return []
    return [*way[:-1], way[-1].specific] if way else []


@kept_in_process(1)
def _restricted_paths() -> frozenset[str]:
    """The paths of all pages with a restriction of their own, and of their aliases."""
    found = PageViewRestriction.objects.values_list("page__path", "page__aliases__path")
    return frozenset(path for paths in found for path in paths if path)
