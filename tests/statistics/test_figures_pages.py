"""The public pages of the figures: what they show, what they survive, what they cost."""

import re
from datetime import date
from itertools import pairwise
from statistics import blocks, figures, publication, tables
from statistics.figures import band
from statistics.figures.model import shown
from statistics.selection import Selection

import html5lib
import pytest
from django.core.cache import cache

from .figures_factory import UNTIL, published_region
from .shown import parsed, table_shown, text_of

pytestmark = pytest.mark.django_db
NAMES = ("manader", "flode", "aktivitet", "langd", "examen", "alder", "programtyp", "kommuner")


published = published_region(900)


NATIONAL = "/statistik/nationellt/"
ADDRESSES = [
    "/statistik/",
    "/statistik/?kommun=1480&lasar=2024/25&kon=K&programtyp=YP",
    "/statistik/?kommun=1480&kommun=1440&lasar=2023/24&lasar=2024/25",
    "/statistik/?perspektiv=skola&kommun=1480",
    "/statistik/?kommun=1407",
    "/statistik/?kommun=finns-inte&lasar=1999/00&kon=X",
    "/statistik/metod/",
    NATIONAL,
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_valid_and_holds_no_style_or_script_of_its_own(published, client, address):
    response = client.get(address)
    assert response.status_code == 200
    parsed(response)
    page = text_of(response)
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=", page)
    assert page.count("<h1") == 1
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert all(b - a <= 1 for a, b in pairwise(levels))
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_first_sentence_is_the_answer(published, client):
    page = text_of(client.get("/statistik/?lasar=2024/25"))
    count = shown(published.cell("avbrott", lasar="2024/25"))
    heading = re.search(r"<h1.*?</h1>", page, re.S).group()
    assert f"<strong>{count}</strong> studieavbrott" in heading
    assert "hela regionen läsåret 2024/25." in heading


def test_the_first_sentence_says_who_is_counted(published, client):
    page = text_of(client.get("/statistik/?kon=K&programtyp=YP&lasar=2024/25"))
    heading = re.search(r"<h1.*?</h1>", page, re.S).group()
    assert "bland kvinnor på yrkesprogram" in heading
    count = shown(published.cell("avbrott", lasar="2024/25", kon="K", programtyp="YP"))
    assert f"<strong>{count}</strong>" in heading


def test_no_sentence_is_made_of_numbers_that_are_not_shown(published, client):
    for place in ("1407", "1440", "1384"):
        page = text_of(client.get(f"/statistik/?kommun={place}&kon=K"))
        for reading in re.findall(r'figure__reading">(.*?)</p>', page, re.S):
            assert ".. " not in reading, reading


def test_synthetic_figures_say_so_at_the_top_in_every_figure_and_in_every_file(published, client):
    page = text_of(client.get("/statistik/"))
    assert 'class="synthetic-note"' in page
    assert page.count("figure__synthetic") == page.count("<figure ")
    response = client.get("/statistik/tabell/alder.csv")
    assert "syntetisk" in response["Content-Disposition"]
    assert "SYNTETISKA DATA" in response.content.decode("utf-8-sig")
    assert "SYNTETISKA DATA" in text_of(client.get("/statistik/diagram/alder.svg"))


def test_the_dashboard_takes_two_queries_without_any_cache(
    published, client, django_assert_num_queries
):
    cache.clear()
    publication.published.read.cache_clear()
    # The newest publication's number; its cells. No record is read.
    with django_assert_num_queries(2):
        client.get("/statistik/")
    with django_assert_num_queries(1):  # the newest publication's number
        client.get("/statistik/?kommun=1480")


def test_no_record_is_read_by_any_public_page(published, client, django_assert_num_queries):
    for address in [*ADDRESSES, *(f"/statistik/tabell/{name}.csv" for name in NAMES)]:
        # 1 the newest publication's number, 2 the national page: what is imported from Kolada
        read = ["publication", "indicator"] if address == NATIONAL else ["publication"]
        with django_assert_num_queries(len(read)) as queries:
            client.get(address)
        for table, query in zip(read, queries, strict=True):
            assert f'FROM "statistics_{table}"' in query["sql"]


def test_the_uncertainty_of_a_sum_follows_it_everywhere(published, client):
    one, two = "lasar=2024/25&kommun=1480", "lasar=2024/25&kommun=1480&kommun=1440"
    address = "/statistik/tabell/alder.csv?"
    assert "högst 5 från det verkliga" in client.get(address + one).content.decode()
    for place in (address, "/statistik/?"):
        told = text_of(client.get(place + two))
        assert "en summa av flera skyddade tal och kan avvika med ungefär 5" in told
    assert "Antalet är en summa" in text_of(client.get("/statistik/?" + two))
    assert "Antalet är en summa" not in text_of(client.get("/statistik/?" + one))


def test_charts_carry_a_swedish_title_and_description_and_nothing_english(published, client):
    page = text_of(client.get("/statistik/"))
    drawings = re.findall(r"<svg.*?</svg>", page, re.S)
    assert len(drawings) >= 14
    for drawing in drawings:
        named = r'role="img" aria-labelledby="([\w-]+)-t" aria-describedby="\1-d">'
        assert re.match(rf"<svg [^>]*{named}", drawing)
        assert "<title id=" in drawing
        assert "Alla tal finns i tabellen." in drawing
        assert not re.search(r"aria-label=|roledescription|axis|mark|style=", drawing)
        sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawing)]
        assert min(sizes) >= 12


def test_a_narrow_chart_fits_a_telephone(published, client):
    page = text_of(client.get("/statistik/?kommun=1480"))
    narrow = re.findall(r'figure__chart--narrow"><svg [^>]*viewBox="0 0 (\d+)', page)
    assert narrow
    assert max(map(int, narrow)) <= 340


def test_blocked_numbers_are_two_dots_with_an_explanation(published, client):
    rows = table_shown(text_of(client.get("/statistik/?kommun=1407")), "langd")
    assert {text for row in rows[1:-1] for text in row[1:]} == {".."}
    assert "bygger på för få avbrott" in text_of(client.get("/statistik/?kommun=1407"))


def test_where_nothing_can_be_drawn_the_table_stands_open_and_there_is_no_drawing(
    published, client
):
    page = text_of(client.get("/statistik/?kommun=1407"))
    figure = page[page.index('id="langd"') : page.index("</figure>", page.index('id="langd"'))]
    assert "<svg" not in figure
    assert '<details class="figure__table" open>' in figure
    assert client.get("/statistik/diagram/langd.svg?kommun=1407").status_code == 404


def test_schools_are_listed_in_the_perspective_of_the_school(published, client):
    page = text_of(client.get("/statistik/?perspektiv=skola&kommun=1480"))
    rows = table_shown(page, "skolor")
    assert [row[0] for row in rows[1:]] == ["Norra gymnasiet", "Södra gymnasiet"]
    assert "Hur gamla eleverna är" not in page


def test_the_headline_of_the_home_page_is_protected_and_dated(published):
    told = blocks.headline()
    assert told["count"] == published.cell("avbrott", lasar="2025/26").value
    assert (told["school_year"], told["until"]) == ("2025/26", UNTIL)
    assert told["synthetic"] is True
    assert told["url"].startswith("/statistik/?lasar=2025")
    assert 0 <= told["returned_share"] <= 100


def test_every_figure_reads_every_number_from_published_cells(published):
    """A figure built on cells that are all blocked holds no number at all."""
    blocked = {table: [None] * len(cells) for table, cells in published.values.items()}
    bare_figures = publication.Figures(
        99, UNTIL, date(2000, 1, 1), True, published.codes, published.schools, {}, blocked
    )
    for figure in figures.build_all(bare_figures, Selection(("2024/25",))):
        told = {text for row in figure.rows for text in row.texts}
        # The last months have not come: there is nothing to count, and nothing is judged.
        assert told <= {"..", "-", "pågår", band.OPEN, band.NO_BAND}


FILES = ("csv", "ren.csv", "ren.csv-metadata.json", "xlsx", "json")
DRAWINGS = ("svg", "png")


@pytest.mark.parametrize(
    ("address", "least"),
    [
        ("/statistik/?kommun=1480&lasar=2024/25", 12),
        ("/statistik/?perspektiv=skola&kommun=1480&lasar=2024/25", 2),
        ("/statistik/jamfor/?kommun=1480&jamfor=1440&lasar=2024/25", 5),
    ],
)
def test_every_figure_has_all_that_belongs_to_one(published, client, address, least):
    tree = html5lib.parse(text_of(client.get(address)), namespaceHTMLElements=False)
    found = tree.findall(".//figure")
    assert len(found) >= least
    for figure in found:
        id_, told = figure.get("id"), " ".join("".join(figure.itertext()).split())
        assert "".join(figure.find(".//h2").itertext()).strip(), id_
        assert figure.get("aria-labelledby") == figure.find(".//h2").get("id"), id_
        reading = "".join(figure.find(".//p[@class='figure__reading']").itertext())
        assert re.fullmatch(r"[A-ZÅÄÖ].{15,}\.", reading.strip(), re.S), (id_, reading)
        terms = ["".join(term.itertext()) for term in figure.findall(".//dt")]
        for term in ("Räknas", "Varför det är viktigt", "Osäkerhet", "Definitionen granskad"):
            assert term in terms, (id_, term)
        per = any("procent" in "".join(th.itertext()) or "Per 100" in "".join(th.itertext())
                  for th in figure.findall(".//thead//th"))  # fmt: skip
        assert ("Delas med" in terms) >= per, id_
        assert "Talen är skyddade" in told and "Data till och med" in told, id_
        assert "hemkommun" in told.lower() or "skolkommun" in told.lower(), id_
        assert "Hänvisa till figuren" in told and "Publicering" in told, id_
        assert figure.find(".//table/caption") is not None, id_
        links = [link.get("href") for link in figure.findall(".//a")]
        drawn = figure.find(".//svg") is not None or "<svg" in told
        for ending in (*FILES, *(DRAWINGS if drawn else ())):
            kind = "diagram" if ending in DRAWINGS else "tabell"
            link = next(x for x in links if x.startswith(f"/statistik/{kind}/{id_}.{ending}?"))
            assert client.get(link).status_code == 200, link


def test_a_change_is_in_percentage_points_with_its_way_in_words(published, client):
    page = text_of(client.get("/statistik/jamfor/?kommun=1480&lasar=2024/25"))
    words = [row[-1] for row in table_shown(page, "jamfortillbaka")[1:-1]]
    way = r"(\d+ procentenhet(er)? (högre|lägre)|lika stor andel).*|-|\.\."
    assert words and all(re.fullmatch(way, one) for one in words)
    assert any("procentenhet" in one or "lika" in one for one in words)


def test_what_would_lead_to_little_says_so_before_it_is_chosen(published, client):
    page = text_of(client.get("/statistik/?kommun=1480&lasar=2024/25"))
    counts = {p: published.cell("avbrott", lasar="2024/25", hemkommun=p) for p in tables.PLACES}
    small = next(place for place, count in counts.items() if (count.value or 0) < 10)
    option = re.search(rf'<option value="{small}"[^>]*>([^<]+)<', page).group(1)
    assert option.endswith(("(för få)", "(inga)"))
    assert re.search(r"\((för få|inga)\) (bygger på färre än|har inga avbrott)", page)
