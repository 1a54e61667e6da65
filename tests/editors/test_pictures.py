"""Pictures reach readers small, in modern formats, cut around what matters."""

import io
import re

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images.tests.utils import get_test_image_file

from pluginnovation.core.models import SiteImage
from pluginnovation.core.pictures import CUT, make_sizes, picture
from tests.casestudies import factories as make_case

from .test_uploads import EVIL_SVG

pytestmark = pytest.mark.django_db


def wide_image() -> SiteImage:
    """Teal, with a red square far to the right, where the focal point is."""
    drawn = Image.new("RGB", (1600, 400), "teal")
    drawn.paste("red", (1400, 100, 1600, 300))
    file = io.BytesIO()
    drawn.save(file, "PNG")
    return SiteImage.objects.create(
        title="Bred",
        description="En röd fyrkant",
        file=ContentFile(file.getvalue(), "bred.png"),
        focal_point_x=1500,
        focal_point_y=200,
        focal_point_width=200,
        focal_point_height=200,
    )


def test_a_case_shows_its_picture_in_modern_formats_and_several_widths(client):
    case = make_case.CaseFactory(image=wide_image())
    page = client.get(case.url).content.decode()
    shown = re.search(r"<picture>.*?</picture>", page, re.S).group()
    assert 'type="image/avif"' in shown
    assert re.search(r"\.webp 480w, .*?\.webp \d+w", shown)
    assert 'alt="En röd fyrkant"' in shown
    assert 'sizes="' in shown
    assert re.search(r'width="\d+"', shown)


def test_the_focal_point_stays_in_the_picture():
    small = wide_image().get_rendition("fill-480x270|format-webp")
    with Image.open(small.file) as drawn:
        red = [drawn.convert("RGB").getpixel((x, 135)) for x in range(drawn.width)]
    assert any(r > 200 and g < 60 for r, g, _ in red)


def test_the_sizes_are_made_before_anybody_asks():
    image = SiteImage.objects.create(title="Bild", file=get_test_image_file())
    make_sizes.enqueue(image.pk)
    assert image.renditions.count() == len(CUT)


def test_a_picture_that_decorates_says_so_and_one_that_lacks_words_does_not():
    image = wide_image()
    assert 'role="presentation"' in str(picture(image, "Ord", "100vw", decorates=True))
    assert "presentation" not in str(picture(image, "", "100vw"))


def test_a_drawing_stays_a_drawing():
    image = SiteImage.objects.create(title="Bild", file=ContentFile(EVIL_SVG, "bild.svg"))
    shown = str(picture(image, "Ritning", "100vw"))
    assert ".svg" in shown
    assert "<source" not in shown


def test_a_text_page_shows_a_picture_with_the_words_for_its_place(draft, client):
    image = SiteImage.objects.create(title="Bild", file=get_test_image_file())
    image.contextual_alt_text, image.decorative = "En mentor och en elev", False
    page = draft(body=[("picture", {"picture": image, "caption": "Första mötet"})])
    page.get_latest_revision().publish()
    text = client.get(page.url).content.decode()
    assert 'alt="En mentor och en elev"' in text
    assert "Första mötet" in text
