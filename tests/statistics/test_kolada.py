"""The import from Kolada: what it stores, what it refuses, and how it goes on after a stop."""

from decimal import Decimal
from io import StringIO
from statistics import national
from statistics.models import Indicator, IndicatorFetch, IndicatorValue, SimilarMunicipalities
from statistics.national.kolada import client as kolada_client
from statistics.national.kolada import importing

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from pluginnovation.core import generation

from .kolada_server import ABOUT, TITLE, observation, page, running, value

pytestmark = pytest.mark.django_db
KPI, DATA, GROUPS = "/v3/kpi/N17445", "/v3/data/kpi/N17445/year", "/v3/municipality_groups"
SIMILAR = {
    "id": "G1",
    "title": "Liknande kommuner gymnasieskola, Göteborg, 2024",
    "members": [{"member_id": "1280", "member_title": "Malmö"}, {"member_id": "0180"}],
}


@pytest.fixture
def kolada(monkeypatch):
    """The server with two years: 2023 on one page, 2024 on two. Nobody waits."""
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    with running() as server:
        server.answers |= {
            KPI: page([ABOUT]),
            f"{DATA}/2023": page(
                [
                    observation("1480", 2023, value(70.5), value(74.0, "K"), value(67.25, "M")),
                    observation("0000", 2023, value(72.0)),
                ]
            ),
            (f"{DATA}/2024", "1"): page(
                [
                    observation("1480", 2024, value(71.2)),
                    observation("0014", 2024, value(1.0)),  # a region
                ],
                f"{server.base}/data/kpi/N17445/year/2024?per_page=5000&page=2",
            ),
            (f"{DATA}/2024", "2"): page(
                [
                    observation("0000", 2024, value(73.04)),
                    observation("1407", 2024, value(None)),
                    observation("1280", 2024, value(69.0)),
                    observation("0180", 2024, value(76.1)),
                ]
            ),
            GROUPS: page([SIMILAR]),
        }
        yield server


def run(server, *options, years=("2023", "2024")):
    out = StringIO()
    call_command(
        "import_kolada",
        "--kpi=N17445",
        f"--from-year={years[0]}",
        f"--to-year={years[1]}",
        f"--base-url={server.base}",
        "--pause=0",
        *options,
        stdout=out,
    )
    return out.getvalue()


def refused(server, *options, **more):
    with pytest.raises(CommandError) as error:
        run(server, *options, **more)
    return str(error.value)


def stored():
    return {
        (one.year, one.place, one.sex): one.value for one in IndicatorValue.objects.order_by("id")
    }


EXPECTED = {
    (2023, "1480", "T"): Decimal("70.5"),
    (2023, "1480", "K"): Decimal("74"),
    (2023, "1480", "M"): Decimal("67.25"),
    (2023, "0000", "T"): Decimal("72"),
    (2024, "1480", "T"): Decimal("71.2"),
    (2024, "0000", "T"): Decimal("73.04"),
    (2024, "1407", "T"): None,
    (2024, "1280", "T"): Decimal("69"),
    (2024, "0180", "T"): Decimal("76.1"),
}


def test_it_stores_every_page_with_its_words_and_where_it_is_from(kolada):
    before = timezone.now()
    said = run(kolada)
    assert "9 värden sparade, 2 år hämtade" in said and TITLE in said
    assert stored() == EXPECTED
    missing = IndicatorValue.objects.get(place="1407")
    assert missing.status == "Missing" and missing.source == "Kolada (RKA)"
    assert missing.fetched_at >= before
    indicator = Indicator.objects.get()
    assert (indicator.title, indicator.period) == (TITLE, 2025)
    assert str(indicator.published_on) == "2026-02-18"
    assert SimilarMunicipalities.objects.get(place="1480").members == ["1280", "0180"]
    assert kolada.agents == {"PlugInnovation (+http://testserver/om/)"}


def test_a_second_run_asks_for_nothing_that_is_fresh(kolada):
    run(kolada)
    kolada.asked.clear()
    assert "2 redan hämtade" in run(kolada)
    assert kolada.asked == [KPI, GROUPS]
    assert stored() == EXPECTED


def test_fetched_again_a_value_is_replaced_and_one_taken_back_is_gone(kolada):
    run(kolada)
    kolada.answers[f"{DATA}/2023"] = page(
        [
            observation("1480", 2023, value(70.9), value(None, "K", isdeleted=True)),
        ]
    )
    run(kolada, "--again")
    assert stored() == {
        key: number for key, number in EXPECTED.items() if key != (2023, "1480", "K")
    } | {(2023, "1480", "T"): Decimal("70.9")}


def test_a_dry_run_asks_and_stores_nothing(kolada):
    said = run(kolada, "--dry-run")
    assert "9 värden prövade, inget sparat" in said
    assert not any(
        model.objects.exists()
        for model in (Indicator, IndicatorValue, IndicatorFetch, SimilarMunicipalities)
    )


def test_killed_half_way_it_goes_on_with_the_page_it_had_not_stored(kolada, monkeypatch):
    """Killed after the first page of 2024: as a signal does it, not as an error of the server."""
    whole = importing.Run._page

    def killed(self, code, year, observations, following):
        if year == 2024 and not following:
            raise KeyboardInterrupt
        return whole(self, code, year, observations, following)

    monkeypatch.setattr(importing.Run, "_page", killed)
    with pytest.raises(KeyboardInterrupt):
        run(kolada)
    half = stored()
    assert 0 < len(half) < len(EXPECTED)
    monkeypatch.setattr(importing.Run, "_page", whole)
    kolada.asked.clear()
    run(kolada)
    assert kolada.asked == [KPI, f"{DATA}/2024?page=2", GROUPS]
    assert stored() == EXPECTED and IndicatorValue.objects.count() == len(EXPECTED)


def test_a_page_and_its_place_are_stored_together_or_not_at_all(kolada, monkeypatch):
    def fails(*arguments, **named):
        raise KeyboardInterrupt

    monkeypatch.setattr(IndicatorFetch.objects, "update_or_create", fails)
    with pytest.raises(KeyboardInterrupt):
        run(kolada)
    assert not stored()


def test_a_busy_server_is_given_the_time_it_asks_for(kolada, monkeypatch):
    waits = []
    monkeypatch.setattr("time.sleep", waits.append)
    first = kolada.answers[f"{DATA}/2023"]
    kolada.answers[f"{DATA}/2023"] = [(429, {"Retry-After": "7"}, b"{}"), 503, 503, first]
    run(kolada)
    assert stored() == EXPECTED
    asked_for, *grown = [wait for wait in waits if wait]
    assert asked_for == 7
    assert grown == sorted(grown) and len(grown) == 2


def test_what_one_key_figure_cannot_give_stops_no_other(kolada):
    kolada.answers["/v3/kpi/N17457"] = 500
    said = refused(kolada, "--kpi=N17457")
    assert "status 500" in said and "Kör igen" in said
    assert stored() == EXPECTED


def test_a_page_that_is_refused_later_lets_the_next_run_begin_the_year_anew(kolada):
    kolada.answers[f"{DATA}/2024", "2"] = [404, kolada.answers[f"{DATA}/2024", "2"]]
    refused(kolada)
    kolada.answers[f"{DATA}/2024", "2"].insert(0, 404)
    refused(kolada)
    run(kolada)
    assert stored() == EXPECTED


WRONG = {
    "no JSON": (b"<html>", "inte med JSON"),
    "not UTF-8": (b'{"values": "\xe5"}', "inte med JSON"),
    "deeper than can be read": (b"[" * 100_000, "inte med JSON"),
    "a list": (b"[]", "svaret"),
    "no values": ({"count": 0}, "values"),
    "a text for a number": (page([observation("1480", 2023, value("71,2"))]), "value"),
    "no number": (b'{"values": [{"kpi": "N17445", "municipality": "1480", "period": 2023,'
                  b' "values": [{"gender": "T", "value": NaN}]}]}', "value"),
    "another sex": (page([observation("1480", 2023, value(1.0, "X"))]), "gender"),
    "another year": (page([observation("1480", 1999, value(1.0))]), "N17445 1999"),
    "another key figure": (page([observation("1480", 2023, kpi="N00001")]), "N00001"),
    "a page on another server": (page([], "https://example.org/v3/x"), "annan server"),
    "a page beside the API": (page([], "/admin/"), "annan server"),
    "a page that comes again": (page([], "?per_page=5000"), "går runt"),
    "nothing there": (404, "status 404"),
    "a redirect": ((302, {"Location": "http://127.0.0.1:1/"}, b""), "status 302"),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_an_answer_of_another_shape_is_refused_with_what_is_wrong(kolada, kind):
    answer, words = WRONG[kind]
    kolada.answers[f"{DATA}/2023"] = answer
    said = refused(kolada, years=("2023", "2023"))
    assert words in said and "Kör igen" in said
    assert not any(year == 2023 for year, _, _ in stored())


def test_an_answer_without_end_is_cut_off(kolada, monkeypatch):
    monkeypatch.setattr(kolada_client, "MAX_BYTES", 100)
    assert "mer än 100 byte" in refused(kolada)


def test_a_server_that_is_not_there_is_told_of(kolada):
    kolada.base = "http://127.0.0.1:9/v3"
    assert "svarar inte" in refused(kolada)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--kpi=../../kpi"], "inget nyckeltal"),
        (["--from-year=2024", "--to-year=2020"], "inte efter det sista"),
        (["--base-url=file:///etc/passwd"], "https://"),
        (["--pause=-1"], "noll eller mer"),
    ],
)
def test_options_that_cannot_be_meant_are_refused(options, words):
    with pytest.raises(CommandError, match=words):
        call_command("import_kolada", *options)


def test_each_page_lets_kept_pages_of_the_site_go(kolada, monkeypatch):
    changed = []
    monkeypatch.setattr(generation, "changed", lambda: changed.append(1))
    run(kolada)
    assert len(changed) == 4  # three pages and the groups


def test_a_municipality_stands_beside_the_nation_and_those_like_it(
    kolada, django_assert_num_queries
):
    assert national.completion("1480") == []
    run(kolada)
    # 1 the key figures, 2 the similar ones, 3 all values, 4 the names of the similar ones
    with django_assert_num_queries(4):
        (found,) = national.completion("1480")
    assert (found.code, found.title, found.place) == ("N17445", TITLE, "1480")
    assert [year.year for year in found.years] == [2023, 2024]
    newest = found.latest
    assert (newest.own, newest.nation) == (Decimal("71.2"), Decimal("73.0"))
    assert newest.difference == Decimal("-1.8")
    assert (newest.similar, newest.similar_count) == (Decimal("72.6"), 2)
    assert found.years[0].similar is None
    assert found.similar_names == ("Malmö", "Stockholm")
    assert "Kolada" in found.source and "N17445" in found.source
    (hidden,) = national.completion("1407")
    assert hidden.latest is None and hidden.years[-1].nation == Decimal("73.0")


def test_a_year_whose_final_day_had_not_come_is_preliminary(kolada):
    kolada.answers[KPI] = page(
        [
            ABOUT
            | {
                "publ_period": "2024",
                "prel_publication_date": "2000-01-01",
                "publication_date": "2150-01-01",
            }
        ]
    )
    run(kolada)
    (found,) = national.completion("1480")
    assert [year.preliminary for year in found.years] == [False, True]
