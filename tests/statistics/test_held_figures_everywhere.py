"""Where figures are held back or older, every page, file and answer says so and none fails."""

from dataclasses import replace
from datetime import date
from statistics import figures, publication
from statistics.models import Interruption
from statistics.municipal_report import build
from statistics.selection import Selection

import html5lib
import pytest
from django.db import transaction

from .figures_factory import UNTIL, batch, interruption, population

pytestmark = pytest.mark.django_db
LATER = date(2027, 8, 31)
HALF_YEARLY = ("flode", "uppfoljning", "aktivitet", "langd", "examen")


@pytest.fixture(scope="module", autouse=True)
def published(django_db_setup, django_db_blocker):
    """A new school year in the monthly tables alone; Härryda has three records more."""
    with django_db_blocker.unblock(), transaction.atomic():
        population(300)
        publication.publish(UNTIL)
        into = batch(data_date=LATER)
        rows = [interruption(n, into, interrupted_on=date(2027, 8, 20)) for n in range(900, 945)]
        rows += [interruption(n, into, home_municipality_id="1401") for n in range(950, 953)]
        Interruption.objects.bulk_create(rows)
        publication.publish(LATER, half_yearly=False)
        yield publication.newest()
        transaction.set_rollback(True)


PLACES = ("", "&kommun=1401", "&kommun=1480", "&kommun=1401&kommun=1480", "&perspektiv=skola")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("year", ["2027/28", "2024/25"])
def test_every_page_stands_with_gaps(client, place, year):
    for page in ("", "jamfor/"):
        answer = client.get(f"/statistik/{page}?lasar={year}{place}")
        assert answer.status_code == 200, page
        html5lib.HTMLParser(strict=True).parse(answer.content.decode())


@pytest.mark.parametrize("figure", [*HALF_YEARLY, "manader", "band", "sasong", "kommuner"])
def test_every_file_names_the_day_of_its_own_table(client, figure):
    text = client.get(f"/statistik/tabell/{figure}.csv?lasar=2024/25").content.decode("utf-8-sig")
    day = UNTIL if figure in HALF_YEARLY else LATER
    assert f"Data till och med {day}" in text


def test_the_page_names_the_day_beside_each_figure(client):
    text = client.get("/statistik/?lasar=2024/25&kommun=1401").content.decode()
    assert text.count("Data till och med 31 oktober 2026") == len(HALF_YEARLY)
    assert "Talen för Härryda till och med 31\N{NO-BREAK SPACE}oktober 2026: för få" in text


def test_the_api_tells_the_day_of_each_table_and_who_is_late(client):
    for table, day in (("avbrott", LATER), ("langd", UNTIL)):
        answer = client.get(f"/statistik/api/v2/tables/{table}/data?valuecodes[lasar]=2024/25")
        found = answer.json()
        assert found["extension"]["dataDate"] == f"{day}"
        assert ("1401 2026-10-31" in " ".join(found["note"])) == (table == "avbrott")
    assert f"till och med {UNTIL}" in client.get("/statistik/api/v2/tables/langd").content.decode()
    assert f"{UNTIL}" in client.get("/dcat.rdf").content.decode()
    text = client.get("/statistik/data/langd/").content.decode()
    assert "data till och med 31 oktober 2026" in text and "två gånger om året" in text


def test_what_is_not_told_yet_is_two_dots_in_the_api(client):
    asked = "valuecodes[lasar]=2027/28&valuecodes[hemkommun]=1401,1480&valuecodes[kon]=T"
    found = client.get(f"/statistik/api/v2/tables/avbrott/data?{asked}").json()
    assert list(found["dimension"]["hemkommun"]["category"]["index"]) == ["1480", "1401"]
    assert found["value"][1] is None and found["status"]["1"] == ".."
    assert found["value"][0] > 20


def test_the_report_and_the_feed_stand_too(client):
    assert client.get("/statistik/kommun/1401/rapport/").status_code == 200
    assert client.get("/statistik/kommun/1480/rapport.pdf").status_code == 200
    assert client.get("/statistik/atom.xml?kommun=1401").status_code == 200


def test_who_is_told_of_a_part_of_a_year_has_no_number_per_hundred_students_of_it(published):
    told = {f"2026/27|{place}|T": 500 for place in ("1401", "1480")}
    found = figures.build("kommuner", replace(published, students=told), Selection(("2026/27",)))
    assert {row.code for row in found.rows if row.values[1] is not None} == {"1480"}


def test_the_report_of_who_waits_says_no_number_that_there_is_not(published):
    for year in ("2026/27", "2027/28"):
        own = published.cell("avbrott", hemkommun="1401", lasar=year).value
        report = build(published, Selection((year,), ("1401",)), published)
        assert not any(".." in sentence for sentence in report.in_short), report.in_short
        waits = own is None
        assert ("väntar" in report.too_little[0], "lägre än" in report.too_little[0]) == (
            waits,
            not waits,
        )


def test_what_changed_is_told_of_code_lists(client):
    text = " ".join(client.get("/statistik/data/avbrott/").content.decode().split())
    assert "läsår har fått 2027/28" in text
    text = " ".join(client.get("/statistik/data/langd/").content.decode().split())
    assert "Publicering 2" in text
