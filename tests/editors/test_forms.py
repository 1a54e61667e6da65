"""The editors' forms: a Swedish label and a word of help for every field, and a preview."""

import re
from gettext import GNUTranslations

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.models import get_page_models

from pluginnovation.site.editors import help_texts
from pluginnovation.site.models import PlainPage
from tests.casestudies import factories as make_case
from tests.knowledge import factories as make

pytestmark = pytest.mark.django_db

# Words that the frameworks would put there.
ENGLISH = {"title", "name", "body", "image", "document", "date", "code", "description", "level"}


@pytest.mark.parametrize("model", help_texts.edited_models(), ids=lambda model: model._meta.label)
def test_every_field_has_a_swedish_label_and_a_word_of_help(model):
    """A new field fails here: give it a ``help_text``, or a line in ``help_texts.yaml``."""
    for owner, name, panel in help_texts.panels_of(model):
        field = owner._meta.get_field(name)
        label = str(panel.heading or getattr(field, "verbose_name", "") or panel.label)
        assert label.lower() not in ENGLISH, f"{owner._meta.label}.{name}"
        assert help_texts.help_of(owner, name, panel), f"{owner._meta.label}.{name}"


def test_every_text_of_the_file_belongs_to_a_field():
    fields = {
        (base._meta.label, name)
        for model in help_texts.edited_models()
        for owner, name, _ in help_texts.panels_of(model)
        for base in owner.__mro__
        if getattr(base, "_meta", None)
    }
    written = {(label, name) for label, texts in help_texts._texts().items() for name in texts}
    assert written <= fields


def test_the_help_stands_in_the_form(logged_in):
    parent = make.SummaryIndexFactory()
    address = reverse("wagtailadmin_pages:add", args=["knowledge", "summarypage", parent.pk])
    shown = logged_in("skribent").get(address).content.decode()
    assert "Säg rakt ut om effekten uteblev." in shown
    subject = logged_in("moderator").get(reverse("wagtailsnippets_knowledge_subject:add"))
    assert "som man skulle söka på" in subject.content.decode()


def test_what_the_cms_leaves_in_english_is_said_in_swedish(logged_in):
    shown = logged_in("redaktör").get(reverse("wagtailmedia:add", args=["video"])).content.decode()
    assert "Lägg till film" in shown
    assert "Add video" not in shown
    assert "Välj när innehållet ska publiceras" in gettext(
        "Choose when this %(model_name)s should go live and/or expire"
    )


@pytest.mark.parametrize("name", ["django", "djangojs"])
def test_translations_are_compiled_and_name_nothing_that_is_not_there(name):
    folder = settings.LOCALE_PATHS[0] / "sv" / "LC_MESSAGES"
    with (folder / f"{name}.po").open("rb") as file:
        written = [each for each in read_po(file, locale="sv") if each.id]
    with (folder / f"{name}.mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for each in written:
        before, after = [
            each.id if isinstance(each.id, tuple) else (each.id,),
            each.string if isinstance(each.string, tuple) else (each.string,),
        ]
        said = compiled.gettext(before[0]) if len(before) == 1 else compiled.ngettext(*before, 2)
        assert said == after[-1]
        fields = re.compile(r"%\(\w+\)[sd]|\{\d\}")
        assert set(fields.findall(" ".join(after))) <= set(fields.findall(" ".join(before)))


def draft_of(build):
    """A draft that relates to a factor and a work, none of which is in the database."""
    made = build()
    page = type(made).objects.get(pk=made.pk)
    for name, related in (("factors", make.FactorFactory), ("works", make.WorkFactory)):
        if hasattr(page, name):
            setattr(page, name, [related()])
    return page.save_revision().as_object()


KINDS = {
    "knowledge.FactorIndexPage": make.FactorIndexFactory,
    "knowledge.FactorPage": make.FactorFactory,
    "knowledge.ToolIndexPage": make.ToolIndexFactory,
    "knowledge.MethodPage": make.MethodFactory,
    "knowledge.GuidelinePage": make.GuidelineFactory,
    "knowledge.ChecklistPage": make.ChecklistFactory,
    "knowledge.QuestionnairePage": make.QuestionnaireFactory,
    "knowledge.LibraryIndexPage": make.LibraryIndexFactory,
    "knowledge.LectureIndexPage": make.LectureIndexFactory,
    "knowledge.LecturePage": make.LectureFactory,
    "knowledge.LiteratureIndexPage": make.LiteratureIndexFactory,
    "knowledge.LiteraturePage": make.WorkFactory,
    "knowledge.SummaryIndexPage": make.SummaryIndexFactory,
    "knowledge.SummaryPage": make.SummaryFactory,
    "casestudies.CaseStudyIndexPage": make_case.CaseIndexFactory,
    "casestudies.CaseStudyPage": make_case.CaseFactory,
    "site.HomePage": make.home,
    "site.PlainPage": lambda: make.home().add_child(
        instance=PlainPage(title="Sida", summary="Kort.", body=[("text", "<p>Text</p>")])
    ),
}


def test_every_kind_of_page_that_can_be_made_is_previewed_below():
    kinds = {model._meta.label for model in get_page_models() if model.is_creatable}
    assert kinds - {"wagtailcore.Page"} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_of_every_kind_is_previewed_in_every_mode(kind):
    page = draft_of(KINDS[kind])
    for mode, _ in page.preview_modes:
        response = page.make_preview_request(preview_mode=mode)
        assert response.status_code == 200
        assert page.title in response.content.decode()
