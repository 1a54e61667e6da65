"""The cell key method: its table, its test vectors, an independent oracle, its promises."""

from decimal import Decimal
from itertools import pairwise
from math import ceil, sqrt
from statistics import disclosure
from statistics.disclosure import HELD_BACK, NOTHING, Count

import pandas
import pytest
from cell_key_perturbation.create_perturbed_table import create_perturbed_table
from hypothesis import given
from hypothesis import strategies as st

SECRET = b"test-secret"
keys = st.integers(0, disclosure.KEY_SPACE - 1)


@pytest.mark.parametrize(
    ("record", "key"),
    [("A1", 549067573), ("A2", 2414958485), ("A3", 1741942247), ("A4", 468056987)],
)
def test_record_keys_are_those_of_the_specification(record, key):
    assert disclosure.record_key(SECRET, record) == key


@pytest.mark.parametrize(
    ("count", "key", "published"),
    [
        (0, 0, 0),
        (1, 549067573, 0),
        (2, 2964026058, 3),
        (3, 411001009, 0),
        (4, 879057996, 3),
        (5, 2062708170, 5),
        (8, 17380179, 4),
        (10, 3698305851, 12),
    ],
)
def test_cells_of_the_first_records_are_those_of_the_specification(count, key, published):
    records = [disclosure.record_key(SECRET, f"A{i}") for i in range(1, count + 1)]
    assert disclosure.cell_key(records) == key
    assert disclosure.perturb(count, key) == published


@pytest.mark.parametrize(
    ("millionths", "published"), [(0, 0), (734469, 0), (734470, 3), (999999, 6)]
)
def test_a_count_of_one_changes_at_the_bounds_of_the_table(millionths, published):
    if millionths == 734470:
        # The first whole key at the bound, and the last one below it.
        first = -(-734470 * disclosure.KEY_SPACE // 10**6)
        assert disclosure.perturb(1, first - 1) == 0
        assert disclosure.perturb(1, first) == published == 3
    else:
        assert disclosure.perturb(1, millionths * disclosure.KEY_SPACE // 10**6) == published


def test_each_row_of_the_table_covers_the_keys_without_bias():
    for count, row in enumerate(disclosure.perturbation_table()):
        bounds = [0, *(bound for bound, _ in row)]
        weights = [b - a for a, b in pairwise(bounds)]
        mean = sum(w * change for w, (_, change) in zip(weights, row, strict=True))
        assert bounds[-1] == 10**6, count
        assert min(weights) > 0, count
        assert mean == 0, count


def test_an_independent_implementation_publishes_the_same():
    """The package of the British statistics office, on 256 keys, for counts from 1 to 40."""
    step = disclosure.KEY_SPACE // 256
    rows = [
        (count, key, disclosure.perturb(count, key * step) - count)
        for count in range(1, 751)
        for key in range(256)
    ]
    ptable = pandas.DataFrame(rows, columns=["pcv", "ckey", "pvalue"])
    people = [
        (f"g{group}", "x", disclosure.record_key(SECRET, f"{group}-{i}") % 256)
        for group in range(1, 41)
        for i in range(group)
    ]
    data = pandas.DataFrame(people, columns=["group", "other", "key"])
    theirs = create_perturbed_table(data, ptable, ["group"], ["other"], "key", threshold=0)
    for group, published in zip(theirs["group"], theirs["count"], strict=True):
        own = [key * step for name, _, key in people if name == group]
        assert disclosure.perturb(len(own), disclosure.cell_key(own)) == published


@given(st.integers(0, 10_000), keys)
def test_a_published_count_is_never_one_or_two_and_at_most_five_off(count, key):
    published = disclosure.perturb(count, key)
    assert published not in (1, 2)
    assert published >= 0
    assert abs(published - count) <= disclosure.LARGEST_CHANGE


@given(keys)
def test_zero_stays_zero(key):
    assert disclosure.perturb(0, key) == 0


@given(st.lists(keys, max_size=50), st.randoms())
def test_the_order_of_the_records_does_not_matter(records, random):
    shuffled = list(records)
    random.shuffle(shuffled)
    assert disclosure.cell_key(shuffled) == disclosure.cell_key(records)


def test_a_key_outside_its_space_is_refused():
    with pytest.raises(ValueError, match="below 2"):
        disclosure.perturb(3, disclosure.KEY_SPACE)


@given(st.lists(st.integers(0, 500), min_size=2, max_size=20))
def test_a_sum_of_cells_carries_its_uncertainty(values):
    total = disclosure.add(Count(value) for value in values)
    assert (total.value, total.cells) == (sum(values), len(values))
    assert total.margin == ceil(2 * sqrt(3 * len(values)))


def test_one_cell_is_at_most_five_off():
    assert Count(12).margin == 5


def test_a_blocked_part_blocks_the_sum():
    assert disclosure.add([Count(40), HELD_BACK, Count(3)]) == HELD_BACK


def test_structural_zeros_add_nothing():
    assert disclosure.add([Count(40), NOTHING]) == Count(40)
    assert disclosure.add([NOTHING, NOTHING]) == NOTHING
    assert disclosure.add([]) == NOTHING


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(10, 20, 50), (1, 8, None), (5, 19, None), (25, 20, 100), (0, 40, 0), (1, 200, 1), (3, 40, 8)],
)
def test_shares_are_whole_per_cent_of_at_least_twenty(part, whole, expected):
    assert disclosure.share(Count(part), Count(whole)) == expected


def test_there_is_no_share_of_what_is_blocked():
    assert disclosure.share(HELD_BACK, Count(100)) is None
    assert disclosure.share(Count(10), HELD_BACK) is None


@pytest.mark.parametrize(
    ("students", "shown"), [(0, None), (17, None), (18, 20), (22, 20), (23, 25), (1003, 1005)]
)
def test_numbers_of_students_are_rounded_to_five_and_at_least_twenty(students, shown):
    assert disclosure.rounded_students(students) == shown


def test_interruptions_per_hundred_students_have_one_decimal():
    assert disclosure.per_hundred(Count(33), 1000) == Decimal("3.3")
    assert disclosure.per_hundred(Count(33), None) is None
    assert disclosure.per_hundred(HELD_BACK, 1000) is None


@pytest.mark.parametrize(("base", "open_"), [(None, False), (9, False), (10, True)])
def test_a_sensitive_variable_is_open_over_a_published_base_of_ten(base, open_):
    assert disclosure.passes_base(base) is open_


TREE = {"G": ("a", "b"), "H": ("c",), "T": ("G", "H")}
LEAVES = {"a": "a", "b": "b", "c": "c", "G": "ab", "H": "c", "T": "abc"}


@given(st.sets(st.sampled_from("abcGHT")))
def test_raising_covers_the_same_values_once_with_the_fewest_cells(chosen):
    result = disclosure.raised(chosen, TREE)
    covered = "".join(LEAVES[value] for value in result)
    assert sorted(covered) == sorted(set("".join(LEAVES[value] for value in chosen)))
    assert len(result) <= len(chosen)


def test_all_children_become_their_group_and_all_groups_the_total():
    assert disclosure.raised(["a", "b"], TREE) == ("G",)
    assert disclosure.raised(["a", "b", "c"], TREE) == ("T",)
    assert disclosure.raised(["a", "c"], TREE) == ("H", "a")


def test_two_counts_differ_for_sure_only_beyond_the_protection_of_both():
    assert not disclosure.certainly_different(Count(20), Count(30))
    assert disclosure.certainly_different(Count(20), Count(31))
    assert not disclosure.certainly_different(HELD_BACK, Count(31))
