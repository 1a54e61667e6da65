"""How the web processes run. Gunicorn reads this file where it is started in the checkout.

``WEB_CONCURRENCY`` is the number of processes (gunicorn's own variable), ``WEB_BIND`` where they
listen. Nothing is loaded before the processes part, so that a reload takes up new code.
"""

import ctypes
import os
import platform
import shutil
from contextlib import suppress
from pathlib import Path

from pluginnovation.watching import logs

wsgi_app = "pluginnovation.wsgi"
bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# Threads: a film that streams must not hold a whole process.
worker_class, threads = "gthread", 4
timeout, graceful_timeout, keepalive = 60, 30, 5
# A process is replaced now and then, not all at once: what libraries leak stays small.
max_requests, max_requests_jitter = 20_000, 2_000
# The most that gunicorn allows: a long question is answered by a page, not by a bare 414.
limit_request_line = 8190
# The site stands at the root: nobody, and no proxy that passes on what it was sent, says otherwise.
forwarder_headers = ""
# Its socket for a console would lie in the home folder, which a unit may not write to.
control_socket_disable = True
# Addresses alone are personal data enough; the application writes a line of each request.
accesslog = None
logconfig_dict = logs.configuration("WARNING") | {
    "loggers": {"gunicorn.error": {"level": "WARNING", "propagate": True, "handlers": []}}
}
# Each thread would get a heap of its own, and each heap keeps what it once took: two will do (as
# MALLOC_ARENA_MAX=2, which would have to be set before this is read). Only glibc has this.
_M_ARENA_MAX = -8
with suppress(OSError, AttributeError):
    ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)
# Each process counts its requests in a file there; /metrics adds them up. The folder may be on a
# disk that machines share: each has its own.
_METRICS = Path(os.environ.get("VAR_DIR") or "var") / "metrics" / platform.node()


# Each process that is ready has a file of its number there (pluginnovation.renew).
_READY = Path(os.environ.get("VAR_DIR") or "var") / "web" / platform.node()


def on_starting(server):
    """What was counted before is over: Prometheus knows a counter that begins anew."""
    for folder in (_METRICS, _READY):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_METRICS.resolve())


def pre_fork(server, worker):
    """A place for the process: the lowest that is free, so that files are reused, not heaped up."""
    taken = {getattr(other, "place", None) for other in server.WORKERS.values()}
    worker.place = next(number for number in range(len(taken) + 1) if number not in taken)


def post_fork(server, worker):
    from prometheus_client import values

    values.ValueClass = values.MultiProcessValue(lambda: worker.place)


def post_worker_init(worker):
    """New code, or a process that replaces one that was killed: nothing kept from before holds."""
    from pluginnovation.core import generation
    from pluginnovation.site.search import words

    generation.new()
    # Read before anybody waits: among eight visitors the first search took seconds.
    words.lemma("skola")
    (_READY / str(worker.pid)).touch()


def child_exit(server, worker):
    (_READY / str(worker.pid)).unlink(missing_ok=True)
