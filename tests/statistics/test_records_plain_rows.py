"""The short way gives the line of the long way, or none."""

from datetime import date
from statistics.ingestion import copying, reader, schema
from statistics.ingestion.checks import Context
from statistics.ingestion.findings import UnusableFile

import pytest
from django.conf import settings
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from . import records
from .records import ACTIVITY, INTERRUPTION, csv_bytes

NUMBER = records.personal_number()
MALE = records.personal_number("20070228", "119")
CONTEXT = Context(
    source="gr-demo",
    today=date(2026, 11, 24),
    municipalities=frozenset({"1480", "1440", "0180"}),
    school_units=frozenset({records.SCHOOL}),
    sources={"gr-demo": 1, "annan": 2},
)
ANY = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["", " ", "\\", "\\N", "\\t", "#FEL!", NUMBER, NUMBER[2:], "=1+1", "x" * 70,
                     f"{NUMBER[:8]}-{NUMBER[8:]}", "２００８", "1E5", "\u200b", "0", "9" * 12]),
)  # fmt: skip
DAYS = ["2025-10-01", "2025-09-30", "2026-01-01", "2026-11-24", "2026-11-25", "2025-02-30",
        "1990-01-01", " 2025-10-01 ", "20251001", "45931"]  # fmt: skip
VALUES = {
    "avbrott_id": ["A1", "Å\\1", f"X{NUMBER}", NUMBER[2:], "200801152398", f"A-{NUMBER[-4:]}",
                   " A2 ", "A\tB", NUMBER[2:].lstrip("0")],
    "elev": ["elev-1", NUMBER, MALE, f"{NUMBER[2:8]}-{NUMBER[8:]}", NUMBER[:-1] + "0", "å"],
    "kon": ["K", "M", "k", ""],
    "fodelsear": ["2008", "2007", "1980", "08", ""],
    "hemkommun": ["1480", "1440", "9999", "0180"],
    "skolenhet": [records.SCHOOL, "99000002", "9"],
    "program": ["NA25", "na", "IMVBA", "QQ"],
    "arskurs": ["", "1", "5"],
    "avbrottsdatum": DAYS,
    "aterstart": ["", *DAYS],
    "examensdatum": ["", *DAYS],
    "aktivitet": ["", "ARB", "arb", "OKD", "JOBB"],
    "aktivitet_datum": ["", *DAYS],
    "orsak": ["", "FEL", "fel", "?"],
    "Okänd": ["", "x", NUMBER],
}  # fmt: skip
ROW = INTERRUPTION | {"Okänd": ""}
# Mostly rows with one or two things out of the ordinary: the others are refused too soon.
ROWS = st.dictionaries(st.sampled_from(list(VALUES)), st.none(), max_size=4).flatmap(
    lambda columns: st.fixed_dictionaries(
        {column: st.one_of(st.sampled_from(VALUES[column]), ANY) for column in columns}
    )
)


def both_ways(data):
    """The lines of the short way and of the long way, and what the long way found."""
    table = reader.read(data)
    rules = schema.RULES[table.kind.code]
    plain = rules.plain(table, CONTEXT)
    for record in table.records():
        warnings = []
        check, found = schema.examined(table, record, CONTEXT, warnings, rules.read)
        long = None if check.errors or warnings else copying.line(found)
        yield plain(record), long


@hypothesis_settings(max_examples=400)
@given(ROWS, st.sampled_from([list(ROW), [c for c in ROW if c not in ("kon", "orsak")]]))
@example({"elev": NUMBER, "kon": "", "fodelsear": ""}, list(ROW))
@example({"elev": NUMBER, "kon": "M"}, list(ROW))
@example({"avbrott_id": "A\\1"}, list(ROW))
def test_where_the_short_way_gives_a_line_it_is_that_of_the_long_way(changes, header):
    try:
        ways = list(both_ways(csv_bytes([ROW | changes], header=header)))
    except UnusableFile:  # a control character: no row of it comes this far
        return
    for short, long in ways:
        assert short is None or short == long


@given(st.integers(1, 200))
def test_a_row_that_is_cut_off_or_too_wide_is_treated_alike(length):
    data = csv_bytes([ROW, ROW | {"avbrott_id": "B"}])
    for changed in (data[:-length], data.rstrip() + b";mer;" * (length % 3)):
        try:
            ways = list(both_ways(changed))
        except UnusableFile:
            continue
        for short, long in ways:
            assert short is None or short == long


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"elev": NUMBER, "kon": "", "fodelsear": ""},
        {"elev": f"{NUMBER[2:8]}-{NUMBER[8:]}", "kon": "M"},
        {"aterstart": "2026-01-01", "examensdatum": "2026-06-01", "orsak": "FEL"},
        {"aktivitet": "ARB", "aktivitet_datum": "2025-12-01", "arskurs": "", "Okänd": "text"},
    ],
)
def test_ordinary_rows_go_the_short_way(changes):
    ((short, long),) = both_ways(csv_bytes([ROW | changes]))
    assert short is not None
    assert short == long


def test_nearly_all_rows_of_the_sample_file_go_the_short_way():
    data = (settings.ROOT / "fixtures/records/studieavbrott-syntetisk.csv").read_bytes()
    table = reader.read(data)
    codes = {"hemkommun": set(), "skolenhet": set()}
    for row in table:
        for column, found in codes.items():
            found.add(row.values[column])
    context = Context("gr-demo", CONTEXT.today, codes["hemkommun"], codes["skolenhet"], {})
    plain = schema.RULES["interruptions"].plain(table, context)
    lines = [plain(record) for record in table.records()]
    assert sum(line is not None for line in lines) > 0.99 * len(lines)


ACTIVITIES = {
    "elev": ["", *VALUES["elev"]],
    "avbrott_id": ["", *VALUES["avbrott_id"]],
    "kalla": ["", "gr-demo", "annan", "okand"],
    "datum": DAYS,
    "aktivitet": ["", "ARB", "arb", "OKD", "JOBB"],
    "Okänd": ["", "x", NUMBER],
}
ACTIVITY_ROWS = st.dictionaries(st.sampled_from(list(ACTIVITIES)), st.none(), max_size=4).flatmap(
    lambda columns: st.fixed_dictionaries(
        {column: st.one_of(st.sampled_from(ACTIVITIES[column]), ANY) for column in columns}
    )
)
WITH_OTHER = [*ACTIVITY, "Okänd"]


@hypothesis_settings(max_examples=300)
@given(ACTIVITY_ROWS, st.sampled_from([WITH_OTHER, ["elev", "datum", "aktivitet"]]))
@example({"elev": NUMBER, "avbrott_id": f"X{NUMBER}"}, WITH_OTHER)
@example({"elev": NUMBER, "avbrott_id": NUMBER[2:].lstrip("0")}, WITH_OTHER)
@example({"elev": "", "avbrott_id": "A\\1", "kalla": "annan"}, WITH_OTHER)
def test_activities_go_the_short_way_only_where_it_is_the_same(changes, header):
    try:
        ways = list(both_ways(csv_bytes([ACTIVITY | {"Okänd": ""} | changes], header=header)))
    except UnusableFile:
        return
    for short, long in ways:
        assert short is None or short == long


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"elev": NUMBER},
        {"elev": "", "avbrott_id": "A\\1", "kalla": "annan", "aktivitet": ""},
        {"elev": "elev-1", "avbrott_id": "A1"},
    ],
)
def test_ordinary_activities_go_the_short_way(changes):
    ((short, long),) = both_ways(csv_bytes([ACTIVITY | changes]))
    assert short is not None
    assert short == long
