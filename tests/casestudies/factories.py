"""Case studies, forms and reports with the parents that the tree demands."""

import factory
from wagtail_factories import PageFactory

from casestudies import models
from tests.knowledge.factories import (
    BelowHome,
    FactorFactory,
    GuidanceFactory,
    LectureFactory,
    WorkFactory,
)

__all__ = ["FactorFactory", "GuidanceFactory", "LectureFactory", "WorkFactory"]


class CaseIndexFactory(BelowHome):
    title = "Fallstudier"
    slug = "fallstudier"

    class Meta:
        model = models.CaseStudyIndexPage


class CaseFactory(PageFactory):
    parent = factory.SubFactory(CaseIndexFactory)
    title = factory.Sequence(lambda n: f"Fall {n}")
    slug = factory.Sequence(lambda n: f"fall-{n}")
    summary = "Vad de gjorde och hur det gick."
    programme = "plug-in"
    levels = ["individ"]
    prevention = ["forebyggande"]
    target_groups = ["hog-franvaro"]
    background = "<p>Många var borta. [S1]</p>"
    steps = [("step", {"heading": "Ring hem", "body": "<p>Samma dag. [S1]</p>"})]
    result = "<p>Fler kom. [S1]</p>"

    class Meta:
        model = models.CaseStudyPage
        skip_postgeneration_save = True

    @factory.post_generation
    def keys(self, create, extracted, **kwargs):
        for place, key in enumerate(("S1",) if extracted is None else extracted):
            self.sources.add(
                models.CaseSource(
                    sort_order=place,
                    key=key,
                    title=f"Källa {key}",
                    url=f"https://example.org/{key}",
                    read="2026-11-23",
                )
            )
        self.save()


class ScaleFactory(factory.django.DjangoModelFactory):
    code = factory.Sequence(lambda n: f"skala-{n}")
    label = "Utveckling"

    class Meta:
        model = models.EvaluationScale
        skip_postgeneration_save = True

    @factory.post_generation
    def labels(self, create, extracted, **kwargs):
        for place, label in enumerate(extracted or ()):
            self.steps.create(value=f"steg-{place}", label=label, sort_order=place)
        self.save()


class FormFactory(factory.django.DjangoModelFactory):
    code = factory.Sequence(lambda n: f"lista-{n}")
    title = "Frågor"

    class Meta:
        model = models.EvaluationForm
        skip_postgeneration_save = True

    @factory.post_generation
    def asked(self, create, extracted, **kwargs):
        change = ScaleFactory(labels=["Ökat", "Oförändrat", "Har ej mätt"])
        free = ScaleFactory(label="Fritext")
        rows = (("Q1", "Hur gick närvaron?", change), ("Q2", "Vad hände?", free))
        for place, (code, text, scale) in enumerate(rows):
            self.questions.create(code=code, text=text, scale=scale, sort_order=place)
        self.save()


class ReportFactory(factory.django.DjangoModelFactory):
    case = factory.SubFactory(CaseFactory)
    form = factory.SubFactory(FormFactory)
    reporting_period = "Delrapport mars 2015"
    source_key = "S1"

    class Meta:
        model = models.EvaluationReport
        skip_postgeneration_save = True

    @factory.post_generation
    def said(self, create, extracted, **kwargs):
        for code, value in (extracted or {}).items():
            question = self.form.questions.get(code=code)
            step = question.scale.steps.filter(label=value).first()
            text = "" if step else value
            self.answers.create(question=question, step=step, text=text)
        self.save()
