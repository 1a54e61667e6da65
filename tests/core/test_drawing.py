"""The process that draws: it is there when asked, replaced when it dies, gone when it rests."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from pluginnovation.core import drawing
from pluginnovation.embedded_postgres import ROOT

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20">
<text y="15" font-family="Atkinson Hyperlegible Next">Mölndal ”x”</text></svg>"""
PNG = b"\x89PNG"


@pytest.fixture
def helper():
    helper = drawing.Helper(idle=60, longest=20)
    yield helper
    helper.stop()


def ask(helper):
    return bytes.fromhex(helper.ask(DRAWING))


def test_a_helper_that_was_killed_is_replaced_and_nobody_notices(helper):
    first = ask(helper)
    assert first.startswith(PNG)
    helper._process.kill()
    assert ask(helper) == first


def test_what_cannot_be_drawn_is_said_and_the_helper_goes_on(helper):
    with pytest.raises(drawing.NotDrawn):
        helper.ask("<svg")
    process = helper._process
    assert ask(helper) and helper._process is process


def test_a_helper_that_comes_to_no_end_is_ended(helper, monkeypatch):
    monkeypatch.setattr(drawing, "_TRIES", 1)
    helper._longest = 0.01
    with pytest.raises(drawing.NotDrawn):
        ask(helper)
    assert helper._process is None


def test_a_helper_that_nobody_asks_is_gone(helper):
    helper._idle = 0.05
    ask(helper)
    deadline = time.monotonic() + 5
    while helper._process is not None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert helper._process is None


def test_the_helper_ends_with_the_process_that_asked():
    code = (
        "from pluginnovation.core import drawing; import os;"
        'drawing.png(\'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\');'
        "print(drawing._helper._process.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    pid, deadline = int(run.stdout), time.monotonic() + 5
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not alive(pid)


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_no_web_process_loads_the_engine_or_the_large_dictionary():
    code = (
        "import sys, django; django.setup();"
        "from django.urls import get_resolver; get_resolver().url_patterns;"
        "from knowledge.browse import words_query; words_query('avbrotten');"
        "heavy = {'vl_convert', 'polars', 'rdflib', 'pandas', 'numpy'} & set(sys.modules);"
        "lines = open('/proc/self/status').read().split('VmRSS:')[1].split();"
        "print(*heavy, int(lines[0]) // 1024)"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "pluginnovation.settings.test"}
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT,
        env={
            "PATH": "/usr/bin:/bin",
            "DATABASE_URL": "postgresql://x@127.0.0.1:1/x",
            **environment,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    *heavy, megabytes = run.stdout.split()
    assert heavy == [] and int(megabytes) < 200, run.stdout
