"""A live figure on an editor's page: what it shows, what it refuses, what becomes of it later."""

import re
from statistics import publication
from statistics.figure_block.address import NotAnAddress, fields_of
from statistics.figure_block.block import FigureBlock
from statistics.figures import shown
from statistics.models import Publication

import html5lib
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.blocks.struct_block import StructBlockValidationError

from pluginnovation.core import live_blocks
from pluginnovation.site.editors.checks import findings
from pluginnovation.site.models import HomePage, PageFinding, PlainPage

from .figures_factory import UNTIL, published_region

pytestmark = pytest.mark.django_db
YEAR = "2024/25"


published = published_region(600)


def cleaned(**fields):
    block = FigureBlock()
    return block.clean(block.to_python({"figure": "alder", "perspektiv": "hem", **fields}))


def refused(**fields):
    """The sentences of the editor's form, by field."""
    with pytest.raises(StructBlockValidationError) as error:
        cleaned(**fields)
    return {name: one.messages[0] for name, one in error.value.block_errors.items()}


@pytest.fixture
def page(published):
    def make(*blocks, in_text=False, **fields):
        stream = [("figure", {"perspektiv": "hem", **block}) for block in blocks]
        made = PlainPage(
            title="Siffror",
            slug="siffror",
            summary="Kort.",
            **{"body" if in_text else "figures": stream},
            **fields,
        )
        HomePage.objects.get().add_child(instance=made)
        return made

    return make


@pytest.mark.parametrize("in_text", [True, False])
def test_the_page_shows_the_published_numbers_with_caption_address_and_data_date(
    published, page, client, in_text
):
    block = {
        "figure": "alder",
        "lasar": YEAR,
        "kommun": ["1480"],
        "caption": "Därför står den här.",
    }
    page(block, in_text=in_text)
    text = client.get("/siffror/").content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    count = shown(published.cell("avbrott", hemkommun="1480", lasar=YEAR, alder="17"))
    assert re.search(rf'<th scope="row">17 år</th>\s*<td class="number">{count}</td>', text)
    assert "Därför står den här." in text
    assert 'href="/statistik/?lasar=2024%2F25&amp;kommun=1480#alder"' in text
    assert 'href="/statistik/tabell/alder.csv?lasar=2024%2F25&amp;kommun=1480"' in text
    assert f"Data till och med 31 oktober 2026, publicering {published.number}" in text
    assert "Syntetiska data" in text and "css/statistics.css" in text
    assert client.get("/statistik/?lasar=2024%2F25&kommun=1480").status_code == 200


def test_a_page_without_a_figure_loads_nothing_for_it(page, client):
    page()
    text = client.get("/siffror/").content.decode()
    assert "css/statistics.css" not in text and "<figure" not in text


def test_two_figures_may_stand_on_one_page(page, client):
    one = {"figure": "alder", "lasar": YEAR}
    page(one, {**one, "kommun": ["1480"]})
    text = client.get("/siffror/").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert text.count("<figure") == 2 and len(ids) == len(set(ids))


def test_a_figure_costs_the_query_for_the_newest_publication_and_none_on_records(page, client):
    made = page()

    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get("/siffror/")
        return [one["sql"] for one in asked]

    queries()
    without = len(queries())
    made.figures = [
        ("figure", {"figure": "alder", "perspektiv": "hem"}),
        ("figure", {"figure": "flode", "perspektiv": "hem", "kommun": ["1480", "1440"]}),
    ]
    made.save()
    publication.published.read.cache_clear()
    # For each figure the newest publication's number; for the first in a process its cells.
    asked = queries()
    assert len(asked) == without + 3
    assert not any("statistics_interruption" in sql for sql in asked)
    assert len(queries()) == without + 2


def test_a_pasted_address_fills_the_fields(published):
    address = (
        "http://testserver/statistik/?lasar=2023%2F24&lasar=2024/25&kommun=1480&kommun=1440"
        f"&kon=K&publicering={published.number}#langd"
    )
    value = cleaned(address=address, programtyp="YP", lasar="1999/00")
    assert value["address"] == "" and value["figure"] == "langd"
    assert value["lasar"] == "2023/24, 2024/25" and value["kommun"] == ["1480", "1440"]
    assert value["kon"] == "K" and not value["programtyp"]
    assert value["publicering"] == published.number
    assert cleaned(address="/statistik/")["figure"] == "alder"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://www.example.se/statistik/", "annan webbplats"),
        ("/fallstudier/", "leder inte till statistikens siffror"),
        ("hej", "leder inte till statistikens siffror"),
        ("http://[", "ingen adress"),
        ("/statistik/?kon=K&kon=M", "flera värden"),
        ("/statistik/?publicering=abc", "inget nummer"),
        ("/statistik/?alder=17&alder=18", "inte visa ett urval av ålder"),
        ("/statistik/?program=NA&skolenhet=10000001", "urval av program och skola"),
        ("/statistik/?" + "a=1&" * 90, "ingen adress"),
    ],
)
def test_an_address_that_is_none_is_refused_with_what_would_be_right(address, said):
    with pytest.raises(NotAnAddress, match=said):
        fields_of(address)
    assert said in refused(address=address)["address"]


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"lasar": "2031/32"}, "lasar", "Läsår som finns: 2023/24"),
        ({"lasar": "<script>"}, "lasar", "inget giltigt värde"),
        ({"address": "/statistik/?kommun=9999"}, "kommun", "9999"),
        ({"publicering": 4711}, "publicering", "finns inte"),
        ({"figure": "alder", "perspektiv": "skola"}, "figure", "perspektivet"),
        ({"figure": "kommuner", "perspektiv": "skola", "programtyp": "YP"}, "programtyp", "efter"),
        ({"figure": "skolor"}, "figure", "perspektivet"),
        ({"figure": "finns-inte"}, "figure", ""),
        ({"figure": ""}, "figure", ""),
    ],
)
def test_what_cannot_be_shown_is_refused_in_the_form(published, fields, field, said):
    assert said in refused(**fields)[field]


def test_before_the_first_publication_the_form_says_so(published):
    with transaction.atomic():
        Publication.objects.all().delete()
        assert "ingen publicering" in refused()["figure"]
        transaction.set_rollback(True)


class TestASelectionThatNoLongerWorks:
    @pytest.fixture
    def broken(self, page):
        """Two figures, one of which is of a publication that is withdrawn afterwards."""
        number = publication.publish(UNTIL).number
        made = page({"figure": "alder"}, {"figure": "flode", "publicering": number})
        publication.withdraw(number, "Fel.")
        return made

    def test_shows_its_readers_nothing_wrong(self, broken, client):
        text = client.get("/siffror/").content.decode()
        assert text.count("<figure") == 1
        assert "indragen" not in text and "flode" not in text

    def test_shows_in_the_preview_why(self, broken):
        response = broken.make_preview_request()
        response.render()
        assert "är indragen" in response.content.decode()

    def test_is_among_what_the_editors_are_to_mend(self, broken):
        found = [one for one in findings(broken) if one.code == PageFinding.Code.FIGURE]
        assert len(found) == 1 and "indragen" in found[0].text
        assert not found[0].stops

    def test_is_told_of_as_soon_as_the_publication_is_taken_back(
        self, page, django_capture_on_commit_callbacks
    ):
        number = publication.publish(UNTIL).number
        made = page({"figure": "alder"}, {"figure": "flode", "publicering": number})
        told = PageFinding.objects.filter(page=made, code=PageFinding.Code.FIGURE)
        PageFinding.objects.create(page=made, code=PageFinding.Code.SUMMARY, text="Saknas.")
        with django_capture_on_commit_callbacks(execute=True):
            publication.withdraw(number, "Fel.")
        assert [one.text for one in told] == [f"Publicering {number} är indragen."]
        made.figures = [("figure", {"figure": "alder", "perspektiv": "hem"})]
        made.save()
        with django_capture_on_commit_callbacks(execute=True):
            publication.publish(UNTIL)
        assert not told.all().exists()
        assert PageFinding.objects.filter(page=made).count() == 1

    def test_stands_on_the_start_page_and_in_the_form(self, broken, admin_client):
        PageFinding.objects.create(page=broken, code=PageFinding.Code.FIGURE, text="Är indragen.")
        assert "Siffror som inte längre visas" in admin_client.get("/admin/").content.decode()
        form = admin_client.get(f"/admin/pages/{broken.pk}/edit/").content.decode()
        assert "Det här visas inte för läsarna" in form and "är indragen" in form

    def test_a_code_that_is_gone_or_nonsense_in_the_database_breaks_no_page(self, page, client):
        made = page(
            {"figure": "finns-inte"},
            {"figure": "alder", "lasar": "1999/00"},
            {"figure": "alder", "kommun": ["xx"], "perspektiv": "annat"},
        )
        assert client.get("/siffror/").status_code == 200
        assert len(live_blocks.problems(made)) == 3


def test_the_block_never_shows_more_to_whoever_is_logged_in(page, admin_client, client):
    page({"figure": "alder", "lasar": YEAR, "kommun": ["1440"]})
    table = re.compile(r"<tbody>.*?</tbody>", re.S)
    public = table.search(client.get("/siffror/").content.decode()).group()
    assert table.search(admin_client.get("/siffror/").content.decode()).group() == public
