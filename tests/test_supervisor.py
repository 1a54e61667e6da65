"""What `make run` does beside serving: the browser tests run the rest of it."""

import stat
import subprocess
import sys

from pluginnovation import serve
from pluginnovation.embedded_postgres import ROOT


def test_the_keys_of_an_installation_are_made_once_and_kept(tmp_path):
    first = serve.own_secrets(tmp_path)
    assert set(first) == set(serve.SECRETS)
    assert all(len(value) >= 50 for value in first.values())
    assert serve.own_secrets(tmp_path) == first


def test_a_key_that_came_later_is_added_to_the_others(tmp_path):
    first = serve.own_secrets(tmp_path)
    file = tmp_path / "secrets.env"
    lines = [line for line in file.read_text().splitlines() if "ORIGINALS_KEY" not in line]
    file.write_text("\n".join(lines) + "\n")
    second = serve.own_secrets(tmp_path)
    assert second["ORIGINALS_KEY"].startswith("AGE-SECRET-KEY-1")
    assert {k: v for k, v in second.items() if k != "ORIGINALS_KEY"} == {
        k: v for k, v in first.items() if k != "ORIGINALS_KEY"
    }


def test_only_the_owner_may_read_the_keys(tmp_path):
    serve.own_secrets(tmp_path)
    mode = (tmp_path / "secrets.env").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_keys_of_the_callers_environment_win(tmp_path, monkeypatch):
    monkeypatch.setattr(serve, "VAR", tmp_path)
    monkeypatch.setenv("SECRET_KEY", "given")
    environment = serve.environment("8123")
    assert environment["SECRET_KEY"] == "given"
    assert environment["SITE_URL"] == "http://127.0.0.1:8123"


def test_a_port_that_is_none_is_told_in_swedish():
    result = subprocess.run(
        [sys.executable, "-m", "pluginnovation.serve"],
        cwd=ROOT,
        env={"PORT": "åtta", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 2
    assert "inget portnummer" in result.stderr
