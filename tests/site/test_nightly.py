"""What the timer does each night."""

import logging

import pytest
from django.core.management.base import CommandError
from django.db import OperationalError

from pluginnovation.site.management.commands import publish_due

ALL = [
    "check_pages",
    "delete_old_answers",
    "apply_retention",
    "publish_figures",
    "tend_subscriptions",
    "remind_reviews",
]


@pytest.fixture
def night(monkeypatch, caplog):
    """``night({"name": fault})``: the names of what ran, where some of it fails."""

    def runs(faults):
        ran = []

        def run(name, verbosity):
            ran.append(name)
            if name in faults:
                raise faults[name]

        monkeypatch.setattr(publish_due, "call_command", run)
        with caplog.at_level(logging.ERROR):
            publish_due.Command()._nightly(verbosity=0)
        return ran

    return runs


def test_a_command_that_refuses_is_told_and_keeps_no_other_waiting(night, caplog):
    assert night({"publish_figures": CommandError("Kungälv ligger efter.")}) == ALL
    assert "publish_figures: Kungälv ligger efter." in caplog.text


def test_a_command_that_breaks_is_told_and_ends_neither_the_others_nor_the_timer(night, caplog):
    assert night({"check_pages": ValueError("Invalid IPv6 URL")}) == ALL
    assert "check_pages did not come to its end" in caplog.text


def test_a_night_without_database_is_done_anew(night):
    with pytest.raises(OperationalError):
        night({"apply_retention": OperationalError("away")})
