"""The map: borders from SCB, names that never lie on one another, and the same in tables."""

import re
from itertools import pairwise

import html5lib
import pytest
import shapely
from django.test import TestCase
from hypothesis import given
from hypothesis import strategies as st

from casestudies.atlas.borders import borders
from casestudies.atlas.drawing import CLOSE_UP, COUNTRY, whole_country
from casestudies.atlas.labels import GAP, Spot, labelled, spread
from casestudies.atlas.view import atlas_context
from casestudies.management.commands.build_map_borders import build
from casestudies.regions import REGIONS, region_of
from pluginnovation.core.models import Municipality

from . import factories as make

SVG = "{http://www.w3.org/2000/svg}"


class TestTheBorders:
    def test_the_file_is_what_the_command_makes_of_the_borders(self):
        made = build()
        assert made["size"] == list(borders().size)
        assert made["land"] == borders().land
        assert made["regions"] == borders().regions
        assert {c: each["path"] for c, each in made["municipalities"].items()} == borders().paths

    def test_every_municipality_is_there_and_lies_inside_the_country(self):
        assert len(borders().points) == 290
        width, height = borders().size
        assert all(0 < x < width and 0 < y < height for x, y in borders().points.values())
        assert "SCB" in borders().source

    def test_places_lie_where_they_do_in_sweden(self):
        x, y = zip(*(borders().points[code] for code in ("1480", "0580", "2482")), strict=True)
        assert x[0] < x[1] < x[2]  # Göteborg, Linköping, Skellefteå from west to east
        assert y[0] > y[1] > y[2]  # and from south to north
        distance = shapely.distance(*(shapely.Point(borders().points[c]) for c in ("1480", "0180")))
        assert 380 < distance < 420  # Göteborg to Stockholm, km as the crow flies


def test_each_municipality_lies_in_one_region_at_most():
    for code in borders().points:
        assert sum(region.holds(code) for region in REGIONS) <= 1
    assert region_of("1384").code == "goteborgsregionen"
    assert region_of("1490") is None


heights = st.lists(st.floats(0, 560), max_size=18).map(sorted)
spots = st.lists(
    st.builds(
        Spot,
        code=st.text("0123456789", min_size=4, max_size=4),
        lines=st.text("abcåäö ", min_size=3, max_size=18).map(lambda text: (text,)),
        x=st.floats(80, 330),
        y=st.floats(0, 568),
        weight=st.integers(1, 9),
    ),
    max_size=80,
    unique_by=lambda spot: spot.code,
)


class TestTheNames:
    @given(heights)
    def test_names_keep_their_order_their_distance_and_inside(self, wanted):
        got = spread(wanted, 13, 555)
        assert all(b - a >= GAP - 0.11 for a, b in pairwise(got))
        assert all(12.9 <= height <= 555.1 for height in got)

    @given(st.lists(st.integers(0, 20), max_size=18))
    def test_names_that_are_far_apart_stay_where_they_are(self, steps):
        wanted = [20 + n * GAP + sum(steps[:n]) for n in range(len(steps))]
        lowest = max([555, *wanted])
        assert spread(wanted, 13, lowest) == wanted

    @given(spots)
    def test_no_name_lies_on_another_or_leaves_the_drawing(self, given_spots):
        labels = labelled(given_spots, COUNTRY)
        for side in (True, False):
            column = sorted(label.y for label in labels if label.is_left is side)
            assert all(b - a >= GAP - 0.11 for a, b in pairwise(column))
            assert all(0 < height < COUNTRY.height for height in column)
        for label in labels:
            assert 0 <= label.x <= COUNTRY.width

    @given(spots)
    def test_where_there_is_no_room_those_with_most_cases_are_named(self, given_spots):
        labels = labelled(given_spots, COUNTRY)
        named = {label.spot.code for label in labels}
        for is_left in (True, False):
            column = [label.spot for label in labels if label.is_left is is_left]
            left_out = [
                spot for spot in given_spots if spot.code not in named and _side(spot) is is_left
            ]
            if left_out:
                most = max(spot.weight for spot in left_out)
                assert min(spot.weight for spot in column) >= most


def _side(spot):
    (label,) = labelled([spot], COUNTRY)
    return label.is_left


codes = st.sampled_from(sorted(borders().points))
some_places = st.lists(
    st.lists(codes, max_size=3, unique=True).map(
        lambda found: [(code, f"Namn {code}") for code in found] or [("okand", "Okänd")]
    ),
    max_size=12,
)


@given(some_places)
def test_the_map_and_its_tables_say_the_same_and_add_up(cases):
    atlas = atlas_context(cases, {"niva": "kommun"})
    assert atlas["known"] + atlas["unknown"] == len(cases)
    table = {place.code: place.count for place in atlas["places"]}
    assert sum(table.values()) == sum(len(p) for p in cases if p[0][0] != "okand")
    country, close_up = atlas["drawings"]
    far = {mark.spot.code: mark.count for mark in country.marks}
    near = {mark.spot.code: mark.count for mark in close_up.marks} if close_up else {}
    assert far.pop("goteborgsregionen", 0) == sum(near.values())
    assert far | near == table
    for row in atlas["regions"]:
        inside = [p for p in cases if any(row["region"].holds(code) for code, _ in p)]
        assert row["count"] == len(inside)
    assert all(place.url == f"?niva=kommun&kommun={place.code}" for place in atlas["places"])


def test_a_region_counts_as_one_mark_in_the_country():
    atlas = atlas_context([[("1480", "Göteborg")], [("1440", "Ale"), ("1480", "Göteborg")]], {})
    (mark,) = atlas["drawings"][0].marks
    assert (mark.name, mark.count, mark.url) == ("Göteborgsregionen", 3, "#goteborgsregionen")
    assert {mark.name for mark in atlas["drawings"][1].marks} == {"Göteborg", "Ale"}
    assert whole_country([], "#").marks == []


class TestThePage(TestCase):
    @classmethod
    def setUpTestData(cls):
        places = {m.code: m for m in Municipality.objects.filter(code__in=["1480", "2482", "1490"])}
        for codes_of_case, level in (
            (["1480"], "kommun"),
            (["1480", "2482"], "individ"),
            ([], "individ"),
        ):
            case = make.CaseFactory(levels=[level])
            case.municipalities.set([places[code] for code in codes_of_case])
            case.save()

    def read(self, query=""):
        response = self.client.get(f"/fallstudier/?visning=karta{query}")
        self.assertEqual(response.status_code, 200)
        text = response.content.decode()
        return html5lib.HTMLParser(strict=True).parse(text), " ".join(text.split())

    def links(self, document):
        found = {}
        for link in document.iter(f"{SVG}a"):
            found[link.get("aria-label")] = link.get("href")
        return found

    def test_every_place_is_a_link_that_says_how_many(self):
        document, text = self.read()
        assert self.links(document) == {
            "Göteborgsregionen 2 fallstudier": "#goteborgsregionen",
            "Skellefteå 1 fallstudie": "?kommun=2482",
            "Göteborg 2 fallstudier": "?kommun=1480",
        }
        assert 'id="goteborgsregionen"' in text
        assert "Tre fallstudier, varav 2 på kartan" in text
        assert '<a href="?kommun=okand">1 fallstudie</a>' in text

    def test_the_map_follows_the_filters_and_so_do_its_links(self):
        document, text = self.read("&niva=kommun")
        assert "?niva=kommun&kommun=1480" in self.links(document).values()
        assert "Skellefteå" not in re.sub(r"<select.*?</select>", "", text)
        assert 'href="?niva=kommun&amp;visning=resultat"' in text
        assert '<input type="hidden" name="visning" value="karta">' in text

    def test_the_link_of_a_place_gives_as_many_cases_as_it_says(self):
        document, _ = self.read()
        for name, address in self.links(document).items():
            if address.startswith("?"):
                items = self.client.get(f"/fallstudier/{address}").context["browse"].items
                assert len(items) == int(name.split()[-2])

    def test_nothing_to_show_is_said(self):
        _, text = self.read("&kommun=okand")
        assert "Ingen fallstudie med känd kommun passar valen." in text
        assert CLOSE_UP.width == COUNTRY.width


@pytest.mark.django_db
def test_all_municipalities_of_the_register_have_borders():
    assert set(Municipality.objects.values_list("code", flat=True)) == set(borders().points)
