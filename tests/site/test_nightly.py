"""What the timer does each night."""

import logging

from django.core.management.base import CommandError

from pluginnovation.site.management.commands import publish_due


def test_a_command_that_refuses_is_told_and_keeps_no_other_waiting(monkeypatch, caplog):
    ran = []

    def run(name, verbosity):
        ran.append(name)
        if name == "publish_figures":
            raise CommandError("Kungälv ligger efter.")

    monkeypatch.setattr(publish_due, "survey", lambda: ran.append("survey"))
    monkeypatch.setattr(publish_due, "call_command", run)
    with caplog.at_level(logging.ERROR):
        publish_due.Command()._nightly(verbosity=0)
    assert ran == [
        "survey",
        "delete_old_answers",
        "apply_retention",
        "publish_figures",
        "tend_subscriptions",
        "remind_reviews",
    ]
    assert "publish_figures: Kungälv ligger efter." in caplog.text
