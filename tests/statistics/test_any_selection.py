"""Whatever one asks for, in whatever order and by whatever path, it is the same number."""

import csv
import io
import json
from collections import defaultdict
from itertools import product
from statistics import figures, tables
from statistics.disclosure import raised
from statistics.selection import NAMES as selection_names
from statistics.selection import parse

import pytest
from django.http import QueryDict
from django.utils.http import urlencode
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from .by_hand import by_hand, rows_by_hand
from .figures_factory import published_region
from .shown import parsed, text_of

pytestmark = pytest.mark.django_db
YEARS = ["2023/24", "2024/25", "2025/26"]


published = published_region(700)


@pytest.fixture(scope="module")
def region(published, django_db_blocker):
    """One publication, and its records as they are counted by hand."""
    with django_db_blocker.unblock():
        return published, rows_by_hand()


values = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "1480",
            "1440",
            "T",
            "",
            "2024/25",
            "K",
            "M",
            "YP",
            "HF",
            "skola",
            "hem",
            "NA",
            "17",
            "10000001",
        ]
    ),
)
names = st.sampled_from([*selection_names, "x", "sida", "publicering"])


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(["/statistik/", "/statistik/jamfor/"]),
    st.lists(st.tuples(names, values), max_size=8),
)
def test_no_query_string_breaks_a_page(published, client, address, pairs):
    response = client.get(address, pairs and _query(pairs))
    assert response.status_code == 200
    parsed(response)
    assert client.get("/statistik/tabell/alder.csv", _query(pairs)).status_code in (200, 404)


def _query(pairs):
    found = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


# Each table as the dashboard shows it: the figure, what its rows are of, its column, and the
# parameter that a variable of the table is chosen by. Of *column* variables one is chosen.
SHOWN = {
    "avbrott": ("alder", "alder", "antal", ("hemkommun", "lasar", "kon", "programtyp")),
    "avbrott-skola": ("skolor", "skolenhet", "antal", ("skolkommun", "lasar", "kon")),
    "avbrott-manad": ("manader", "manad", "antal", ("hemkommun", "kon")),
    "langd": ("langd", "langd", "antal-{kon}", ("hemkommun", "lasar")),
    "aktivitet": ("aktivitet", "aktivitet", "antal", ("hemkommun", "lasar")),
    "flode": ("flode", "utfall", "antal-{efter}", ("hemkommun", "lasar")),
    "examen": ("examen", "lasar", "{examen}", ("hemkommun", "kon", "programtyp")),
    "program": ("program", "program", "antal", ("hemkommun", "lasar")),
}
COLUMNS = {
    "langd": ("kon", "KM"),
    "flode": ("efter", tables.FOLLOW_UPS),
    "examen": ("examen", "TJ"),
}
IN_COLUMN = {"T": "avbrott", "J": "examen"}
PLACES = {"hemkommun", "skolkommun"}
CHOSEN = {"lasar": YEARS, "skolkommun": ["1480", "1440", "1401"]}  # where there are schools


@st.composite
def questions(draw, table):
    """Several values of each variable that is chosen, and one of what the rows and columns are."""
    *_, chosen = SHOWN[table]
    asked = {}
    for variable in chosen:
        listed = CHOSEN.get(variable) or list(tables.VARIABLES[variable].labels)
        few = st.lists(st.sampled_from(listed), min_size=1, max_size=4, unique=True)
        everything = st.just(listed)
        kinds = [few, everything] if variable == "lasar" else [few, everything, st.just([])]
        asked[variable] = draw(st.one_of(*kinds))
    column = COLUMNS.get(table)
    return (
        asked,
        draw(st.integers(0, 200)),
        draw(st.sampled_from(list(column[1]))) if column else "",
    )


def on_the_page(client, table, asked, at, column):
    """The code and the value of a row in the figure's file, with the values in this order."""
    figure, _, name, _ = SHOWN[table]
    query = [
        (v if v not in PLACES else "kommun", code) for v, codes in asked.items() for code in codes
    ]
    query += [("perspektiv", "skola")] if "skolkommun" in asked else []
    found = client.get(f"/statistik/tabell/{figure}.json?{urlencode(query)}").json()
    rows, columns = (list(found["dimension"][one]["category"]["index"]) for one in found["id"])
    variable = COLUMNS[table][0] if table in COLUMNS else ""
    title = name.format(**{variable: IN_COLUMN.get(column, column)} if variable else {})
    here = at % len(rows)
    return rows[here], found["value"][here * len(columns) + columns.index(title)]


def summed(values):
    """None where one is not shown, as rule 2 has it; what cannot exist counts for nothing."""
    values = [one for one in values if one != "-"]
    return None if ".." in values or not values else sum(values)


def by_the_api(client, table, asked):
    """One question with lists in POST; its cells added up."""
    selection = [{"variableCode": v, "valueCodes": list(codes)} for v, codes in asked.items()]
    answer = client.post(
        f"/statistik/api/v2/tables/{table}/data",
        json.dumps({"selection": selection}),
        content_type="application/json",
    ).json()
    marks = answer.get("status", {})
    return summed(
        marks.get(f"{at}", "..") if value is None else value
        for at, value in enumerate(answer["value"])
    )


@pytest.fixture(scope="module")
def whole_files(region):
    """Each table's file: the cell's codes -> its value or mark."""
    from django.test import Client

    found = {}
    for table in tables.TABLES:
        text = Client().get(f"/statistik/data/{table}.ren.csv").content.decode()
        _, *rows = csv.reader(io.StringIO(text))
        found[table] = {
            tuple(row[0].split("|")): row[-1] if row[-1] in ("..", "-") else int(row[-1])
            for row in rows
        }
    return found


@pytest.mark.parametrize("table", tables.TABLES)
def test_any_selection_is_the_same_number_by_any_path(published, whole_files, client, table):
    """The page's figure, the API, the whole file and the publication itself, of every table."""

    @settings(
        max_examples=8, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate)
    )
    @given(questions(table))
    def agree(question):
        asked, at, column = question
        code, shown = on_the_page(client, table, asked, at, column)
        turned = {v: list(reversed(codes)) for v, codes in reversed(asked.items())}
        assert on_the_page(client, table, turned, at, column) == (code, shown)
        cell = {v: codes for v, codes in asked.items() if codes} | {SHOWN[table][1]: [code]}
        if table in COLUMNS:
            cell[COLUMNS[table][0]] = [f"{column}"]
        up = {v: raised(codes, tables.CHILDREN.get(v, {})) for v, codes in cell.items()}
        total = published.total(table, **{v: tuple(codes) for v, codes in cell.items()})
        assert shown == total.value
        assert by_the_api(client, table, up) == total.value
        variables = tables.TABLES[table].variables
        cells = list(product(*(up.get(v, ("T",)) for v in variables)))
        if set(cells) <= set(whole_files[table]):  # the file holds a part of the larger tables
            assert summed(whole_files[table][one] for one in cells) == total.value

    agree()


def test_the_same_records_are_the_same_number_in_all_cells_of_all_tables(region):
    """All cells there are, put together by exactly which records they count."""
    (published, rows), alike = region, defaultdict(dict)
    for table in tables.TABLES.values():
        for cell, keys in by_hand(table, rows).items():
            count = published.cell(table.id, **dict(zip(table.variables, cell, strict=True)))
            if count.value is not None:
                alike[tuple(sorted(keys))][table.id, cell] = count.value
    several = [cells for cells in alike.values() if len({table for table, _ in cells}) > 1]
    assert len(several) > 200
    assert {table for cells in several for table, _ in cells} == set(tables.TABLES)
    for cells in alike.values():
        assert len(set(cells.values())) == 1, cells


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.sampled_from(list(tables.PLACES)), max_size=14),
    st.lists(st.sampled_from(YEARS), min_size=1, max_size=3),
    st.sampled_from(["", "K", "M"]),
)
def test_the_first_sentence_has_the_same_number_as_the_figures(
    published, client, chosen, asked, sex
):
    query = {"kommun": chosen, "lasar": asked, "kon": [sex]}
    selection = parse(_querydict(query), published.codes["lasar"], published.data_date)
    fixed = selection.chosen("hemkommun", "lasar", "kon")
    count = figures.headline_count(published, selection)
    assert count == published.total("avbrott", **fixed) == published.total("langd", **fixed)
    assert count.cells == max(1, len(selection.kommun)) * len(selection.lasar)
    data = client.get("/statistik/tabell/alder.json", query).json()
    assert data["value"][-2] == count.value


def _querydict(pairs):
    return QueryDict(urlencode(pairs, doseq=True))


def test_a_bad_value_is_dropped_with_a_sentence_and_escaped(published, client):
    page = text_of(client.get("/statistik/", {"kommun": ["<b>", "1480"]}))
    assert "”&lt;b&gt;” är inget giltigt värde för kommun och har lämnats utanför." in page
    assert "i Göteborg läsåret" in page


def test_a_selection_that_a_figure_lacks_is_said(published, client):
    page = text_of(client.get("/statistik/?kon=K&programtyp=YP"))
    assert "Urvalet av kön och programtyp gäller inte den här figuren." in page
