"""The public pages of the figures: what they show, what they survive, what they cost."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import blocks, charts, exports, figures, publication, tables
from statistics.disclosure import HELD_BACK, NOTHING, Count
from statistics.figures import band, counts
from statistics.figures.model import Column, Definition, Figure, Row, shown
from statistics.selection import NAMES as selection_names
from statistics.selection import Selection, parse

import html5lib
import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import QueryDict
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .figures_factory import UNTIL, population

pytestmark = pytest.mark.django_db
NAMES = ("manader", "flode", "aktivitet", "langd", "examen", "alder", "programtyp", "kommuner")


@pytest.fixture(scope="module")
def published(django_db_setup, django_db_blocker):
    """One published region for all tests of the module, rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        population(900)
        publication.publish(UNTIL)
        yield publication.newest()
        transaction.set_rollback(True)


def text_of(response):
    return response.content.decode()


def parsed(response):
    return html5lib.HTMLParser(strict=True).parse(text_of(response))


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


def test_a_drawing_comes_as_a_picture_too(published, client):
    response = client.get("/statistik/diagram/alder.png")
    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")


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


def table_shown(page, name):
    """The rows of a figure's table on the page, as texts."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    figure = tree.find(f".//figure[@id='{name}']")
    return [
        ["".join(cell.itertext()).strip() for cell in row] for row in figure.findall(".//table//tr")
    ]


def bare(text):
    """A number without grouping, as files have it."""
    return re.sub(r"[\s\u00a0]", "", text) if re.fullmatch(r"[\d\s\u00a0,]+", text) else text


@pytest.mark.parametrize("query", ["", "?kommun=1440&lasar=2024/25&kon=K", "?kommun=1407"])
@pytest.mark.parametrize("name", NAMES)
def test_the_csv_equals_the_table_shown(published, client, name, query):
    table = table_shown(text_of(client.get(f"/statistik/{query}")), name)
    response = client.get(f"/statistik/tabell/{name}.csv{query}")
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert len(table) > 2
    assert rows[: rows.index([])] == [[row[0], *map(bare, row[1:])] for row in table]


def test_the_files_tell_definition_day_and_protection(published, client):
    told = client.get("/statistik/tabell/langd.csv").content.decode("utf-8-sig")
    for words in ("Längden räknas i dagar", "2026-10-31", "högst 5", "Publicering 1"):
        assert words in told


@pytest.mark.parametrize("name", NAMES)
def test_excel_and_json_hold_the_same_numbers(published, client, name):
    from python_calamine import CalamineWorkbook

    sheet = client.get(f"/statistik/tabell/{name}.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0)
    data = client.get(f"/statistik/tabell/{name}.json").json()
    cells = [value for row in rows.to_python()[2:] for value in row[1:]]
    status = data.get("status", {})
    told = [status.get(str(i)) if v is None else v for i, v in enumerate(data["value"])]
    assert cells == told
    assert len(told) == data["size"][0] * data["size"][1]


def test_the_uncertainty_of_a_sum_follows_it_everywhere(published, client):
    one, two = "lasar=2024/25&kommun=1480", "lasar=2024/25&kommun=1480&kommun=1440"
    address = "/statistik/tabell/alder.csv?"
    assert "högst 5 från det verkliga" in client.get(address + one).content.decode()
    for place in (address, "/statistik/?"):
        told = text_of(client.get(place + two))
        assert "en summa av flera skyddade tal och kan avvika med ungefär 5" in told
    assert "Antalet är en summa" in text_of(client.get("/statistik/?" + two))
    assert "Antalet är en summa" not in text_of(client.get("/statistik/?" + one))


def test_a_formula_in_a_name_stays_text():
    figure = Figure(
        "x",
        "X",
        "",
        "",
        "Skola",
        [Column("antal", "Antal")],
        [
            Row("1", "=HYPERLINK(0)", (Count(4),)),
            Row("2", "-", (NOTHING,)),
            Row("3", "b", (HELD_BACK,)),
        ],
        Definition(""),
    )
    published = publication.Figures(1, UNTIL, UNTIL, False, {}, {}, {}, {})
    rows = exports.as_csv(figure, published).decode("utf-8-sig").splitlines()
    assert rows[1:4] == ["'=HYPERLINK(0);4", "-;-", "b;.."]


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


def test_the_same_question_is_drawn_the_same_to_the_byte(published, client):
    first = client.get("/statistik/diagram/langd.svg").content
    cache.clear()
    assert client.get("/statistik/diagram/langd.svg").content == first


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_stands_alone(published, client, name):
    response = client.get(f"/statistik/diagram/{name}.svg?kommun=1480")
    assert response["Content-Type"].startswith("image/svg+xml")
    import xml.etree.ElementTree as ElementTree

    ElementTree.fromstring(response.content)


@pytest.mark.parametrize(
    "address",
    [
        "/statistik/tabell/finnsinte.csv",
        "/statistik/tabell/alder.exe",
        "/statistik/diagram/skolor.svg?perspektiv=skola",
        "/statistik/tabell/langd.csv?perspektiv=skola",
    ],
)
def test_what_there_is_not_is_a_404(published, client, address):
    assert client.get(address).status_code == 404


values = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "1480",
            "1440",
            "T",
            "",
            "2024/25",
            "K",
            "M",
            "YP",
            "HF",
            "skola",
            "hem",
            "NA",
            "17",
            "10000001",
        ]
    ),
)
names = st.sampled_from([*selection_names, "x", "sida", "publicering"])


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(["/statistik/", "/statistik/jamfor/"]),
    st.lists(st.tuples(names, values), max_size=8),
)
def test_no_query_string_breaks_a_page(published, client, address, pairs):
    response = client.get(address, pairs and _query(pairs))
    assert response.status_code == 200
    parsed(response)
    assert client.get("/statistik/tabell/alder.csv", _query(pairs)).status_code in (200, 404)


def _query(pairs):
    found = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


places = st.lists(st.sampled_from(list(tables.PLACES)), max_size=14)
years = st.lists(st.sampled_from(["2023/24", "2024/25", "2025/26"]), min_size=1, max_size=3)


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(places, years, st.sampled_from(["", "K", "M"]))
def test_any_selection_is_the_same_number_by_any_path(published, client, chosen, asked, sex):
    """Three tables, the page's headline and the files agree, in whatever order one asks."""
    query = {"kommun": chosen, "lasar": asked, "kon": [sex]}
    selection = parse(_querydict(query), published.codes["lasar"], published.data_date)
    fixed = selection.chosen("hemkommun", "lasar", "kon")
    count = figures.headline_count(published, selection)
    assert count == published.total("avbrott", **fixed) == published.total("langd", **fixed)
    assert count.cells == max(1, len(selection.kommun)) * len(selection.lasar)
    turned = {name: list(reversed(values)) for name, values in query.items()}
    for asked_for in (query, turned):
        data = client.get("/statistik/tabell/alder.json", asked_for).json()
        assert data["value"][-2] == count.value


def _querydict(pairs):
    return QueryDict(urlencode(pairs, doseq=True))


def test_a_bad_value_is_dropped_with_a_sentence_and_escaped(published, client):
    page = text_of(client.get("/statistik/", {"kommun": ["<b>", "1480"]}))
    assert "”&lt;b&gt;” är inget giltigt värde för kommun och har lämnats utanför." in page
    assert "i Göteborg läsåret" in page


def test_a_selection_that_a_figure_lacks_is_said(published, client):
    page = text_of(client.get("/statistik/?kon=K&programtyp=YP"))
    assert "Urvalet av kön och programtyp gäller inte den här figuren." in page


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


def test_few_interruptions_are_drawn_as_counts():
    rows = [Row("L0", "Kort", (Count(8), None)), Row("L1", "Lång", (Count(4), None))]
    spec = counts._bars(rows)(charts.WIDE)
    assert [bar["text"] for bar in spec["data"]["values"]] == ["8", "4"]


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


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Count(1043), "1\u00a0043"),
        (HELD_BACK, ".."),
        (NOTHING, "-"),
        (None, ".."),
        (34, "34\u00a0%"),
        (Decimal("4.0"), "4,0"),
    ],
)
def test_values_are_written_in_swedish(value, text):
    assert shown(value) == text


def test_parts_of_a_whole_bar_are_laid_end_to_end():
    parts = [charts.Bar("a", 60, "60", "x"), charts.Bar("a", 41, "41", "y")]
    laid = charts.stacked(parts, charts.WIDE)["data"]["values"]
    assert laid[0]["end"] == laid[1]["start"]
    assert round(laid[1]["end"], 6) == 100


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


def test_months_with_the_same_largest_number_are_named_together():
    told = {f"2025M{month:02}": Count(value) for month, value in ((9, 84), (10, 66), (11, 84))}
    most = counts.busiest(told, set(told))
    assert counts.busiest_words(told, most) == "september 2025 och november 2025: 84 vardera"
    assert counts.busiest_words(told, counts.busiest(told, ["2025M10"])) == "oktober 2025: 66"


def test_each_series_is_named_at_its_first_bar_also_where_the_first_group_lacks_it():
    bars = [
        charts.Bar("a", 1, "1", "x"),
        charts.Bar("b", 2, "2", "x"),
        charts.Bar("b", 3, "3", "y"),
    ]
    texts = [value["text"] for value in charts.paired_bars(bars, charts.WIDE)["data"]["values"]]
    assert texts == ["1  x", "2", "3  y"]
