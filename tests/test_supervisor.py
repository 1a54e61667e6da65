"""What `make run` does beside serving: the browser tests run the rest of it."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time

import psutil
import pytest

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


def test_a_second_supervisor_is_told_where_the_first_one_answers(tmp_path, monkeypatch):
    monkeypatch.setattr(serve, "VAR", tmp_path)
    with serve.alone("8123"), pytest.raises(serve.Refused, match=r"igång.*127\.0\.0\.1:8123/"):
        serve.alone("8124")
    with serve.alone("8124"):
        assert (tmp_path / "supervisor.lock").read_text() == "8124"


def test_a_port_that_another_program_has_is_told_before_anything_is_begun(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        result = subprocess.run(
            [sys.executable, "-m", "pluginnovation.serve"],
            cwd=ROOT,
            env={**os.environ, "PORT": port, "VAR_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
        )
    assert result.returncode == 1
    assert f"Port {port} går inte att använda" in result.stderr
    assert not result.stdout and not (tmp_path / "secrets.env").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells that a parent died")
def test_a_supervisor_that_is_killed_takes_its_processes_along():
    code = (
        "import subprocess\nfrom pluginnovation import serve\n"
        "real = subprocess.Popen\n"
        "serve.subprocess.Popen = lambda command, **kept: real(['sleep', '60'], **kept)\n"
        "print(*[one.pid for one in serve.start_processes('1', {})], flush=True); input()"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as supervisor:
        pids = [int(pid) for pid in supervisor.stdout.readline().split()]
        supervisor.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while (left := [pid for pid in pids if _lives(pid)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(pids) == 3 and not left


def _lives(pid: int) -> bool:
    try:
        # A dead one that nobody has asked for yet is a zombie.
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
