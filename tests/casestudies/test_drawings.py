"""The drawings say what their words say."""

from xml.etree import ElementTree

import pytest

from casestudies.drawings import CORAL, PINE, drawings

SVG = "{http://www.w3.org/2000/svg}"


def forms(name, tag):
    (drawing,) = [each for each in drawings() if each.name == name]
    return list(ElementTree.fromstring(drawing.svg).iter(f"{SVG}{tag}"))


@pytest.mark.parametrize(("name", "filled", "empty"), [("nio-av-tio", 9, 1), ("sex-av-sju", 6, 1)])
def test_so_many_dots_are_filled_as_the_name_says(name, filled, empty):
    dots = forms(name, "circle")
    assert [dot.get("fill") for dot in dots] == [PINE] * filled + ["none"] * empty


def test_bars_are_as_high_as_their_numbers():
    heights = [int(bar.get("height")) for bar in forms("ett-fem-tolv", "rect")[1:]]
    assert heights == [15, 75, 180]  # of 180 for twelve
    assert forms("ett-fem-tolv", "rect")[-1].get("fill") == CORAL


def test_every_drawing_has_words_a_size_and_nothing_that_runs():
    found = list(drawings())
    assert len({each.name for each in found}) == len({each.description for each in found}) == 9
    for each in found:
        root = ElementTree.fromstring(each.svg)
        assert each.description.endswith(".")
        assert root.get("viewBox") == "0 0 640 280"
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert tags <= {"svg", "rect", "circle", "path"}
