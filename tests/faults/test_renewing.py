"""A new version under visitors: no answer is lost, and none waits for code that loads."""

import os
import subprocess
import sys
import threading
import time
import urllib.request

import pytest

from pluginnovation import renew
from pluginnovation.embedded_postgres import ROOT

from ..running_site import free_port

pytestmark = pytest.mark.full
# As long as a version of the real size takes on a small machine.
LOADING = 3
APPLICATION = """
import pathlib, time
time.sleep({seconds})
version = pathlib.Path({file!r}).read_text().encode()
def application(environ, start):
    start("200 OK", [("Content-Length", str(len(version)))])
    return [version]
"""


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Gunicorn with the configuration of the house before an application that loads slowly."""
    version = tmp_path / "version"
    version.write_text("old")
    module = APPLICATION.format(seconds=LOADING, file=str(version))
    (tmp_path / "slow_site.py").write_text(module)
    monkeypatch.setattr(renew, "READY", tmp_path / "web" / renew.platform.node())
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "gunicorn", "--bind", address, "slow_site"]
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "PYTHONPATH": str(tmp_path)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        renew._wait(lambda: len(renew._ready()) == 2, "Gunicorn did not start")
        yield process, f"http://{address}/", version
    finally:
        process.terminate()
        process.wait(40)


class Visitor(threading.Thread):
    def __init__(self, address):
        super().__init__()
        self.address, self.seen, self.slowest, self.stopped = address, [], 0, False

    def run(self):
        while not self.stopped:
            begun = time.monotonic()
            try:
                with urllib.request.urlopen(self.address, timeout=10) as answer:
                    self.seen.append(answer.read().decode())
            except OSError as fault:
                self.seen.append(repr(fault))
            self.slowest = max(self.slowest, time.monotonic() - begun)
            time.sleep(0.01)


def test_no_answer_is_lost_or_waits_while_the_new_version_loads(site):
    process, address, version = site
    visitors = [Visitor(address) for _ in range(2)]
    for visitor in visitors:
        visitor.start()
    version.write_text("new")
    before = renew._ready()
    assert renew.renew(process.pid, "pass") == 2
    time.sleep(0.5)
    for visitor in visitors:
        visitor.stopped = True
        visitor.join()
    for visitor in visitors:
        assert set(visitor.seen) == {"old", "new"} and visitor.seen[-1] == "new"
        assert visitor.slowest < LOADING * 0.8
    assert len(renew._ready()) == 2 and not renew._ready() & before


def test_code_that_does_not_load_replaces_nothing(site):
    process, address, _ = site
    before = renew._ready()
    with pytest.raises(renew.Refused, match="does not load"):
        renew.renew(process.pid, "raise SystemExit(1)")
    assert renew._ready() == before
    with urllib.request.urlopen(address, timeout=10) as answer:
        assert answer.read() == b"old"
