"""The demo content, loaded whole: every address answers, with few queries, and links to what is."""

import re
from html import unescape
from io import StringIO
from statistics.models import Interruption, Publication

import html5lib
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from casestudies.models import CaseStudyPage
from knowledge.models import RiskFactor
from pluginnovation.core.models import User
from pluginnovation.site.editors.survey import survey
from pluginnovation.site.models import PageFinding, SearchEntry
from tests.browser.addresses import PAGES
from tests.casestudies.demo_content import CaseStudyDemo
from tests.knowledge.demo_content import KnowledgeDemo

MOST_QUERIES = 12
PARSER = html5lib.HTMLParser(strict=True)
LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')
PLACE = re.compile(r'<a [^>]*href="([^"#?:]*)#([^"]+)"')
MUTE = re.compile(r"<img(?![^>]*\salt=)[^>]*>")


def lost_places(texts: dict[str, str]) -> list[str]:
    """The links to a place on a page, where the page has no such place."""
    ids = {address: set(re.findall(r'\sid="([^"]+)"', text)) for address, text in texts.items()}
    return [
        f"{address}: {target}#{place}"
        for address, text in texts.items()
        for target, place in PLACE.findall(text)
        if place not in ids.get(target or address, {place})
    ]


class DemoTests(KnowledgeDemo, CaseStudyDemo, TestCase):
    """Loaded once, as it takes long; every test sees it as it was loaded."""

    @classmethod
    def setUpTestData(cls):
        call_command("load_demo", "--users", stdout=StringIO())

    def setUp(self):
        self.client.get("/")  # what a process remembers for good, such as content types

    def test_every_public_page_answers_with_at_most_twelve_queries(self):
        for address in PAGES:
            self.client.get(address)  # the first visitor has the page's pictures made, once
            with self.subTest(address), CaptureQueriesContext(connection) as queries:
                self.assertEqual(self.client.get(address).status_code, 200)
                self.assertLessEqual(len(queries), MOST_QUERIES)

    def test_every_page_is_valid_no_link_is_broken_and_no_picture_is_without_words(self):
        texts = {address: self.text_of(address) for address in {*PAGES, *self.addresses()}}
        # Of each path one address is tried, as it stands in the page that leads to it.
        linked = {
            link.partition("?")[0]: (unescape(link), address)
            for address, text in texts.items()
            for link in LINK.findall(text)
        }
        broken = [
            f"{link} on {address}"
            for path, (link, address) in linked.items()
            if path not in texts and self.client.get(link).status_code not in {200, 302}
        ]
        self.assertEqual(broken, [])
        self.assertEqual(lost_places(texts), [])
        self.assertEqual({each for text in texts.values() for each in MUTE.findall(text)}, set())

    def addresses(self) -> list[str]:
        """All pages of the tree, of the evaluations and of the risk factors."""
        addresses = [page.url for page in Page.objects.live().filter(depth__gt=2)]
        reports = CaseStudyPage.objects.live().filter(reports__live=True).distinct()
        addresses += [f"{page.url}utvardering/" for page in reports]
        addresses += [risk.get_absolute_url() for risk in RiskFactor.objects.all()]
        self.assertGreater(len(addresses), 200)
        return addresses

    def text_of(self, address) -> str:
        response = self.client.get(address)
        self.assertEqual(response.status_code, 200, address)
        text = response.content.decode()
        PARSER.parse(text)
        self.assertNotIn("[S", text, address)  # a source that stayed a key
        return text

    @pytest.mark.full
    def test_the_editors_check_finds_nothing_to_mend(self):
        survey()
        self.assertEqual([f"{each.page}: {each}" for each in PageFinding.objects.all()], [])

    def test_loaded_again_it_makes_nothing_new(self):
        def counts():
            models = (Page, User, SearchEntry, Interruption, Publication)
            return [model.objects.count() for model in models]

        before = counts()
        call_command("load_demo", "--users", stdout=StringIO())
        self.assertEqual(counts(), before)

    def test_into_a_site_that_is_not_empty_nothing_is_loaded(self):
        Page.objects.get(slug="kakor").delete()
        call_command("load_demo", "--if-empty", stdout=StringIO())
        self.assertFalse(Page.objects.filter(slug="kakor").exists())

    def test_what_an_editor_changed_stays(self):
        page = Page.objects.get(slug="samverkan").specific
        page.tagline = "Ändrad av redaktören"
        page.save()
        call_command("load_demo", stdout=StringIO())
        page.refresh_from_db()
        self.assertEqual(page.tagline, "Ändrad av redaktören")

    def test_the_demo_people_are_told_with_their_logins(self):
        said = StringIO()
        call_command("demo_logins", stdout=said)
        for email in User.objects.values_list("email", flat=True):
            self.assertIn(email, said.getvalue())
