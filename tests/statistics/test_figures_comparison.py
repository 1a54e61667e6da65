"""Municipalities beside each other, what a choice would give, and selections of several values."""

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from statistics import choices, codes, figures, schools, tables
from statistics.disclosure import HELD_BACK, TOTAL, Count, per_hundred
from statistics.figures.differences import Share, counts, points, rates
from statistics.models import CurrentStudentCount, Indicator, IndicatorValue
from statistics.selection import Selection, parse
from statistics.similar import similar
from statistics.views import answer

import html5lib
import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from .figures_factory import published_region

pytestmark = pytest.mark.django_db
ADDRESS = "/statistik/jamfor/"
NAMES = ("jamfortal", "jamforhittills", "jamforexamen", "jamfortillbaka", "jamforaktivitet")
CHOSEN = "kommun=1480&jamfor=1440&lasar=2024/25"


published = published_region(900)


def text_of(response):
    return response.content.decode()


def chosen(published, query):
    years, day = published.codes["lasar"], published.data_date
    asked = parse(QueryDict(query), years, day, published.schools)
    return schools.fitted(asked, published)


def table_of(page, name):
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    rows = tree.findall(f".//figure[@id='{name}']//table//tr")
    return [["".join(cell.itertext()).strip() for cell in row] for row in rows]


# Differences in words


def share(part, whole, cells=1):
    return Share(Count(part, cells), Count(whole, cells))


def test_a_difference_says_its_size_and_its_way_in_words():
    high, low = share(400, 1000), share(370, 1000)
    assert points(low, high).words == "3 procentenheter lägre"
    assert points(low, high).than("i hela regionen") == "3 procentenheter lägre än i hela regionen."
    assert points(high, low).words == "3 procentenheter högre"
    assert points(share(410, 1000), high).words.startswith("1 procentenhet högre")
    assert points(high, high).than("i Ale") == "lika stor andel som i Ale."


def test_a_difference_that_the_protection_can_make_says_so():
    one, other = share(20, 50), share(18, 50)
    assert points(one, other).words == "4 procentenheter högre (ryms i skyddets osäkerhet)"
    assert points(one, other).than("förra året").endswith("Skillnaden ryms i skyddets osäkerhet.")
    assert counts(Count(30), Count(20)).unsure
    assert not counts(Count(31), Count(20)).unsure
    assert rates(Decimal("2.9"), Decimal("3.0"), Decimal("0.1")).words.startswith("0,1 lägre (ryms")


def test_what_is_not_shown_is_not_compared():
    assert points(share(5, 12), share(20, 100)) is None
    assert counts(HELD_BACK, Count(20)) is None
    assert rates(None, Decimal(1), Decimal(0)) is None


# The page


def test_a_municipality_stands_beside_others_and_the_region_with_published_values(
    published, client
):
    page = text_of(client.get(f"{ADDRESS}?{CHOSEN}"))
    rows = table_of(page, "jamfortillbaka")[1:]
    assert [row[0] for row in rows] == ["Göteborg", "Ale", "Hela regionen"]
    whole = published.cell("flode", hemkommun="1480", lasar="2024/25", efter="12")
    back = published.cell("flode", hemkommun="1480", lasar="2024/25", efter="12", utfall="AT")
    assert rows[0][3] == str(figures.shown(Share(back, whole).value)).removesuffix("\u00a0%")
    assert rows[-1][-2] == "-"
    assert re.search(r"procentenhet(er)? (högre|lägre)|lika stor andel", " ".join(rows[0]))
    assert "än i hela regionen" in page
    assert "(hemkommun)" in page


@pytest.mark.parametrize("name", NAMES)
def test_every_comparison_has_its_files_and_its_drawing(published, client, name):
    page = text_of(client.get(f"{ADDRESS}?{CHOSEN}"))
    response = client.get(f"/statistik/tabell/{name}.csv?{CHOSEN}")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[-1] for row in rows[: rows.index([])]] == [r[-1] for r in table_of(page, name)]
    assert client.get(f"/statistik/tabell/{name}.json?{CHOSEN}").json()["value"]
    assert b"<svg" in client.get(f"/statistik/diagram/{name}.svg?{CHOSEN}").content


@pytest.mark.parametrize(
    "query",
    [
        "",
        CHOSEN,
        "kommun=1407",
        "kommun=1407&jamfor=1419&kon=K",
        "kommun=1480&kommun=1440&lasar=2023/24&lasar=2024/25",
        "kommun=1480&perspektiv=skola&skolenhet=10000001",
        "kommun=x&jamfor=y&lasar=1999/00&publicering=99",
    ],
)
def test_every_comparison_is_a_valid_page_with_one_headline(published, client, query):
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == 200
    html5lib.HTMLParser(strict=True).parse(text_of(response))
    page = text_of(response)
    assert page.count("<h1") == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_permalink_of_a_comparison_holds_all_of_it(published, client):
    page = text_of(client.get(f"{ADDRESS}?{CHOSEN}"))
    link = re.search(r'href="\?([^"]+)" rel="nofollow"', page).group(1).replace("&amp;", "&")
    assert chosen(published, link).jamfor == ("1440",)
    assert "publicering=1" in link
    assert "<svg" in text_of(client.get(f"{ADDRESS}?{link}"))


def test_a_fourth_is_left_out_with_a_sentence_and_nobody_stands_beside_oneself(published):
    asked = "&".join(f"jamfor={code}" for code in ("1480", "1440", "1489", "1401", "1384"))
    found = chosen(published, f"kommun=1480&{asked}")
    assert found.jamfor == ("1440", "1489", "1401")
    assert "Högst tre kommuner jämförs på en gång. Kungsbacka" in found.problems[0]


def test_the_nation_stands_beside_completion_only_and_says_what_is_not_there(published, client):
    page = text_of(client.get(f"{ADDRESS}?{CHOSEN}"))
    section = page[page.index('id="fullfoljt"') :]
    assert "79,7 procent" in section
    assert "Källa: SKR, Öppna jämförelser – Gymnasieskola; Skolverket, Betyg" in section
    assert "inte hämtade hit än" in section


def test_completion_of_the_municipality_stands_beside_the_nation_where_it_is_fetched(
    published, client
):
    now = datetime(2026, 11, 1, tzinfo=UTC)
    kpi = Indicator.objects.create(code="N17445", title="Examen inom 3 år", fetched_at=now)
    for place, value in (("1480", "71.2"), ("0000", "73.4")):
        IndicatorValue.objects.create(
            indicator=kpi, place=place, year=2025, sex="T", value=value, source="x", fetched_at=now
        )
    page = text_of(client.get(f"{ADDRESS}?kommun=1480"))
    assert "Examen inom 3 år: 71,2 procent i Göteborg 2025, 73,4 procent i riket" in page
    assert "2,2 procentenheter lägre än i riket" in page
    assert "Källa: Kolada (RKA), nyckeltal N17445" in page


def test_the_comparison_reads_no_record(published, client, django_assert_num_queries):
    client.get(f"{ADDRESS}?{CHOSEN}")
    # The newest publication's number, and whether a key figure of completion is fetched.
    with django_assert_num_queries(2):
        client.get(f"{ADDRESS}?{CHOSEN}")
    with django_assert_num_queries(1):  # no municipality, no completion
        client.get(ADDRESS)


def test_similar_is_half_to_twice_as_many_students_and_the_three_nearest(published):
    students = {"1480": 20000, "1440": 1000, "1489": 1100, "1401": 900, "1384": 1500, "1481": 2010}
    told = {f"2024/25|{place}|{TOTAL}": n for place, n in students.items()}
    known = replace(published, students=told)
    assert similar(known, "1440", "2024/25").places == ("1489", "1401", "1384")
    assert similar(known, "1480", "2024/25").places == ()
    assert similar(known, "1440", "2025/26").year == "2024/25"
    assert similar(published, "1440", "2024/25") is None
    assert not CurrentStudentCount.objects.exists()


@pytest.mark.parametrize("name", ["jamfortal", "kommuner"])
def test_per_hundred_students_is_told_of_a_school_year_that_is_over(published, name):
    places = ("1480", TOTAL)
    told = {f"{year}|{place}|T": 2000 for year in published.codes["lasar"] for place in places}
    known = replace(published, students=told)
    for year, over in (("2025/26", True), ("2026/27", False)):
        found = figures.build(name, known, Selection((year,), ("1480",)))
        rates = [row.values[1] for row in found.rows if row.code in places and row.values[1:]]
        counts_ = [row.values[0] for row in found.rows if row.code in places]
        assert [bool(rate) for rate in rates] == [over] * len(rates)
        assert not over or rates == [per_hundred(count, 2000) for count in counts_]
        assert any("läsår som är slut" in note for note in found.notes) is not over


# What a choice would give


def notes_of(published, query, name):
    form = choices.form(published, chosen(published, query))
    listed = form[name] if name in form else _box(form, name)
    return {option.code: option.note for option in listed}


def _box(form, name):
    return next(box["options"] for box in form["boxes"] if box["name"] == name)


def test_options_say_before_they_are_chosen_that_there_are_few_or_none(published):
    notes = notes_of(published, "lasar=2024/25", "places")
    for code in tables.PLACES:
        count = published.cell("avbrott", hemkommun=code, lasar="2024/25").value
        few = choices.FEW if count < 10 else ""
        assert notes[code] == (choices.NONE if count == 0 else few)
    assert notes["1407"] == choices.NONE
    assert notes["1480"] == ""
    within = notes_of(published, "lasar=2024/25&kommun=1401&kon=K", "program")
    assert choices.FEW in within.values()


def test_what_cannot_exist_is_not_to_be_chosen(published):
    form = choices.form(published, chosen(published, "perspektiv=skola&kommun=1480"))
    assert [option.label for option in _box(form, "skolenhet")] == [
        "Norra gymnasiet",
        "Södra gymnasiet",
    ]
    assert choices.Option("x", "X", note=choices.IMPOSSIBLE).disabled
    assert not choices.Option("x", "X", chosen=True, note=choices.IMPOSSIBLE).disabled


def test_the_form_tells_what_its_notes_mean(published, client):
    page = text_of(client.get("/statistik/?lasar=2024/25"))
    assert "Öckerö (inga)</option>" in page
    assert "(inga) har inga avbrott som syns" in page


# Several values


def headline(published, query):
    return figures.headline_count(published, chosen(published, query))


def test_all_programmes_of_a_type_are_the_type_and_the_same_number(published):
    every = "&".join(f"program={c}" for c, p in codes.PROGRAMMES.items() if p.type == "HF")
    for place in ("", "kommun=1480&"):
        whole = headline(published, f"{place}lasar=2024/25&programtyp=HF")
        assert headline(published, f"{place}lasar=2024/25&{every}") == whole
        more = headline(published, f"{place}lasar=2024/25&{every}&program=BA")
        one = headline(published, f"{place}lasar=2024/25&program=BA")
        assert more == Count(whole.value + one.value, 2)


def test_all_schools_of_a_municipality_are_the_municipality_and_the_same_number(published):
    both = "perspektiv=skola&lasar=2024/25&skolenhet=10000001&skolenhet=10000002"
    place = headline(published, "perspektiv=skola&lasar=2024/25&kommun=1480")
    assert headline(published, both) == place
    assert chosen(published, both).kommun == ("1480",)
    more = headline(published, f"{both}&skolenhet=10000004&skolenhet=10000003")
    three = published.total("avbrott-skola", lasar="2024/25", skolkommun=("1480", "1440", "1401"))
    assert more == three


def test_several_values_are_summed_with_their_uncertainty_and_one_blocked_blocks_all(published):
    count = headline(published, "lasar=2024/25&program=NA&program=BA")
    parts = [published.cell("program", lasar="2024/25", program=p).value for p in ("NA", "BA")]
    assert (count.value, count.cells, count.margin) == (sum(parts), 2, 5)
    held = {**published.values, "program": [None] * len(published.values["program"])}
    blocked = replace(published, values=held)
    assert headline(blocked, "lasar=2024/25&program=NA&program=BA") == HELD_BACK


def test_a_school_outside_the_chosen_municipality_is_left_out_with_a_sentence(published):
    found = chosen(published, "perspektiv=skola&kommun=1440&skolenhet=10000001")
    assert found.skolenhet == ()
    assert "Norra gymnasiet ligger inte i den valda kommunen" in found.problems[0]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("program=NA&kon=K", "Kön går inte att välja med ett program och har lämnats utanför."),
        ("perspektiv=skola&alder=17", "Ålder finns inte efter skolkommun och har lämnats utanför."),
        ("perspektiv=hem&skolenhet=10000001", "Skola finns bara efter skolkommun"),
        ("lasar=1999/00", "Läsåret 1999/00 saknar tal. De börjar 2023/24 och slutar 2026/27."),
        ("skolenhet=99999999", "”99999999” är inget giltigt värde för skola"),
    ],
)
def test_what_cannot_stand_together_is_said_in_a_sentence(published, client, query, sentence):
    page = text_of(client.get(f"/statistik/?{query}"))
    assert sentence in page


def test_a_file_tells_what_it_left_out_of_the_question(published, client):
    told = client.get("/statistik/tabell/alder.csv?kommun=9999").content.decode("utf-8-sig")
    assert "”9999” är inget giltigt värde för kommun och har lämnats utanför." in told


def test_a_chosen_school_is_named_in_the_first_sentence(published, client):
    page = text_of(client.get("/statistik/?skolenhet=10000001&lasar=2024/25"))
    heading = re.search(r"<h1.*?</h1>", page, re.S).group()
    count = published.cell("avbrott-skola", skolenhet="10000001", lasar="2024/25")
    assert f"<strong>{figures.shown(count)}</strong>" in heading
    assert "på Norra gymnasiet läsåret 2024/25" in heading


def test_every_figure_names_home_or_school_municipality(published):
    for query in ("", "kommun=1480&kommun=1440", "perspektiv=skola&kommun=1480", "program=NA"):
        asked = chosen(published, query)
        for figure in figures.build_all(published, asked):
            assert f"({asked.place_variable})" in figure.scope, figure.id


def test_every_figure_has_its_definition_with_a_day_and_says_what_is_preliminary(published, client):
    page = text_of(client.get("/statistik/?lasar=2025/26"))
    assert page.count("<dt>Definitionen granskad</dt>") == page.count("<figure ")
    assert "Preliminära tal för 2025/26" in page
    old = figures.build("aktivitet", published, Selection(("2023/24",)))
    assert old.preliminary == ""


# From the interruption to now


def test_the_flow_is_whole_at_every_point_for_every_school_year(published):
    """Each interruption that was followed so far is in exactly one of the outcomes."""
    for year in published.codes["lasar"]:
        figure = figures.build("flode", published, Selection((year,)))
        assert [row.code for row in figure.rows] == [*tables.OUTCOMES, TOTAL]
        for at in range(len(tables.FOLLOW_UPS)):
            parts = [row.values[2 * at].value for row in figure.rows]
            if None not in parts:
                off = 5 * len(parts)  # each is off by five at most
                assert abs(sum(parts[:-1]) - parts[-1]) <= off


def test_years_that_are_followed_in_part_are_not_compared_in_the_sentence(published):
    figure = figures.build("uppfoljning", published, Selection(("2025/26",)))
    assert "Efter 12 månader" in figure.reading
    assert "av avbrotten 2024/25" in figure.reading
    assert "för avbrotten 2023/24" in figure.reading


# A municipality that is held back


def held_from(published, place, month, day):
    """The same publication, but the place is told of up to a day: later months are a gap."""
    at = published.codes["hemkommun"].index(place)
    values = dict(published.values)
    for name in ("avbrott-manad", "avbrott", "langd", "program"):
        table, cells = tables.TABLES[name], list(values[name])
        times = table.variables[1]
        listed = published.codes[times]
        size = len(cells) // (len(published.codes["hemkommun"]) * len(listed))
        for n, code in enumerate(listed):
            if code > (month if times == "manad" else "2025/26"):
                start = (at * len(listed) + n) * size
                cells[start : start + size] = [None] * size
        values[name] = cells
    return replace(published, values=values, held={tables.MONTHLY: {place: f"{day}"}})


@pytest.mark.parametrize("query", ["", "lasar=2026/27", "lasar=2026/27&kon=K"])
def test_a_municipality_that_is_held_back_has_sentences_without_holes(published, client, query):
    late = held_from(published, "1480", "2026M05", date(2026, 5, 31))
    asked = chosen(published, f"kommun=1480&{query}")
    page = render_to_string(
        "statistics/answer.html", {"answer": answer(late, asked), "selection": asked}
    )
    assert "None" not in page
    assert ("visas inte" in page) == ("2026/27" in query)
    for figure in [*figures.build_all(late, asked), *figures.build_comparison(late, asked)]:
        assert ".. " not in figure.reading, figure.reading
        assert "None" not in figure.reading
    months = figures.build("band", late, asked)
    assert months.rows[0].texts[-1] == "pågår, bedöms inte"
    season = figures.build("sasong", late, asked)
    assert season.reading.startswith("I maj 2026 började")
    assert any("Göteborg till och med 31\u00a0maj 2026" in note for note in months.notes)
