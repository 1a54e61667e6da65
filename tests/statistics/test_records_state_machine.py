"""Import, correct, withdraw, re-send, quarantine and retention against a simple model.

The model is a list of deliveries, each a dictionary of rows by id; what holds is what the
newest delivery in force says of each id.
"""

import os
from datetime import date
from statistics import retention
from statistics.ingestion.withdrawal import affected, withdraw
from statistics.models import CurrentInterruption, ImportBatch, Interruption, QuarantinedRow

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from . import records
from .records import interruption, take_in

TODAY = date(2026, 11, 24)
RIGHT = {
    "aterstart": st.sampled_from(["", "2025-12-01", "2026-01-01"]),
    "orsak": st.sampled_from(["", "FEL"]),
}
# An interruption that retention takes, one that it leaves, and a row that is wrong.
BEGAN = st.sampled_from(["2025-10-01", "2025-10-01", "2016-01-01"])
WRONG = st.sampled_from([False, False, True])
FILES = st.dictionaries(
    st.sampled_from("ABCD"),
    st.tuples(st.fixed_dictionaries(RIGHT), BEGAN, WRONG),
    min_size=1,
)


class Records(RuleBasedStateMachine):
    files = Bundle("files")

    @initialize()
    def begin(self):
        self.block = transaction.atomic()
        self.block.__enter__()
        records.make_school()
        self.source = records.make_source()
        self.taken: list[tuple[int, dict]] = []  # batch, and its rows: what is right, or None
        self.gone: set[str] = set()

    def teardown(self):
        if hasattr(self, "block"):
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def _rows(self, file):
        for local_id, (values, began, wrong) in sorted(file.items()):
            row = interruption(avbrott_id=local_id, elev=f"elev-{local_id}", **values)
            old = {"avbrottsdatum": began, "fodelsear": "1999" if began < "2020" else "2008"}
            old |= {"aterstart": ""} if began < "2020" else {}
            yield row | old | ({"hemkommun": "9999"} if wrong else {})

    def _holds(self, until=None):
        """Id -> what the newest delivery in force says, of those that retention left."""
        held: dict[str, dict] = {}
        for _, rows in self.taken[:until]:
            held |= {key: row for key, row in rows.items() if row}
        return held

    def _waits(self):
        waiting: dict[str, int] = {}
        for batch, rows in self.taken:
            for key, row in rows.items():
                waiting.pop(key, None)
                if row is None:
                    waiting[key] = batch
        return waiting

    @rule(target=files, file=FILES)
    def write(self, file):
        return file

    @rule(file=files, accept=st.booleans(), dry_run=st.booleans())
    def send(self, file, accept, dry_run):
        rows = list(self._rows(file))
        right = {row["avbrott_id"]: row for row in rows if row["hemkommun"] == "1480"}
        held = self._holds()
        report = take_in(self.source, *rows, accept_valid=accept, dry_run=dry_run)
        new = {key for key in right if key not in held}
        same = {key for key in right if held.get(key) == right[key]}
        assert report.rows == len(rows)
        assert (report.new, report.unchanged) == (len(new), len(same))
        assert (report.changed, report.wrong) == (
            len(right) - len(new) - len(same),
            len(rows) - len(right),
        )
        taken = not dry_run and (accept or len(right) == len(rows))
        assert bool(report.batch) == taken
        if taken:
            told = {row["avbrott_id"]: right.get(row["avbrott_id"]) for row in rows}
            self.taken.append((report.batch.pk, told))

    @rule(file=consumes(files))
    def send_twice(self, file):
        self.send(file, accept=True, dry_run=False)
        before = Interruption.objects.count()
        self.send(file, accept=True, dry_run=False)
        assert Interruption.objects.count() == before

    @rule(back=st.integers(0, 3))
    def take_back(self, back):
        if not self.taken:
            return
        number = max(len(self.taken) - 1 - back, 0)
        batch = ImportBatch.objects.get(pk=self.taken[number][0])
        shown = [each.pk for each in affected(batch)]
        assert shown == [pk for pk, _ in reversed(self.taken[number:])]
        assert [each.pk for each in withdraw(batch)] == shown
        del self.taken[number:]

    @rule(dry_run=st.booleans())
    def retain(self, dry_run):
        retention.apply(dry_run=dry_run, today=TODAY)
        if dry_run:
            return
        young = {
            key
            for key in "ABCD"
            if Interruption.objects.filter(
                source=self.source, local_id=key, interrupted_on__gte="2017-01-01"
            ).exists()
        }
        for _, rows in self.taken:
            for key in [key for key, row in rows.items() if row and key not in young]:
                rows[key] = {}  # it settled a held row, and is there no more

    @invariant()
    def what_holds_is_what_the_model_says(self):
        if not hasattr(self, "source"):
            return
        found = CurrentInterruption.objects.filter(source=self.source)
        told = {
            each.local_id: (
                each.interrupted_on.isoformat(),
                each.resumed_on.isoformat() if each.resumed_on else "",
                each.reason or "",
            )
            for each in found
        }
        assert told == {
            key: (row["avbrottsdatum"], row["aterstart"], row["orsak"])
            for key, row in self._holds().items()
        }

    @invariant()
    def what_waits_is_what_the_model_says(self):
        if not hasattr(self, "source"):
            return
        held = QuarantinedRow.objects.waiting().filter(source=self.source)
        waiting = {row.key: row.batch_id for row in held}
        assert waiting == self._waits()


@pytest.mark.django_db
def test_records_do_what_the_model_does():
    many = os.environ.get("RECORDS_EXAMPLES")
    run_state_machine_as_test(
        Records,
        settings=settings(max_examples=int(many or 12), stateful_step_count=15, deadline=None),
    )
