"""The registers of places that a migration fills."""

import pytest

from pluginnovation.core.models import County, Municipality

pytestmark = pytest.mark.django_db


def test_all_municipalities_and_counties_are_known():
    assert Municipality.objects.count() == 290
    assert County.objects.count() == 21


def test_the_region_has_its_thirteen_municipalities():
    names = set(Municipality.objects.in_goteborg_region().values_list("name", flat=True))
    assert len(names) == 13
    assert {"Göteborg", "Ale", "Kungsbacka", "Öckerö"} <= names


def test_a_code_keeps_its_leading_zero_and_tells_the_county():
    stockholm = Municipality.objects.get(code="0180")
    assert stockholm.name == "Stockholm"
    assert stockholm.county_id == "01"


def test_kungsbacka_belongs_to_the_region_but_to_another_county():
    assert Municipality.objects.get(name="Kungsbacka").county.name == "Hallands län"
