"""The feed of new data, read by an independent reader."""

from statistics import figures, publication
from statistics.models import Publication
from statistics.selection import parse

import feedparser
import pytest
from django.db import transaction
from django.http import QueryDict

from .figures_factory import UNTIL, population

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def published(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        population(300)
        made = [publication.publish(UNTIL), publication.publish(UNTIL)]
        yield made
        transaction.set_rollback(True)


def test_each_publication_is_an_entry_with_its_number_of_the_place(client):
    answer = client.get("/statistik/atom.xml?kommun=1480")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo and feed.version == "atom10"
    assert feed.feed.title == "Studieavbrott i Göteborg: nya data"
    newest = publication.newest()
    selection = parse(QueryDict("kommun=1480"), newest.codes["lasar"], newest.data_date)
    count = figures.shown(figures.headline_count(newest, selection))
    assert len(feed.entries) == 2
    assert f"{count} studieavbrott i Göteborg" in feed.entries[0].summary
    assert "SYNTETISKA" in feed.entries[0].summary
    for entry in feed.entries:
        address = entry.link.removeprefix("http://testserver")
        assert client.get(address).status_code == 200
    assert len({entry.id for entry in feed.entries}) == 2


def test_a_withdrawn_publication_is_no_entry(client, published):
    with transaction.atomic():
        publication.withdraw(published[1].number, "Fel.")
        feed = feedparser.parse(client.get("/statistik/atom.xml").content)
        assert [entry.title.split(":")[0] for entry in feed.entries] == [str(published[0])]
        transaction.set_rollback(True)


@pytest.mark.parametrize("query", ["kommun=xx", "kommun=1480&kommun=1440", "a=" + "b" * 900])
def test_a_garbage_query_string_gives_a_feed_all_the_same(client, query):
    assert not feedparser.parse(client.get(f"/statistik/atom.xml?{query}").content).bozo


def test_before_the_first_publication_the_feed_is_empty_but_whole(client):
    with transaction.atomic():
        Publication.objects.all().delete()
        feed = feedparser.parse(client.get("/statistik/atom.xml").content)
        assert not feed.bozo and feed.entries == []
        transaction.set_rollback(True)
