"""``systemctl reload``: new code takes over, one process after the other, and nobody waits.

Gunicorn's own reload (HUP) stops the old processes while the new ones still load, and whoever
asks meanwhile waits. Here gunicorn is asked for one process more (TTIN), which loads the new
code as nothing is loaded before processes part; when it is ready, the oldest may go (TTOU), which
ends when what it does is done. The number of processes is the same afterwards.

``python -m pluginnovation.renew PID`` with gunicorn's first process. Code that does not load
changes nothing. ``gunicorn.conf.py`` itself is read by a restart alone.
"""

import os
import platform
import signal
import subprocess
import sys
import time

from pluginnovation.serve import ROOT, VAR

# Where each process that is ready has a file of its number (gunicorn.conf.py).
READY = VAR / "web" / platform.node()
SECONDS = 120
LOADS = "import pluginnovation.wsgi"


class Refused(Exception):
    """Why nothing more was done."""


def renew(master: int, loads: str = LOADS) -> int:
    """Replace every process that is there now; returns how many they were."""
    old = _ready()
    if not old:
        raise Refused(f"No web process is ready: {READY} is empty.")
    if subprocess.run([sys.executable, "-c", loads], cwd=ROOT).returncode:  # noqa: S603
        raise Refused("The new code does not load: the old processes go on.")
    while left := old & _ready():
        known = _ready()
        os.kill(master, signal.SIGTTIN)
        _wait(lambda: _ready() - known, "A new process was not ready in time")  # noqa: B023
        os.kill(master, signal.SIGTTOU)
        _wait(lambda: left - _ready(), "An old process did not end in time")
    return len(old)


def _ready() -> set[str]:
    return {path.name for path in READY.iterdir()} if READY.is_dir() else set()


def _wait(until, otherwise: str) -> None:
    deadline = time.monotonic() + SECONDS
    while not until():
        if time.monotonic() > deadline:
            raise Refused(f"{otherwise}. Look at the log, and restart.")
        time.sleep(0.1)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or not arguments[0].isdigit():
        print("python -m pluginnovation.renew PID", file=sys.stderr)
        return 2
    try:
        print(f"{renew(int(arguments[0]))} processes replaced")
    except (Refused, ProcessLookupError) as why:
        print(why, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
