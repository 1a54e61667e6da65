"""The drawings of the content: as many forms as the number says, nothing outside the picture."""

import re
from xml.etree import ElementTree as etree

import pytest

from knowledge.drawings import drawing_of
from knowledge.drawings.catalogue import SCENES
from knowledge.drawings.forms import CORAL, HEIGHT, PINE, WIDTH
from pluginnovation.core.fixtures import read_folder

FOLDERS = ("factors", "tools", "summaries", "risk-factors")
SVG = "{http://www.w3.org/2000/svg}"


def _drawn(folder: str, item: dict):
    return drawing_of(item["slug"], item["picture"], item.get("factor", ""))


def _named() -> list[tuple[str, dict]]:
    return [(f, item) for f in FOLDERS for item in read_folder(f) if item.get("picture")]


def test_a_hundred_dots_are_a_hundred_and_as_many_are_filled_as_said():
    svg = drawing_of("x", {"hundreds": [17, 10], "shows": "s"}, "").svg
    assert svg.count("<circle") == 200
    assert svg.count(f'fill="{CORAL}"') == 17 and svg.count(f'fill="{PINE}"') == 10


def test_a_bar_is_as_high_as_its_part_of_the_whole():
    svg = drawing_of("x", {"bars": [25, 100], "shows": "s"}, "").svg
    heights = [int(h) for h in re.findall(r'height="(\d+)" fill="#(?:c4512d|0f6b60)"', svg)]
    assert heights[0] * 4 == heights[1]


@pytest.mark.parametrize(("folder", "item"), _named(), ids=lambda v: str(v)[:20])
def test_every_picture_is_drawn_within_its_field_and_says_what_it_shows(folder, item):
    drawing = _drawn(folder, item)
    root = etree.fromstring(drawing.svg)
    assert drawing.description.endswith(".") and not root.findall(f".//{SVG}text")
    for circle in root.iter(f"{SVG}circle"):
        x, y, r = (float(circle.get(name)) for name in ("cx", "cy", "r"))
        assert r <= x <= WIDTH - r and r <= y <= HEIGHT - r


def test_the_numbers_of_a_picture_are_those_that_its_words_say():
    for _, item in _named():
        picture = item["picture"]
        for number in (*picture.get("bars", ()), *picture.get("pairs", ())):
            assert f"{number:g}".replace(".", ",") in picture["shows"], item["slug"]
        for number in picture.get("hundreds", ()):
            assert str(number) in picture["shows"] and str(number) in picture["caption"]


def test_no_scene_is_drawn_for_nobody():
    used = {item["picture"].get("drawing") for _, item in _named()}
    assert set(SCENES) <= used
