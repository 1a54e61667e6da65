"""The page of the national statistics: its delay, its figures, a municipality beside the nation."""

import re
from datetime import date
from itertools import pairwise
from statistics import charts, national, publication
from statistics.models import Indicator, IndicatorValue, SimilarMunicipalities
from statistics.national import delay, sourced

import html5lib
import pytest
from django.utils import timezone

from .kolada_server import TITLE

pytestmark = pytest.mark.django_db
PAGE = "/statistik/nationellt/"


def imported(**values):
    """Values of one key figure, invented: ``imported(T2023={"1480": 70})``."""
    made = Indicator.objects.create(
        code="N17445",
        title=TITLE,
        description="Alla som började, och de av dem som har examen.",
        fetched_at=timezone.now(),
        published_on=date(2026, 2, 18),
    )
    for year, places in values.items():
        for place, value in places.items():
            IndicatorValue.objects.create(
                indicator=made,
                place=place,
                year=int(year[1:]),
                sex="T",
                value=value,
                source="Kolada (RKA)",
                fetched_at=timezone.now(),
            )
    SimilarMunicipalities.objects.create(
        place="1480", title="Liknande", members=["1280", "0180"], fetched_at=timezone.now()
    )


@pytest.fixture
def kolada():
    imported(
        T2023={"1480": 70.5, "0000": 72.0, "1280": 68, "0180": 75},
        T2024={"1480": 71.2, "0000": 73.0, "1280": 69},
    )


def text_of(response):
    assert response.status_code == 200
    text = response.content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    return text


@pytest.mark.parametrize(
    ("until", "left"),
    [
        (date(2026, 10, 31), date(2026, 10, 1)),
        (date(2026, 10, 1), date(2026, 10, 1)),
        (date(2026, 9, 30), date(2025, 10, 1)),
    ],
)
def test_the_one_who_left_did_so_in_the_latest_october(until, left):
    assert delay.delay(until).left == left


def test_the_delay_is_computed_from_the_days_that_the_sources_name():
    found = delay.delay(date(2026, 10, 31))
    assert found.start == 2025
    assert [(step.day, step.months) for step in found.steps] == [
        (date(2026, 11, 15), 2),
        (date(2027, 3, 11), 6),
        (date(2028, 12, 11), 27),
        (date(2029, 12, 20), 39),
        (date(2030, 12, 20), 51),
    ]
    assert [step.wait.replace("\u00a0", " ") for step in found.steps][:3] == [
        "2 månader",
        "6 månader",
        "2 år och 3 månader",
    ]
    for calendar in delay.CALENDARS:
        assert calendar.days and calendar.sources
    assert [step.ours for step in found.steps] == [True, False, False, False, False]


def test_the_page_shows_the_delay_as_drawing_words_and_table(client, db):
    page = text_of(client.get(PAGE))
    part = page[page.index('id="riket-vantan"') : page.index("</figure>")]
    assert part.count("<svg") == 2 and "<title" in part
    words = part.replace("\xa0", " ")
    assert "i det nationella måttet examen inom tre år efter 2 år och 3 månader" in words
    assert "11 december" in words and "Publiceringsplan 2019" in words


def test_every_figure_names_its_sources_and_has_all_its_files(client, kolada):
    page = text_of(client.get(f"{PAGE}?kommun=1480"))
    figures = re.findall(r'<figure class="figure[^"]*" id="([^"]+)"', page)
    assert figures == [
        "riket-vantan",
        "riket-n17445",
        *(one.id for one in sourced.FIGURES),
    ]
    assert page.count("<p>Källor: ") == len(figures)
    links = re.findall(r'href="(/statistik/(?:tabell|diagram)/riket-[^"]+)"', page)
    kinds = {link.partition("?")[0].partition(".")[2] for link in links}
    assert kinds == {"csv", "ren.csv", "ren.csv-metadata.json", "xlsx", "json", "svg", "png"}
    for link in links:
        if not link.partition("?")[0].endswith("png"):
            assert client.get(link.replace("&amp;", "&")).status_code == 200, link


def test_a_picture_stands_alone_with_its_sources(client):
    drawing = client.get("/statistik/diagram/riket-examen.svg").content.decode()
    assert "Källa: Skolverket" in drawing and "Hela riket." in drawing
    picture = client.get("/statistik/diagram/riket-vantan.png")
    assert picture.content.startswith(b"\x89PNG")


def test_a_municipality_stands_beside_the_nation_with_source_and_day(client, kolada):
    page = text_of(client.get(f"{PAGE}?kommun=1480")).replace("\xa0", " ")
    assert "Göteborg och riket" in page
    assert "2024 var andelen 71,2 % i Göteborg, 1,8 procentenheter under riket (73,0 %)." in page
    assert "Kolada (RKA), nyckeltal N17445, hämtat 20" in page
    assert "egen bearbetning" in page and "Malmö, Stockholm" in page
    row = re.search(r'<th scope="row">2023</th>(.*?)</tr>', page).group(1)
    assert re.findall(">([^<]+)<", row) == ["70,5", "72,0", "71,5"]
    whole = text_of(client.get(PAGE)).replace("\xa0", " ")
    assert "2024 var andelen 73,0 % i riket." in whole


def test_where_kolada_tells_nothing_of_a_municipality_the_page_says_so(client, kolada):
    page = text_of(client.get(f"{PAGE}?kommun=1407"))
    assert "Kolada har ingen uppgift om Öckerö" in page
    assert client.get("/statistik/tabell/riket-n17445.json?kommun=1407").json()["status"]


def test_before_the_first_import_the_page_says_where_they_are(client):
    page = text_of(client.get(f"{PAGE}?kommun=1480"))
    assert "kolada.se" in page and "import_kolada" not in page
    assert "<select" not in page[page.index('id="kommun"') :]
    assert client.get("/statistik/tabell/riket-n17445.csv").status_code == 404


@pytest.mark.parametrize("place", ["0180", "x", "<script>", "1480' OR 1=1", "\x00", "OVR"])
def test_another_place_is_said_and_the_nation_shown(client, kolada, place):
    page = text_of(client.get(PAGE, {"kommun": place}))
    assert "finns inte bland regionens tretton" in page
    assert "i riket." in page and "<script>" not in page.replace("<script src", "")
    answer = client.get("/statistik/tabell/riket-n17445.csv", {"kommun": place})
    assert answer.status_code == 404


def test_names_at_the_ends_of_lines_keep_apart():
    lines = {"A": [(2023, 60.0), (2024, 71.0)], "B": [(2024, 71.2)], "C": [(2024, 70.9)]}
    drawing = charts.svg(charts.lines_to_hundred(lines, 512), "t", "d", "x")
    told = re.findall(r'y="([-\d.]+)"[^>]*>(. 7[\d,]+)</text>', drawing)
    assert {words for _, words in told} == {"A 71,0", "B 71,2", "C 70,9"}
    assert all(b - a >= 16 for a, b in pairwise(sorted(float(y) for y, _ in told)))


def test_the_page_costs_the_same_for_few_figures_and_many(
    client, kolada, django_assert_max_num_queries
):
    client.get(f"{PAGE}?kommun=1480")
    # 1 which publication is the newest, 2 the key figures, 3 similar municipalities,
    # 4 all values, 5 their names
    with django_assert_max_num_queries(5) as few:
        client.get(f"{PAGE}?kommun=1480")
    for code in ("N17457", "N17473", "N17451", "N17454"):
        made = Indicator.objects.create(code=code, title=code, fetched_at=timezone.now())
        for year in range(2014, 2026):
            for place in ("1480", "0000", "1280"):
                IndicatorValue.objects.create(
                    indicator=made,
                    place=place,
                    year=year,
                    sex="T",
                    value=70,
                    source="Kolada (RKA)",
                    fetched_at=timezone.now(),
                )
    client.get(f"{PAGE}?kommun=1480")
    with django_assert_max_num_queries(5) as many:
        client.get(f"{PAGE}?kommun=1480")
    assert len(few) == len(many)
    assert len(national.completion("1480")) == 5


def test_nothing_of_our_own_records_is_needed(client):
    assert publication.newest() is None
    assert "Hur länge siffrorna dröjer" in text_of(client.get(PAGE))
