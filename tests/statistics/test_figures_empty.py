"""Before the first publication, where the records are real, and the command that publishes."""

from io import StringIO
from statistics import blocks, publication
from statistics.models import Publication

import html5lib
import pytest
from django.core.management import CommandError, call_command

from .figures_factory import batch, interruption, schools

pytestmark = pytest.mark.django_db


def text_of(response):
    return response.content.decode()


def parsed(response):
    return html5lib.HTMLParser(strict=True).parse(text_of(response))


@pytest.mark.parametrize("address", ["/statistik/", "/statistik/metod/", "/statistik/nationellt/"])
def test_before_the_first_publication_there_is_a_clear_page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    parsed(response)
    if address == "/statistik/":
        assert "inga publicerade siffror än" in text_of(response)
    assert client.get("/statistik/tabell/alder.csv").status_code == 404


def test_real_figures_do_not_say_that_they_are_synthetic(client):
    schools()
    into = batch(synthetic=False)
    rows = [interruption(n, into) for n in range(50)]
    type(rows[0]).objects.bulk_create(rows)
    publication.publish()
    page = text_of(client.get("/statistik/"))
    assert "yntetisk" not in page
    assert "yntetisk" not in client.get("/statistik/tabell/alder.csv").content.decode("utf-8-sig")


def test_without_a_publication_there_is_no_headline():
    assert blocks.headline() is None


def test_the_command_publishes_up_to_the_day_that_is_given():
    schools()
    into = batch()
    rows = [interruption(n, into) for n in range(30)]
    type(rows[0]).objects.bulk_create(rows)
    told = StringIO()
    call_command("publish_figures", "--data-date", "2026-06-30", "--note", "Prov", stdout=told)
    assert told.getvalue() == "Publicering 1: alla tabeller, data till och med 2026-06-30\n"
    assert Publication.objects.get().note == "Prov"


def test_the_command_says_so_where_there_is_nothing_to_publish():
    with pytest.raises(CommandError, match="Det finns inga avbrott att publicera"):
        call_command("publish_figures")
