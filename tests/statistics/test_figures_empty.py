"""Before the first publication, where the records are real, and the command that publishes."""

from datetime import date
from io import StringIO
from statistics import blocks, publication
from statistics.models import ImportBatch, Publication, Source

import html5lib
import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import now

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
    assert told.getvalue() == "Publicering 1, data till och med 2026-06-30\n"
    assert Publication.objects.get().note == "Prov"


def test_the_command_says_so_where_there_is_nothing_to_publish():
    with pytest.raises(CommandError, match="Det finns inga avbrott att publicera"):
        call_command("publish_figures")


def test_the_newest_day_that_all_sources_have_told_is_the_data_date():
    schools()
    early = batch(data_date=date(2026, 8, 31))
    other = Source.objects.create(code="annan", name="Annan", kind="region")
    late = batch(data_date=date(2026, 10, 31))
    ImportBatch.objects.filter(pk=late.pk).update(source=other)
    assert publication.newest_common_day() == early.data_date
    ImportBatch.objects.filter(pk=early.pk).update(withdrawn_at=now())
    assert publication.newest_common_day() == late.data_date
