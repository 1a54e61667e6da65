"""One case study: what a municipality or school did, and how it went."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.fields import RichTextField

from casestudies.choices import Measured, Programme, StillRunning
from casestudies.references import keys_in, without_keys
from knowledge.choices import Level, Prevention, TargetGroup, labels
from knowledge.fields import ChoiceArrayField
from knowledge.models.vocabularies import TEXT_FEATURES
from knowledge.text import folded_words
from pluginnovation.core.fields import LightStreamField
from pluginnovation.core.models import BasePage

from .casework import CaseStudyForm
from .evaluation_views import EvaluationViews
from .panels import CONTENT_PANELS

# Where keys of sources may stand.
RICH_TEXTS = (
    "background",
    "goal",
    "participants",
    "cost_time",
    "cost_money",
    "result",
    "challenges",
    "advice",
)
SHORT_TEXTS = ("target_group", "period", "still_running_note")


def rich(name: str, **kwargs) -> RichTextField:
    return RichTextField(name, blank=True, features=TEXT_FEATURES, **kwargs)


class StepBlock(blocks.StructBlock):
    """One step of what was done."""

    heading = blocks.CharBlock(label="Rubrik", max_length=150)
    body = blocks.RichTextBlock(label="Text", required=False, features=TEXT_FEATURES)

    class Meta:
        label = "Steg"
        icon = "list-ol"


class CaseStudyPage(EvaluationViews, BasePage):
    parent_page_types = ["casestudies.CaseStudyIndexPage"]
    subpage_types = []
    template = "casestudies/case.html"
    kind = "Fallstudie"

    programme = models.CharField(
        "satsning",
        max_length=20,
        choices=Programme.choices,
        help_text="Närliggande arbete är sådant som inte var en del av Plug In.",
    )
    status_note = models.TextField(
        "om underlaget", blank=True, help_text="Visas överst: vad källorna räcker till."
    )
    municipalities = ParentalManyToManyField(
        "core.Municipality",
        blank=True,
        related_name="case_studies",
        verbose_name="kommuner",
        help_text="Bara kommuner som en källa bekräftar.",
    )
    place_note = models.CharField(
        "om platsen", max_length=250, blank=True, help_text="När kommunen inte är känd."
    )
    region = models.CharField("region", max_length=80, blank=True)
    unit = models.CharField("skola eller enhet", max_length=250, blank=True)
    factors = ParentalManyToManyField(
        "knowledge.FactorPage",
        blank=True,
        related_name="case_studies",
        verbose_name="framgångsfaktorer",
    )
    levels = ChoiceArrayField(choices=Level.choices, verbose_name="nivå")
    prevention = ChoiceArrayField(choices=Prevention.choices, verbose_name="förebyggande nivå")
    target_groups = ChoiceArrayField(choices=TargetGroup.choices, verbose_name="målgrupper")
    target_group = models.TextField("målgruppen i ord", blank=True)
    period = models.CharField("period", max_length=300, blank=True)
    started = models.PositiveSmallIntegerField("startår", null=True, blank=True)
    ended = models.PositiveSmallIntegerField("slutår", null=True, blank=True)

    background = rich("bakgrund")
    goal = rich("mål")
    steps = LightStreamField([("step", StepBlock())], blank=True, verbose_name="vad de gjorde")
    participants = rich("vilka som deltog")
    cost_time = rich("tid")
    cost_money = rich("kostnad")
    result = rich("resultat", help_text="Tomt visas som att inget resultat har hittats.")
    measured = ChoiceArrayField(
        choices=Measured.choices,
        verbose_name="det som mättes",
        help_text="Bara det som en källa säger mättes.",
    )
    challenges = rich("vad som var svårt")
    advice = rich("råd", help_text="Råd ur källorna, inte våra egna.")
    still_running = models.CharField(
        "lever det kvar",
        max_length=10,
        choices=StillRunning.choices,
        default=StillRunning.UNKNOWN,
    )
    still_running_note = models.TextField("mer om hur det är nu", blank=True)
    contact_role = models.CharField(
        "vem man kan fråga", max_length=150, blank=True, help_text="Roll, aldrig namn."
    )
    image = models.ForeignKey(
        "core.SiteImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bild",
        help_text="Bildens beskrivning blir den text som läses upp i stället för bilden.",
    )
    guidance = ParentalManyToManyField(
        "knowledge.GuidanceItem", blank=True, related_name="case_studies", verbose_name="råd"
    )
    tools = ParentalManyToManyField(
        "knowledge.ToolPage", blank=True, related_name="case_studies", verbose_name="verktyg"
    )
    works = ParentalManyToManyField(
        "knowledge.LibraryItem",
        blank=True,
        related_name="case_studies",
        verbose_name="ur biblioteket",
    )

    # What the list is searched by: folded words of all texts and names.
    words = models.TextField(blank=True, editable=False)

    base_form_class = CaseStudyForm
    content_panels = CONTENT_PANELS

    KEYED_FIELDS = (*SHORT_TEXTS, *RICH_TEXTS, "steps")

    class Meta:
        verbose_name = "fallstudie"
        verbose_name_plural = "fallstudier"

    def clean(self):
        super().clean()
        if self.started and self.ended and self.ended < self.started:
            raise ValidationError({"ended": "Slutåret ligger före startåret."})

    def unknown_keys(self, known) -> dict[str, list[str]]:
        """The source keys by field that a text names and that are not among ``known``."""
        found = {}
        for name, text in self.texts_by_field():
            if missing := [key for key in keys_in(text) if key not in known]:
                found[name] = [*found.get(name, ()), *missing]
        return found

    def texts_by_field(self):
        """The name and text of each field that may name sources; steps once each."""
        for name in (*SHORT_TEXTS, *RICH_TEXTS):
            yield name, getattr(self, name)
        for step in self.steps:
            body = step.value.get("body")
            yield "steps", getattr(body, "source", body) or ""

    def search_text(self) -> str:
        headings = " ".join(step.value["heading"] for step in self.steps)
        words = [self.unit, self.region, headings, *labels(TargetGroup, self.target_groups)]
        places = [each.name for each in self.municipalities.all()]
        texts = (without_keys(text) for _, text in self.texts_by_field())
        return " ".join([*places, *words, *texts])

    def save(self, *args, **kwargs):
        self.words = folded_words(f"{self.title} {self.summary} {self.search_text()}")
        super().save(*args, **kwargs)

    @cached_property
    def places(self) -> list:
        return list(self.municipalities.all())

    @cached_property
    def place_names(self) -> list[str]:
        return [each.name for each in self.places]

    @property
    def place(self) -> str:
        """The municipalities in words; without any the region, or that the place is not known."""
        names = self.place_names
        if len(names) > 1:
            return f"{', '.join(names[:-1])} och {names[-1]}"
        return "".join(names) or self.region or "Okänd kommun"

    @property
    def is_placed(self) -> bool:
        return bool(self.place_names or self.region)

    @property
    def years(self) -> str:
        """``2012–2014``, ``från 2013``, ``till 2014`` or nothing."""
        if self.started and self.ended:
            same = self.started == self.ended
            return str(self.started) if same else f"{self.started}–{self.ended}"
        if self.started:
            return f"från {self.started}"
        return f"till {self.ended}" if self.ended else ""

    @property
    def kicker(self) -> str:
        return f"{self.get_programme_display()} · {self.place}"

    @property
    def is_related_work(self) -> bool:
        return self.programme == Programme.RELATED

    @property
    def level_labels(self) -> list[str]:
        return labels(Level, self.levels)

    @property
    def prevention_labels(self) -> list[str]:
        return labels(Prevention, self.prevention)

    @property
    def target_group_labels(self) -> list[str]:
        return labels(TargetGroup, self.target_groups)

    @property
    def measured_labels(self) -> list[str]:
        return labels(Measured, self.measured)

    @cached_property
    def beside(self) -> dict:
        from casestudies.reading import case_context

        return case_context(self)

    def get_context(self, request, *args, **kwargs):
        shown = {"references": self.references()}
        return super().get_context(request, *args, **kwargs) | self.beside | shown
