"""Whatever is sent, every row is accounted for, and sending it again changes nothing."""

from statistics.ingestion.withdrawal import withdraw
from statistics.models import Activity, CurrentInterruption, Interruption

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from . import records
from .records import take_in

ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "avbrott_id": st.sampled_from(["A", "B", "C", "D", ""]),
            "elev": st.sampled_from(["e1", "e2", records.personal_number(), "200801152380"]),
            "kon": st.sampled_from(["K", "M", ""]),
            "hemkommun": st.sampled_from(["1480", "1440", "9999"]),
            "aterstart": st.sampled_from(["", "2025-12-01", "2025-09-01"]),
            "aktivitet": st.sampled_from(["", "ARB", "VUX"]),
            "aktivitet_datum": st.sampled_from(["", "2025-11-01", "2025-12-01"]),
        }
    ).map(lambda values: records.interruption(**values)),
    min_size=1,
    max_size=6,
)
RIGHT_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "avbrott_id": st.sampled_from(["A", "B", "C", "D"]),
            "elev": st.sampled_from(["e1", "e2", records.personal_number()]),
            "aterstart": st.sampled_from(["", "2025-12-01", "2026-01-01"]),
            "aktivitet": st.sampled_from(["OKD", "ARB", "VUX"]),
            "aktivitet_datum": st.sampled_from(["2025-11-01", "2025-12-01"]),
        }
    ).map(lambda values: records.interruption(**values)),
    min_size=1,
    max_size=4,
    unique_by=lambda row: row["avbrott_id"],
)


def state():
    """What holds now, without the numbers of versions and batches."""
    fields = ("local_id", "pseudonym", "resumed_on", "activity_code", "activity_on")
    found = CurrentInterruption.objects.order_by("local_id").values_list(*fields)
    return [(row[0], bytes(row[1]), *row[2:]) for row in found]


class ImportProperties(TestCase):
    @classmethod
    def setUpTestData(cls):  # setUp would run outside of the transaction of each example
        records.make_school()
        cls.source = records.make_source()

    @given(ROWS)
    def test_every_row_is_new_changed_unchanged_or_wrong(self, rows):
        report = take_in(self.source, *rows)
        total = report.new + report.changed + report.unchanged + report.wrong
        assert total == report.rows == len(rows)
        assert report.has_errors == bool(report.wrong)
        assert Interruption.objects.count() == (0 if report.has_errors else report.new)

    @given(st.lists(RIGHT_ROWS, min_size=1, max_size=3))
    def test_importing_twice_equals_importing_once(self, files):
        for rows in files:
            assert not take_in(self.source, *rows).has_errors
        once, versions = state(), (Interruption.objects.count(), Activity.objects.count())
        again = take_in(self.source, *files[-1])
        assert (again.new, again.changed, again.unchanged) == (0, 0, len(files[-1]))
        assert state() == once
        assert (Interruption.objects.count(), Activity.objects.count()) == versions

    @given(RIGHT_ROWS, RIGHT_ROWS)
    def test_withdrawing_the_last_file_undoes_it(self, first, second):
        take_in(self.source, *first)
        before = state()
        withdraw(take_in(self.source, *second).batch)
        assert state() == before
