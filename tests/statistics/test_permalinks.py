"""A permalink shows the same figures for ever, says of newer ones, and why some are gone."""

from datetime import date
from statistics import publication
from statistics.models import Publication

import html5lib
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from .figures_factory import UNTIL, batch, interruption, population

pytestmark = pytest.mark.django_db
QUERY = "lasar=2024/25&kommun=1480&kon=K"


@pytest.fixture(scope="module", autouse=True)
def published(django_db_setup, django_db_blocker):
    """Two publications, the second with a hundred interruptions more."""
    with django_db_blocker.unblock(), transaction.atomic():
        population(400)
        first = publication.publish(UNTIL)
        into = batch()
        more = [interruption(n, into) for n in range(1000, 1100)]
        type(more[0]).objects.bulk_create(more)
        second = publication.publish(date(2026, 11, 20))
        yield first, second
        transaction.set_rollback(True)


def page(client, query):
    answer = client.get(f"/statistik/?{query}")
    text = answer.content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    return answer, text


def rows(client, query):
    answer = client.get(f"/statistik/tabell/alder.csv?{query}")
    return answer.content.decode("utf-8-sig").split("\r\n\r\n")[0]


def test_a_named_publication_keeps_its_numbers_in_page_and_file(client, published):
    first, second = published
    _, old = page(client, f"{QUERY}&publicering={first.number}")
    _, new = page(client, QUERY)
    assert f"Du ser publicering {first.number}" in old and "Du ser publicering" not in new
    assert rows(client, f"{QUERY}&publicering={first.number}") != rows(client, QUERY)
    assert rows(client, f"{QUERY}&publicering={second.number}") == rows(client, QUERY)


def test_everything_on_the_page_of_a_publication_leads_to_that_publication(client, published):
    first, _ = published
    _, text = page(client, f"{QUERY}&publicering={first.number}")
    document = html5lib.parse(text, namespaceHTMLElements=False)
    links = [link.get("href") for link in document.iter("a")]
    files = [link for link in links if link.startswith(("/statistik/tabell/", "/statistik/dia"))]
    assert len(files) > 8
    assert all(f"publicering={first.number}" in link for link in files)
    hidden = document.find(".//input[@type='hidden']")
    assert (hidden.get("name"), hidden.get("value")) == ("publicering", str(first.number))


def test_the_newest_page_offers_a_link_that_stays(client, published):
    _, second = published
    _, text = page(client, QUERY)
    assert f"publicering={second.number}" in text


@pytest.mark.parametrize("number", ["999", "0", "-1", "²", "x", "9" * 40])
def test_a_publication_that_never_was_gives_the_newest_and_says_so(client, number):
    answer, text = page(client, f"{QUERY}&publicering={number}")
    assert answer.status_code == 200
    assert "Publiceringen i adressen finns inte." in text


def test_a_withdrawn_publication_leaves_a_page_that_says_why_and_no_number(client, published):
    first, second = published
    with transaction.atomic():
        call_command("withdraw_publication", str(second.number), because="En källa hade fel år.")
        answer, text = page(client, f"publicering={second.number}")
        assert answer.status_code == 410
        assert "En källa hade fel år." in text
        file = client.get(f"/statistik/tabell/alder.csv?publicering={second.number}")
        assert file.status_code == 404
        assert publication.newest().number == first.number
        assert not bytes(Publication.objects.get(number=second.number).cells)
        asked = f"/statistik/api/v2/tables/avbrott/data?publicering={second.number}"
        assert client.get(asked).status_code == 404
        assert "En källa hade fel år." in client.get("/statistik/data/").content.decode()
        with pytest.raises(CommandError, match="ingen gällande"):
            call_command("withdraw_publication", str(second.number), because="En gång till.")
        # The next one does not take the number of the one that is gone.
        assert publication.publish(UNTIL).number == second.number + 1
        transaction.set_rollback(True)


def test_a_permalink_costs_two_queries(client, published, django_assert_num_queries):
    first, _ = published
    page(client, f"{QUERY}&publicering={first.number}")
    # 1 that publication, 2 the newest one's number
    with django_assert_num_queries(2):
        client.get(f"/statistik/?{QUERY}&publicering={first.number}")
