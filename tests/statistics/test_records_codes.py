import datetime
from statistics import codes

import pytest

from pluginnovation.core.models.places import GOTEBORG_REGION


@pytest.mark.parametrize(
    ("study_path", "programme"),
    [
        ("NA", "NA"),
        ("NANAT", "NA"),
        ("BA25", "BA"),
        ("BABAN0A", "BA"),
        ("HV", "FR"),
        ("HAHAN", "FS"),
        ("FX", "FL"),
        ("TX25", "TA"),
        ("IM", "IM"),
        ("IMVBA", "IMV"),
        ("IMPRO", "IMV"),
        ("IMSPR", "IMS"),
        ("IMS", "IMS"),
        ("IB001", "IB"),
        ("AN", "AN"),
        ("VI25", "VI"),
    ],
)
def test_a_study_path_counts_with_the_programme_of_its_longest_known_prefix(study_path, programme):
    assert codes.programme_of(study_path).code == programme


@pytest.mark.parametrize("study_path", ["", "N", "QQ", "25BA", "na", "1234"])
def test_a_study_path_without_a_known_prefix_has_no_programme(study_path):
    assert codes.programme_of(study_path) is None


def test_every_older_code_has_a_programme_that_is_counted():
    assert set(codes.SUCCESSORS.values()) <= set(codes.PROGRAMMES)
    assert not set(codes.SUCCESSORS) & set(codes.PROGRAMMES)


def test_every_programme_has_a_type_with_a_name():
    assert {programme.type for programme in codes.PROGRAMMES.values()} == set(codes.PROGRAMME_TYPES)


def test_there_are_twenty_seven_activities_in_five_groups():
    assert list(codes.ACTIVITY_GROUPS) == ["UTB", "ARBG", "AKT", "SKAL", "UTAN"]
    assert len(codes.ACTIVITIES) == len(codes.GROUP_OF_ACTIVITY) == 27
    assert codes.GROUP_OF_ACTIVITY[codes.UNKNOWN_ACTIVITY] == "UTAN"


def test_the_region_is_the_same_thirteen_as_in_the_register_of_places():
    assert set(codes.REGION) == GOTEBORG_REGION


@pytest.mark.parametrize(
    ("day", "label"),
    [
        ("2024-06-30", "2023/24"),
        ("2024-07-01", "2024/25"),
        ("2024-12-31", "2024/25"),
        ("1999-09-01", "1999/00"),
    ],
)
def test_the_school_year_turns_on_the_first_of_july(day, label):
    assert codes.school_year(datetime.date.fromisoformat(day)) == label


def test_municipalities_outside_the_region_count_as_others():
    assert codes.region_code("1480") == "1480"
    assert codes.region_code("0180") == "OVR"
