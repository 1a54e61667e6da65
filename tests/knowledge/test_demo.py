"""The demo content loads, twice makes nothing new, and every page of it answers."""

import io

import html5lib
import pytest
from wagtail.models import Page

from knowledge import demo
from knowledge.models import FactorPage, LecturePage, LibraryItem, RiskFactor, ToolPage
from pluginnovation.core.fixtures import read_folder

from . import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(db):
    demo.load(make.home(), io.StringIO())


def _state():
    rows = Page.objects.order_by("pk").values_list("pk", "path", "title", "latest_revision_id")
    return list(rows), LibraryItem.factors.through.objects.count()


def test_loading_twice_makes_nothing_new_and_keeps_what_an_editor_changed(loaded):
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


def test_everything_in_the_files_is_there(loaded):
    assert FactorPage.objects.live().count() == len(read_folder("factors")) == 5
    assert ToolPage.objects.live().count() == len(read_folder("tools"))
    assert RiskFactor.objects.count() == len(read_folder("risk-factors")) == 5
    folders = ("works", "summaries", "lectures")
    assert LibraryItem.objects.live().count() == sum(len(read_folder(f)) for f in folders)


def test_every_page_of_it_answers_with_valid_html(loaded, client):
    parser = html5lib.HTMLParser(strict=True)
    addresses = [page.url for page in Page.objects.filter(depth__gt=2).live()]
    addresses += [risk.get_absolute_url() for risk in RiskFactor.objects.all()]
    for address in [*addresses, "/riskfaktorer/"]:
        answer = client.get(address)
        assert answer.status_code == 200, address
        parser.parse(answer.content.decode())
    assert len(addresses) > 150
