"""What `make test` says where there is no browser."""

import pytest

from tests.browser import chromium


@pytest.fixture
def no_browser(monkeypatch):
    monkeypatch.setattr(chromium, "executable", lambda: None)
    monkeypatch.setattr(chromium, "_install_on_debian", lambda: None)


def test_elsewhere_it_says_in_one_line_what_is_missing_and_goes_on(no_browser, monkeypatch, capsys):
    monkeypatch.delenv("CI", raising=False)
    assert chromium.main() == 0
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert "playwright install chromium" in said


def test_under_ci_a_missing_browser_is_a_failure(no_browser, monkeypatch):
    monkeypatch.setenv("CI", "true")
    assert chromium.main() == 1


def test_nothing_is_installed_for_those_who_are_not_root(monkeypatch):
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(chromium.subprocess, "run", lambda *a, **k: pytest.fail("installed"))
    chromium._install_on_debian()


def test_the_chromium_that_is_there_is_found():
    assert chromium.executable() is None or chromium.Path(chromium.executable()).exists()
