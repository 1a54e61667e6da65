"""What holds of the demo content of the library; run by tests/site/test_demo.py."""

import io

import openpyxl
import pytest
from pypdf import PdfReader
from wagtail.models import Page

from knowledge import demo
from knowledge.choices import Level, ToolKind
from knowledge.demo_pages import Links
from knowledge.models import (
    FactorPage,
    LecturePage,
    LibraryIndexPage,
    LibraryItem,
    QuestionnairePage,
    RiskFactor,
    SummaryPage,
    ToolAttachment,
    ToolPage,
)
from pluginnovation.core.fixtures import read_folder
from tests.core.pdf_reading import assert_accessible

from . import factories as make
from .seed import ANSWER, INTERVIEWED, promises


def _state():
    rows = Page.objects.order_by("pk").values_list("pk", "path", "title", "latest_revision_id")
    return list(rows), LibraryItem.factors.through.objects.count()


class KnowledgeDemo:
    """For a ``TestCase`` that has loaded the demo content."""

    def test_a_link_to_what_does_not_exist_is_an_error(self):
        links = Links(frozenset({"hall2009"}), frozenset({"lerum"}))
        assert 'href="/fallstudier/lerum/"' in links.rich("[Lerum](case:lerum)")
        with pytest.raises(ValueError, match="work:okand"):
            links.rich("[x](work:okand)")

    def test_loading_the_library_twice_makes_nothing_new_and_keeps_what_an_editor_changed(self):
        page = LecturePage.objects.first()
        page.title = "Ändrad av redaktionen"
        page.save()
        factor = FactorPage.objects.first()
        factor.why = "<p>Nytt.</p>"
        factor.save()
        before = _state()
        demo.load(make.home(), io.StringIO())
        assert _state() == before
        assert FactorPage.objects.get(pk=factor.pk).why == "<p>Nytt.</p>"

    def test_everything_in_the_files_of_the_library_is_there(self):
        assert FactorPage.objects.live().count() == len(read_folder("factors")) == 5
        assert ToolPage.objects.live().count() == len(read_folder("tools"))
        assert RiskFactor.objects.count() == len(read_folder("risk-factors")) == 5
        folders = ("works", "summaries", "lectures")
        assert LibraryItem.objects.live().count() == sum(len(read_folder(f)) for f in folders)

    def test_everything_that_the_seed_names_is_there_under_its_factor(self):
        factors = {page.slug: page for page in FactorPage.objects.live()}
        advice = {
            (page.slug, f"#{item.slug}"): item.body
            for page in factors.values()
            for item in page.guidance.all()
        }
        tools = {
            (slug, tool.slug): tool
            for slug, page in factors.items()
            for tool in ToolPage.objects.child_of(page).live()
        }
        for factor, promise, place in promises():
            words = factors[factor].why if place == "why" else advice.get((factor, place), "")
            there = len(words) > 300 or (factor, place) in tools
            assert there, f"{factor}: {promise} ({place})"

    def test_each_factor_has_tools_of_every_kind_and_advice_at_every_level(self):
        for page in FactorPage.objects.live():
            below = ToolPage.objects.child_of(page).live()
            assert {tool.tool_kind for tool in below} == set(ToolKind.values), page.slug
            assert {item.level for item in page.guidance.all()} == set(Level.values), page.slug
            assert 8 <= page.statements.count() <= 12, page.slug

    def test_the_questionnaires_of_the_seed_ask_all_whom_it_names(self):
        def asked(slug):
            page = QuestionnairePage.objects.get(slug=slug)
            return {respondent.value["code"] for respondent in page.respondents}

        assert asked("intervjuguide-behov") >= INTERVIEWED
        assert asked("enkat-om-deltagande-i-plug-in") == ANSWER

    def test_files_beside_tools_and_films_are_there_and_accessible(self):
        files = {each.document for each in ToolAttachment.objects.all()}
        files |= {lecture.slides for lecture in LecturePage.objects.all()}
        assert len(files) == len(read_folder("templates")) + len(read_folder("lectures"))
        for document in files:
            data = document.file.read()
            if document.file_extension == "pdf":
                assert_accessible(data, PdfReader(io.BytesIO(data)).metadata.title)
            else:
                sheets = openpyxl.load_workbook(io.BytesIO(data)).sheetnames
                assert sheets == ["Så gör ni", "September", "November", "Februari", "April"]

    def test_a_film_can_be_had_for_a_slow_line_with_the_same_captions(self):
        for lecture in LecturePage.objects.all():
            small = lecture.qualities.get(name="360p").media
            assert 0 < small.file.size < 0.6 * lecture.media.file.size
            text = self.client.get(f"{lecture.url}?kvalitet=360p").content.decode()
            assert small.file.url in text and lecture.media.captions.url in text

    def test_pictures_say_in_words_what_they_show_and_are_light(self):
        pictured = [
            *FactorPage.objects.all(),
            *ToolPage.objects.exclude(illustration=None),
            *SummaryPage.objects.exclude(illustration=None),
        ]
        assert len(pictured) > 35 and RiskFactor.objects.filter(illustration=None).count() == 0
        for page in pictured:
            picture = page.illustration
            assert picture.description and page.illustration_caption, page
            assert picture.file.size < 30_000, page
        for page in (pictured[0], pictured[-1], *RiskFactor.objects.all()[:1]):
            text = self.client.get(page.get_url() if page in pictured else page.get_absolute_url())
            assert f'alt="{page.illustration.description}"' in text.content.decode(), page

    def test_links_of_the_texts_lead_to_pages_and_the_rule_of_evidence_is_there(self):
        why = " ".join(FactorPage.objects.values_list("why", flat=True))
        assert "/forskning/litteratur/" in why
        assert 'href="work:' not in why and 'href="case:' not in why
        assert "Börja med metoden" in LibraryIndexPage.objects.get().evidence_rule
        assert not Page.objects.filter(slug__contains="_").exists()

    def test_every_page_has_a_date_to_be_reviewed_by(self):
        assert not ToolPage.objects.filter(review_by=None).exists()
        assert not LibraryItem.objects.filter(review_by=None).exists()
