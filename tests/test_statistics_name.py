"""The app `statistics` and the standard library's module live under one name."""

import pickle
import subprocess
import sys

from django.apps import apps


def test_the_standard_names_are_there_and_right():
    from statistics import NormalDist, median, pstdev

    assert median([1, 5, 3]) == 3
    assert pstdev([2, 4, 4, 4, 5, 5, 7, 9]) == 2.0
    assert NormalDist(10, 2).cdf(10) == 0.5


def test_its_classes_pickle():
    from statistics import NormalDist

    assert pickle.loads(pickle.dumps(NormalDist(3, 1))) == NormalDist(3, 1)


def test_the_app_is_registered_under_that_name():
    assert apps.get_app_config("statistics").name == "statistics"


def test_the_package_wins_where_the_standard_module_came_first(tmp_path):
    """As under a pytest plugin or django-admin that imported it before the checkout was known."""
    code = (
        "import sys; sys.path = [p for p in sys.path if p]\n"
        "import statistics; assert not hasattr(statistics, '__path__')\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "import pluginnovation, statistics\n"
        "assert hasattr(statistics, '__path__') and statistics.mean([1, 3]) == 2\n"
    )
    from pluginnovation.embedded_postgres import ROOT

    subprocess.run([sys.executable, "-c", code, str(ROOT)], check=True, cwd=tmp_path)
