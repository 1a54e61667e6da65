"""Drawings as pictures of dots, made in a process of their own: web processes stay small.

What draws keeps what it once took. A process that asks for a picture gets a helper; the helper
ends with it, or when nobody has asked it for a while, so that most of the time there is none.
"""

import atexit
import json
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

_HELPER = Path(__file__).with_name("drawing_process.py")
_FONTS = Path(__file__).parent / "pdf" / "fonts"
IDLE_SECONDS = 60
LONGEST_SECONDS = 30
_TRIES = 2


class NotDrawn(Exception):
    """The picture could not be made; the text is that of what draws."""


class Helper:
    """One helper process at a time; threads wait for one another."""

    def __init__(self, idle: float = IDLE_SECONDS, longest: float = LONGEST_SECONDS):
        self._idle, self._longest = idle, longest
        self._alone = threading.Lock()
        self._process: subprocess.Popen | None = None
        self._resting: threading.Timer | None = None

    def ask(self, drawing: str) -> str:
        """The picture of an SVG, in hexadecimal digits; a helper that died is replaced once."""
        line = json.dumps(drawing) + "\n"
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
                [sys.executable, "-I", str(_HELPER), str(_FONTS)],
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


def png(drawing: str) -> bytes:
    """An SVG as PNG, at twice the size."""
    return bytes.fromhex(_helper.ask(drawing))
