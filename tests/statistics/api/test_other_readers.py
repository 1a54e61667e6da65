"""Programs that others wrote read every table, and find the cells that are published."""

from itertools import product
from statistics import tables

import pytest
from pyaxis import pyaxis
from pyjstat import pyjstat

from .asking import API

pytestmark = pytest.mark.django_db


def published(figures, table, stat, named):
    """Each cell of the answer as it is published: its codes or labels, its number or mark."""
    variables = [code for code in stat["id"] if code != "ContentsCode"]
    categories = [stat["dimension"][code]["category"] for code in variables]
    found = {}
    for cell in product(*(category["index"] for category in categories)):
        count = figures.cell(table, **dict(zip(variables, cell, strict=True)))
        labels = tuple(c["label"][code] for c, code in zip(categories, cell, strict=True))
        found[labels if named else cell] = count.status or count.value
    return variables, found


@pytest.mark.parametrize("table", tables.TABLES)
def test_pyjstat_reads_every_table_cell_by_cell(ask, figures, table):
    answer = ask(f"{API}/tables/{table}/data")
    variables, expected = published(figures, table, answer.json(), named=False)
    frame = pyjstat.Dataset.read(answer.content.decode()).write("dataframe", naming="id")
    read = {
        tuple(row[code] for code in variables): row["value"] for row in frame.to_dict("records")
    }
    assert read.keys() == expected.keys() and len(read) > 3
    for cell, value in expected.items():
        # What is not shown is no number; which mark it has stands in ``status``.
        assert read[cell] == value or (isinstance(value, str) and read[cell] != read[cell])
    hidden = [value for value in expected.values() if isinstance(value, str)]
    assert len(answer.json().get("status", {})) == len(hidden)


@pytest.mark.parametrize("table", tables.TABLES)
def test_pyaxis_reads_every_table_cell_by_cell(ask, figures, table, tmp_path):
    stat = ask(f"{API}/tables/{table}/data").json()
    variables, expected = published(figures, table, stat, named=True)
    file = tmp_path / "table.px"
    file.write_bytes(ask(f"{API}/tables/{table}/data?outputFormat=px").content)
    frame = pyaxis.parse(str(file), encoding="utf-8", timeout=1)["DATA"]
    labels = [stat["dimension"][code]["label"] for code in variables]
    read = {
        # It takes the two dots for no number.
        tuple(row[label] for label in labels): str(row["DATA"]).strip('"').replace("nan", "..")
        for row in frame.to_dict("records")
    }
    assert read == {cell: str(value) for cell, value in expected.items()}
