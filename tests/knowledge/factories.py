"""Pages with the parents that the tree demands."""

import factory
from django.core.files.base import ContentFile
from wagtail_factories import PageFactory

from knowledge import models
from pluginnovation.core.models import SiteMedia
from pluginnovation.site.models import HomePage

CAPTIONS = """WEBVTT

1
00:00:00.500 --> 00:00:04.000
Hej och välkommen.

2
00:01:23.000 --> 00:01:27.000
Frånvaron syns
först i grannskapet.
"""


def home():
    return HomePage.objects.get()


class BelowHome(PageFactory):
    """A page there is one of: the one that is there already, or a new one."""

    class Meta:
        abstract = True

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        found = model_class.objects.first()
        return found or super()._create_instance(model_class, parent or home(), kwargs)


class FactorIndexFactory(BelowHome):
    title = "Framgångsfaktorer"
    slug = "framgangsfaktorer"

    class Meta:
        model = models.FactorIndexPage


class ToolIndexFactory(BelowHome):
    title = "Verktyg"
    slug = "verktyg"

    class Meta:
        model = models.ToolIndexPage


class LibraryIndexFactory(BelowHome):
    title = "Forskning"
    slug = "forskning"

    class Meta:
        model = models.LibraryIndexPage


class FactorFactory(PageFactory):
    parent = factory.SubFactory(FactorIndexFactory)
    title = factory.Sequence(lambda n: f"Faktor {n}")
    slug = factory.Sequence(lambda n: f"faktor-{n}")
    summary = "Vad faktorn handlar om."
    why = "<p>Därför spelar den roll.</p>"

    class Meta:
        model = models.FactorPage


class GuidanceFactory(factory.django.DjangoModelFactory):
    page = factory.SubFactory(FactorFactory)
    level = "individ"
    heading = factory.Sequence(lambda n: f"Råd {n}")
    slug = factory.Sequence(lambda n: f"rad-{n}")
    body = "<p>Gör så här.</p>"
    roles = ["mentor"]
    prevention = ["framjande"]

    class Meta:
        model = models.GuidanceItem


class MethodFactory(PageFactory):
    parent = factory.SubFactory(ToolIndexFactory)
    title = factory.Sequence(lambda n: f"Metod {n}")
    slug = factory.Sequence(lambda n: f"metod-{n}")
    summary = "Vad metoden är."
    when = "<p>När det behövs.</p>"

    class Meta:
        model = models.MethodPage


class GuidelineFactory(MethodFactory):
    title = factory.Sequence(lambda n: f"Riktlinje {n}")
    slug = factory.Sequence(lambda n: f"riktlinje-{n}")

    class Meta:
        model = models.GuidelinePage


class ChecklistFactory(PageFactory):
    parent = factory.SubFactory(ToolIndexFactory)
    title = factory.Sequence(lambda n: f"Checklista {n}")
    slug = factory.Sequence(lambda n: f"checklista-{n}")
    groups = [
        (
            "group",
            {
                "heading": "Innan",
                "intro": "",
                "items": [{"text": "Fråga eleven", "help": "Tio minuter."}],
            },
        )
    ]

    class Meta:
        model = models.ChecklistPage


class QuestionnaireFactory(PageFactory):
    parent = factory.SubFactory(ToolIndexFactory)
    title = factory.Sequence(lambda n: f"Enkät {n}")
    slug = factory.Sequence(lambda n: f"enkat-{n}")
    scales = [("scale", {"code": "grad", "label": "Grad", "steps": ["Lite", "Mycket"]})]
    respondents = [
        (
            "respondent",
            {
                "code": "elev",
                "title": "Elever",
                "intro": "",
                "sections": [
                    {
                        "heading": "Skolan",
                        "questions": [
                            {"text": "Hur går det?", "type": "scale", "scale": "grad"},
                            {"text": "Vad hjälpte?", "type": "text"},
                            {"text": "Vilket?", "type": "choice", "options": ["Ett", "Två"]},
                        ],
                    }
                ],
            },
        )
    ]

    class Meta:
        model = models.QuestionnairePage


class LectureIndexFactory(BelowHome):
    parent = factory.SubFactory(LibraryIndexFactory)
    title = "Föreläsningar"
    slug = "forelasningar"

    class Meta:
        model = models.LectureIndexPage


class LiteratureIndexFactory(BelowHome):
    parent = factory.SubFactory(LibraryIndexFactory)
    title = "Litteratur"
    slug = "litteratur"

    class Meta:
        model = models.LiteratureIndexPage


class SummaryIndexFactory(BelowHome):
    parent = factory.SubFactory(LibraryIndexFactory)
    title = "Sammanfattningar"
    slug = "sammanfattningar"

    class Meta:
        model = models.SummaryIndexPage


class WorkFactory(PageFactory):
    parent = factory.SubFactory(LiteratureIndexFactory)
    title = factory.Sequence(lambda n: f"Studie {n}")
    slug = factory.Sequence(lambda n: f"studie{n}")
    language = "en"
    country = "USA"
    abstract = "<p>Vad studien fann.</p>"
    csl = factory.LazyAttribute(
        lambda page: {
            "type": "article-journal",
            "title": page.title,
            "author": [{"family": "Hall", "given": "Caroline"}],
            "issued": {"date-parts": [[2009]]},
            "container-title": "Tidskrift",
            "volume": "3",
            "page": "1-20",
            "DOI": "10.1000/xyz",
        }
    )

    class Meta:
        model = models.LiteraturePage


class SummaryFactory(PageFactory):
    parent = factory.SubFactory(SummaryIndexFactory)
    title = factory.Sequence(lambda n: f"Sammanfattning {n}")
    slug = factory.Sequence(lambda n: f"sammanfattning-{n}")
    work = factory.SubFactory(WorkFactory)
    country = "Nederländerna"
    result = "<p>Färre hoppade av.</p>"
    grade = "mattlig"
    grade_reason = "Lottat försök, men få elever."

    class Meta:
        model = models.SummaryPage


class MediaFactory(factory.django.DjangoModelFactory):
    title = "Film"
    type = "video"
    duration = 100
    file = factory.LazyFunction(lambda: ContentFile(b"webm", "film.webm"))
    second_file = factory.LazyFunction(lambda: ContentFile(b"mp4", "film.mp4"))
    captions = factory.LazyFunction(lambda: ContentFile(CAPTIONS.encode(), "film.vtt"))

    class Meta:
        model = SiteMedia


class LectureFactory(PageFactory):
    parent = factory.SubFactory(LectureIndexFactory)
    title = factory.Sequence(lambda n: f"Föreläsning {n}")
    slug = factory.Sequence(lambda n: f"forelasning-{n}")
    media = factory.SubFactory(MediaFactory)
    speaker = "Redaktionen"
    seconds = 100

    class Meta:
        model = models.LecturePage


class SubjectFactory(factory.django.DjangoModelFactory):
    title = factory.Sequence(lambda n: f"Ämne {n}")
    slug = factory.Sequence(lambda n: f"amne-{n}")

    class Meta:
        model = models.Subject


class RiskFactorFactory(factory.django.DjangoModelFactory):
    title = factory.Sequence(lambda n: f"Riskfaktor {n}")
    slug = factory.Sequence(lambda n: f"riskfaktor-{n}")
    summary = "Vad den är."

    class Meta:
        model = models.RiskFactor
