"""Drawing in a process of its own, so that a web process is not 100 MB larger for ever.

The engine behind ``vl_convert`` keeps what it once took. A process that asks for a drawing gets
a helper; the helper ends with it, or when nobody has asked it for a while. Drawings are kept by
their content (see ``charts.svg``), so that most of the time there is no helper at all.
"""

import atexit
import json
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

_HELPER = Path(__file__).with_name("drawing_process.py")
IDLE_SECONDS = 60
LONGEST_SECONDS = 30
_TRIES = 2


class NotDrawn(Exception):
    """The drawing could not be made; the text is the engine's own."""


class Helper:
    """One helper process at a time; threads wait for one another."""

    def __init__(self, idle: float = IDLE_SECONDS, longest: float = LONGEST_SECONDS):
        self._idle, self._longest = idle, longest
        self._alone = threading.Lock()
        self._process: subprocess.Popen | None = None
        self._resting: threading.Timer | None = None

    def ask(self, work: str, **values) -> str:
        """The answer to one piece of work; a helper that died is replaced once."""
        line = json.dumps({"work": work, **values}) + "\n"
        with self._alone:
            if self._resting:
                self._resting.cancel()
            for left in reversed(range(_TRIES)):
                answer = self._answer(line)
                if answer or not left:
                    break
            self._resting = threading.Timer(self._idle, self.stop)
            self._resting.daemon = True
            self._resting.start()
        if not answer:
            raise NotDrawn("The drawing process ended or took too long")
        found = json.loads(answer)
        if "error" in found:
            raise NotDrawn(found["error"])
        return found["result"]

    def stop(self) -> None:
        with self._alone:
            self._end()

    def _answer(self, line: str) -> str:
        """One line there and one back; empty where the helper is gone or comes to no end."""
        process = self._running()
        watch = threading.Timer(self._longest, process.kill)
        watch.start()
        try:
            process.stdin.write(line)
            process.stdin.flush()
            answer = process.stdout.readline()
        except OSError:
            answer = ""
        finally:
            watch.cancel()
        if not answer:
            self._end()
        return answer

    def _running(self) -> subprocess.Popen:
        if self._process is None or self._process.poll() is not None:
            # -I: it imports nothing of ours, wherever it is started.
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", str(_HELPER)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            # What was written to a helper that is gone cannot be sent any more.
            with suppress(OSError):
                self._process.stdin.close()
            self._process.stdout.close()
            self._process = None


_helper = Helper()
atexit.register(_helper.stop)


def svg(specification: dict, **options) -> str:
    """A Vega-Lite specification as SVG."""
    return _helper.ask("svg", specification=specification, options=options)


def png(drawing: str) -> bytes:
    """An SVG as PNG, at twice the size."""
    return bytes.fromhex(_helper.ask("png", drawing=drawing))
