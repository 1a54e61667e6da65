"""The demo content of the case studies, out of fixtures/content.

What is missing is made, by its slug; what is there is left as it is.
"""

from django.db import transaction

from knowledge.demo_pages import ensure_page, slug_of_work
from knowledge.demo_pictures import ensure_image
from knowledge.models import FactorPage, GuidanceItem, LibraryItem, ToolPage
from pluginnovation.core.fixtures import read_folder
from pluginnovation.core.markdown import to_rich_text
from pluginnovation.core.models import Municipality, SiteImage

from .demo_evaluations import ensure_forms, ensure_report
from .drawings import drawings
from .models import CaseSource, CaseStudyIndexPage, CaseStudyPage
from .models.pages import RICH_TEXTS

PLAIN = [
    "title",
    "programme",
    "status_note",
    "place_note",
    "region",
    "unit",
    "levels",
    "prevention",
    "target_groups",
    "target_group",
    "period",
    "started",
    "ended",
    "summary",
    "measured",
    "still_running",
    "still_running_note",
    "contact_role",
]


@transaction.atomic
def load(home, stdout) -> None:
    """Make the pages, forms and reports that are missing; leave alone what is there."""
    ensure_forms(read_folder("evaluation-forms"))
    index = ensure_page(home, CaseStudyIndexPage, "fallstudier", _index)
    items = read_folder("cases")
    related = RelatedContent()
    reports = 0
    for item in items:
        case = ensure_page(
            index, CaseStudyPage, item["slug"], lambda item=item: _case(item, related)
        )
        reports += ensure_report(case, item.get("evaluation"))
    stdout.write(f"  {len(items)} fallstudier, {reports} nya utvärderingsrapporter")


def _index() -> dict:
    return {
        "title": "Fallstudier",
        "summary": "Vad kommuner och skolor har gjort för att fler unga ska fullfölja gymnasiet, "
        "och hur det gick.",
        "intro": to_rich_text(
            "De flesta fallstudierna är verkstäder i Plug In och Plug In 2.0, åren 2012 till "
            "2018. Arbete som inte hörde dit är märkt som närliggande. Varje uppgift har sin "
            "källa längst ner på sidan. Det vi inte har kunnat belägga har vi lämnat tomt."
        ),
    }


def _case(item: dict, related: "RelatedContent") -> dict:
    """The fields of a case page; empty values of the file are left to the model."""
    plain = {name: item.get(name) for name in PLAIN if item.get(name) not in (None, "")}
    texts = {name: value.strip() for name, value in plain.items() if isinstance(value, str)}
    markup = {name: to_rich_text(item.get(name)) for name in RICH_TEXTS}
    sources = [
        CaseSource(sort_order=place, **source) for place, source in enumerate(item["sources"])
    ]
    return {
        **plain,
        **texts,
        **markup,
        "steps": [("step", _step(step)) for step in item.get("steps") or ()],
        "sources": sources,
        "image": related.picture(item.get("picture")),
        "municipalities": list(Municipality.objects.filter(code__in=item["municipalities"])),
        **related.of(item),
    }


def _step(step: dict) -> dict:
    return {"heading": step["heading"], "body": to_rich_text(step.get("body"))}


class RelatedContent:
    """What cases lead to, by the names that the files use. What does not exist is left out."""

    def __init__(self):
        self.factors = {page.slug: page for page in FactorPage.objects.all()}
        self.tools = {page.slug: page for page in ToolPage.objects.all()}
        self.works = {slug_of_work(page.slug): page for page in LibraryItem.objects.defer("words")}
        items = GuidanceItem.objects.select_related("page")
        self.guidance = {f"{item.page.slug}/{item.slug}": item for item in items}

        self.drawings = {drawing.name: drawing for drawing in drawings()}

    def picture(self, name: str | None) -> SiteImage | None:
        """The drawing of that name, made where it is not there yet."""
        if not name:
            return None
        return ensure_image(self.drawings[name], f"Teckning: {name}", f"fallstudie-{name}.svg")

    def of(self, item: dict) -> dict:
        """The related objects of one case by field."""
        named = item.get("related") or {}
        wanted = {
            "factors": item["factors"],
            "guidance": named.get("guidance") or (),
            "tools": named.get("tools") or (),
            "works": [slug_of_work(one) for one in named.get("works") or ()],
        }
        return {
            field: [getattr(self, field)[name] for name in names if name in getattr(self, field)]
            for field, names in wanted.items()
        }
