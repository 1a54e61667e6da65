"""The words by which editorial content is sorted. Codes stay; labels may be reworded."""

from django.db import models


class Level(models.TextChoices):
    INDIVIDUAL = "individ", "Individ"
    ORGANISATION = "organisation", "Organisation"
    MUNICIPALITY = "kommun", "Kommun"


class Role(models.TextChoices):
    MENTOR = "mentor", "Mentor"
    LEADER = "skolledare", "Skolledare"
    COUNSELLOR = "kurator", "Kurator"
    CAREERS = "syv", "Studie- och yrkesvägledare"
    PROJECT = "projektledare", "Projektledare"
    KAA = "kaa", "Handläggare i aktivitetsansvaret (KAA)"


class Prevention(models.TextChoices):
    PROMOTING = "framjande", "Främjande"
    PREVENTING = "forebyggande", "Förebyggande"
    REMEDYING = "atgardande", "Åtgärdande"


class TargetGroup(models.TextChoices):
    AT_RISK = "elever-i-riskzon", "Elever i riskzonen"
    ABSENCE = "hog-franvaro", "Elever med hög frånvaro"
    LEFT = "avhoppare", "Unga som har avbrutit sina studier"
    KAA = "kaa-ungdomar", "Unga i aktivitetsansvaret (KAA)"
    NEWCOMERS = "nyanlanda", "Nyanlända elever"
    INTRODUCTORY = "introduktionsprogram", "Elever på introduktionsprogram"
    NATIONAL = "nationella-program", "Elever på nationella program"
    TRANSITION = "overgang-grundskola", "Elever på väg från grundskolan"
    HEALTH = "npf-och-psykisk-ohalsa", "Elever med npf eller psykisk ohälsa"
    STAFF = "personal", "Personal"


class LibraryKind(models.TextChoices):
    LECTURE = "forelasning", "Föreläsning"
    LITERATURE = "litteratur", "Litteratur"
    SUMMARY = "sammanfattning", "Sammanfattning"


class WorkKind(models.TextChoices):
    STUDY = "studie", "Studie"
    REPORT = "rapport", "Rapport"
    THESIS = "avhandling", "Avhandling"
    BOOK = "bok", "Bok"
    ARTICLE = "artikel", "Artikel"
    EVALUATION = "utvardering", "Utvärdering"


class ReferenceForm(models.TextChoices):
    """What a work is printed as; decides how its reference is written. Codes are those of CSL."""

    ARTICLE = "article-journal", "Artikel i tidskrift"
    REPORT = "report", "Rapport"
    THESIS = "thesis", "Avhandling eller uppsats"
    BOOK = "book", "Bok"
    CHAPTER = "chapter", "Kapitel i bok"
    WEB = "webpage", "Webbsida"


class PersonRole(models.TextChoices):
    AUTHOR = "author", "Författare"
    EDITOR = "editor", "Redaktör"


class MethodKind(models.TextChoices):
    REVIEW = "systematisk-oversikt", "Systematisk översikt"
    RANDOMISED = "randomiserad", "Randomiserat experiment"
    QUASI = "kvasiexperiment", "Kvasiexperiment"
    COHORT = "kohort", "Kohortstudie"
    EVIDENCE = "evidensoversikt", "Evidensöversikt"
    OTHER = "annan", "Annan metod"


class Grade(models.TextChoices):
    """How sure it is what a summary's headline says, by the rule on the page."""

    STRONG = "stark", "Stark"
    MODERATE = "mattlig", "Måttlig"
    LIMITED = "begransad", "Begränsad"
    MIXED = "blandad", "Blandad"


class Effect(models.TextChoices):
    """What a study found of that which it tried; said only where it is not simply an effect."""

    NONE_OR_MIXED = "ingen", "Ingen eller blandad effekt"


class ToolKind(models.TextChoices):
    METHOD = "metod", "Metod"
    GUIDELINE = "riktlinje", "Riktlinje"
    INFORMATION = "information", "Information"
    CHECKLIST = "checklista", "Checklista"
    QUESTIONNAIRE = "frageformular", "Frågeformulär"


class Respondent(models.TextChoices):
    LEADER = "skolledare", "Skolledare"
    PROJECT = "projektledare", "Projektledare"
    TEACHER = "larare", "Lärare"
    CAREERS = "syv", "Studie- och yrkesvägledare"
    STUDENT = "elev", "Elev"


class QuestionType(models.TextChoices):
    SCALE = "scale", "Skala"
    CHOICE = "choice", "Ett val"
    MULTI = "multi", "Flera val"
    TEXT = "text", "Fritext"


LANGUAGES = {
    "sv": "Svenska",
    "da": "Danska",
    "de": "Tyska",
    "en": "Engelska",
    "es": "Spanska",
    "fi": "Finska",
    "fr": "Franska",
    "is": "Isländska",
    "it": "Italienska",
    "nb": "Norska",
    "nl": "Nederländska",
    "nn": "Nynorska",
    "no": "Norska",
    "pt": "Portugisiska",
}


def labels(choices: type[models.TextChoices], codes) -> list[str]:
    """The labels of ``codes`` in the order of the list, unknown codes left out."""
    return [label for code, label in choices.choices if code in (codes or ())]
