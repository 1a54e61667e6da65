"""Every cell of the lattice equals a count by hand, and is published under its rules."""

from collections import Counter
from datetime import date, timedelta
from itertools import product
from statistics import cube, disclosure, publication, tables
from statistics.models import Publication

import pytest

from .by_hand import LENGTHS, by_hand, length, rows_by_hand
from .figures_factory import SECRET, UNTIL, batch, interruption, population, schools

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return population()


@pytest.mark.parametrize("table", tables.TABLES.values(), ids=lambda table: table.id)
def test_every_cell_equals_the_count_and_the_key_by_hand(region, table):
    expected = by_hand(table, rows_by_hand())
    with cube.frozen_rows(UNTIL):
        counted = cube.cells(table)
    assert len(counted) > 50
    assert counted == {
        cell: cube.Cell(len(keys), disclosure.cell_key(keys)) for cell, keys in expected.items()
    }


@pytest.mark.parametrize("table", tables.TABLES.values(), ids=lambda table: table.id)
def test_every_published_cell_follows_the_rules(region, table):
    """Never 1 or 2, at most 5 off; a sensitive variable only over a published base of 10."""
    exact = by_hand(table, rows_by_hand())
    publication.publish(UNTIL)
    figures = publication.newest()
    seen_blocked = False
    for codes_ in product(*(figures.codes[v] for v in table.variables)):
        cell = dict(zip(table.variables, codes_, strict=True))
        count = figures.cell(table.id, **cell)
        if table.sensitive and cell[table.sensitive] != "T":
            base = figures.cell(table.id, **{**cell, table.sensitive: "T"})
            assert (count.status == "..") == (base.value < 10)
            seen_blocked |= count.status == ".."
        if count.value is not None:
            assert count.value not in (1, 2)
            assert abs(count.value - len(exact.get(codes_, []))) <= 5
            assert count.value == 0 or codes_ in exact
    assert seen_blocked or not table.sensitive


def test_the_same_records_are_the_same_number_by_any_path(region):
    """A municipality's year in five tables; a school with and without its municipality."""
    publication.publish(UNTIL)
    figures = publication.newest()
    for year, place, sex in product(figures.codes["lasar"], ("1480", "1440", "T"), "KMT"):
        cell = {"lasar": year, "hemkommun": place, "kon": sex}
        assert figures.cell("avbrott", **cell) == figures.cell("langd", **cell)
    for year, place in product(figures.codes["lasar"], ("1480", "1440", "T")):
        cell = {"lasar": year, "hemkommun": place}
        alike = {figures.cell(t, **cell) for t in ("avbrott", "langd", "aktivitet", "program")}
        assert len(alike) == 1
    school = {"lasar": "2024/25", "skolenhet": "10000003"}
    whole = figures.cell("avbrott-skola", **school)
    assert whole == figures.cell("avbrott-skola", **school, skolkommun="1440")


def test_several_values_are_raised_and_then_summed(region):
    publication.publish(UNTIL)
    figures = publication.newest()
    year = "2024/25"
    both = figures.total("avbrott", lasar=year, kon=("K", "M"))
    assert both == figures.cell("avbrott", lasar=year)
    places = ("1480", "1440")
    summed = figures.total("avbrott", lasar=year, hemkommun=places)
    parts = [figures.cell("avbrott", lasar=year, hemkommun=place).value for place in places]
    assert (summed.value, summed.cells) == (sum(parts), 2)
    everywhere = figures.total("avbrott", lasar=year, hemkommun=tuple(tables.PLACES))
    assert everywhere == figures.cell("avbrott", lasar=year)


def test_lengths_and_ages_are_divided_at_the_bounds_of_the_record_format():
    schools()
    into, start = batch(), date(2022, 9, 10)
    ends = [0, *(last + more for last in LENGTHS.values() for more in (0, 1)), None]
    ages = (15, 16, 17, 18, 19, 20, 21)
    rows = [
        interruption(
            number,
            into,
            interrupted_on=start,
            resumed_on=start + timedelta(days=days) if days is not None else None,
            age=ages[number % len(ages)],
        )
        for number, days in enumerate(ends)
    ]
    type(rows[0]).objects.bulk_create(rows)
    with cube.frozen_rows(UNTIL):
        lengths = cube.cells(tables.TABLES["langd"])
        by_age = cube.cells(tables.TABLES["avbrott"])
    wanted = Counter(map(length, ends))
    assert wanted == {"L0": 2, "L1": 2, "L2": 2, "L3": 2, "L4": 2, "L5": 1, "PAG": 1}
    assert {code: lengths["1480", "2022/23", "K", code].count for code in wanted} == wanted
    assert by_age["1480", "2022/23", "K", "16", "T"].count == 4  # 15 and 16, twice each
    assert by_age["1480", "2022/23", "K", "20", "T"].count == 2  # 20 and 21


def test_a_school_outside_the_municipality_is_a_structural_zero(region):
    publication.publish(UNTIL)
    cell = publication.newest().cell(
        "avbrott-skola", lasar="2024/25", skolenhet="10000003", skolkommun="1480"
    )
    assert (cell.value, cell.status) == (None, "-")


def test_persons_are_counted_once_with_a_key_of_their_own():
    schools()
    into = batch()
    rows = [interruption(n, into, person=n // 2) for n in range(60)]
    type(rows[0]).objects.bulk_create(rows)
    publication.publish()
    figures = publication.newest()
    keys = [disclosure.record_key(SECRET, f"p{n}", b"pk1|") for n in range(30)]
    expected = disclosure.perturb(30, disclosure.cell_key(keys))
    assert figures.cell("personer", lasar="2024/25").value == expected


@pytest.mark.parametrize(
    "table", [*tables.TABLES.values(), tables.PERSONS], ids=lambda table: table.id
)
def test_no_table_opens_more_than_the_cap_allows(table):
    assert table.weight <= tables.WEIGHT_LIMIT
    assert sum(variable.sensitive for variable in table) <= 1
    if "manad" in table.variables:
        assert not {"skolenhet", "skolkommun"} & set(table.variables)
        assert table.sensitive is None


def test_a_school_weighs_two_and_a_school_year_nothing():
    assert tables.VARIABLES["skolenhet"].weight == 2
    assert tables.VARIABLES["lasar"].weight == 0
    assert all(
        v.weight == 1 for c, v in tables.VARIABLES.items() if c not in ("skolenhet", "lasar")
    )


def test_numbers_rise_and_old_publications_stay(region):
    first = publication.publish(UNTIL)
    before = bytes(Publication.objects.get(number=first.number).cells)
    second = publication.publish(date(2026, 6, 30))
    assert second.number == first.number + 1
    assert bytes(Publication.objects.get(number=first.number).cells) == before
    assert publication.newest().data_date == date(2026, 6, 30)


def test_unchanged_records_are_published_unchanged(region):
    first, second = publication.publish(UNTIL), publication.publish(UNTIL)
    assert bytes(first.cells) == bytes(second.cells)


def test_what_happened_after_the_data_date_is_not_counted():
    schools()
    into = batch()
    rows = [
        interruption(n, into, interrupted_on=date(2025, 9, 1), resumed_on=date(2026, 9, 1))
        for n in range(40)
    ]
    type(rows[0]).objects.bulk_create(rows)
    publication.publish(date(2026, 6, 30))
    figures = publication.newest()
    whole = figures.cell("langd", lasar="2025/26")
    assert figures.cell("langd", lasar="2025/26", langd="PAG") == whole
    assert figures.codes["lasar"][-1] == "2025/26"


def test_a_failing_publication_leaves_nothing_behind(region, monkeypatch):
    def broken(*args):
        raise RuntimeError("full disk")

    monkeypatch.setattr(publication.making, "packed", broken)
    with pytest.raises(RuntimeError):
        publication.publish(UNTIL)
    assert not Publication.objects.exists()


def test_without_records_there_is_nothing_to_publish():
    with pytest.raises(publication.NothingToPublish):
        publication.publish()
    assert publication.newest() is None


def test_an_unknown_variable_or_code_is_an_error(region):
    publication.publish(UNTIL)
    figures = publication.newest()
    with pytest.raises(KeyError):
        figures.cell("flode", lasar="2024/25", efter="3", kon="K")
    with pytest.raises(KeyError):
        figures.cell("avbrott", lasar="1999/00")


def test_reading_takes_two_queries_and_then_one(region, django_assert_num_queries):
    publication.publish(UNTIL)
    with django_assert_num_queries(2):  # the newest number; its cells
        publication.newest()
    with django_assert_num_queries(1):  # the newest number
        publication.newest()
