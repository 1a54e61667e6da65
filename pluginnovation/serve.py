"""``make run``: one supervisor over database, web processes, task worker and timer.

It starts the embedded PostgreSQL where ``DATABASE_URL`` is not set, migrates, loads the demo
content where the database is empty, then runs gunicorn, the worker and the timer that publishes
what is due until Ctrl-C or SIGTERM, or until one of them ends, and stops all that it started.
"""

import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from pluginnovation import embedded_postgres
from pluginnovation.secret_keys import KEYS

ROOT = embedded_postgres.ROOT
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))
SECRETS = tuple(KEYS)
READY_SECONDS = 180
STOP_SECONDS = 15


def say(text: str) -> None:
    print(f"  {text}", flush=True)


def own_secrets(folder: Path) -> dict[str, str]:
    """The installation's keys, made once and kept: figures and pseudonyms hang on them."""
    file = folder / "secrets.env"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
    missing = [name for name in SECRETS if name not in kept_secrets(folder)]
    with file.open("a") as more:
        more.writelines(f"{name}={KEYS[name].make()}\n" for name in missing)
    return kept_secrets(folder)


def kept_secrets(folder: Path) -> dict[str, str]:
    """The keys that are there. A backup makes none: nobody would know that they are new."""
    file = folder / "secrets.env"
    return dict(line.split("=", 1) for line in file.read_text().split()) if file.exists() else {}


def environment(port: str) -> dict[str, str]:
    """What the processes get: the caller's environment, with ours where theirs is silent."""
    own = {
        "DJANGO_SETTINGS_MODULE": "pluginnovation.settings.production",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "VAR_DIR": str(VAR),
        # There is no mail server to count on: letters are printed where the site runs.
        "EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend",
    }
    # A terminal is no log: one line for every request would bury what is said there.
    quiet = {"REQUEST_LOG": "off"}
    return {**quiet, **own_secrets(VAR), **os.environ, **own}


def manage(*arguments: str, env: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=env, check=True)  # noqa: S603


def collect_static(env: dict[str, str]) -> None:
    """Copy, hash and compress the static files, when one of them or a library has changed."""
    files = sorted(path for path in (ROOT / "static").rglob("*") if path.is_file())
    files.append(ROOT / "requirements.txt")
    state = sha256(repr([(str(f), f.stat().st_mtime_ns) for f in files]).encode()).hexdigest()
    stamp = VAR / "static.stamp"
    if stamp.exists() and stamp.read_text() == state:
        return
    say("Samlar statiska filer …")
    manage("collectstatic", "--no-input", "--clear", "--verbosity", "0", env=env)
    stamp.write_text(state)


def prepare(env: dict[str, str]) -> None:
    """All that is to be there before the processes start."""
    collect_static(env)
    say("Uppdaterar databasens tabeller …")
    manage("make_ready", env=env)


class Refused(Exception):
    """Why nothing was started, in Swedish, with what would be right."""


def alone(port: str):
    """Hold ``VAR`` for this supervisor until it ends, however it ends; returns the open file.

    A second one would take away what gunicorn keeps there for the first.
    """
    VAR.mkdir(parents=True, exist_ok=True)
    file = (VAR / "supervisor.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as held:
        file.seek(0)
        raise Refused(
            f"Webbplatsen är redan igång härifrån: http://127.0.0.1:{file.read()}/. Avsluta den "
            "först (Ctrl-C där den startades), eller ge den nya en egen mapp med VAR_DIR."
        ) from held
    file.truncate(0)
    file.write(port)
    file.flush()
    return file


def must_be_free(port: str) -> None:
    """Asked before anything is begun: whoever has the port would answer in our place."""
    with socket.socket() as probe:
        # As gunicorn: what a former one left half closed is no hindrance.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError as taken:
            raise Refused(
                f"Port {port} går inte att använda: ett annat program har den, eller så är den "
                "förbehållen systemet. Välj en annan: make run PORT=8123."
            ) from taken


_PR_SET_PDEATHSIG = 1


def _end_with_the_supervisor() -> None:
    """Where the supervisor is killed, its processes get SIGTERM. Only Linux has this."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def start_processes(port: str, env: dict[str, str]) -> list[subprocess.Popen]:
    # Everything else is in gunicorn.conf.py.
    web = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}"]
    worker = [sys.executable, "manage.py", "db_worker", "--queue-name", "*"]
    # Its own lines, three for every page that is saved, say nothing that the database does not.
    worker += ["--verbosity", "0"]
    timer = [sys.executable, "manage.py", "publish_due", "--every", "60"]
    # A session of their own: Ctrl-C reaches the supervisor alone, which stops them in order.
    return [
        subprocess.Popen(  # noqa: S603
            command,
            cwd=ROOT,
            env=env,
            start_new_session=True,
            preexec_fn=_end_with_the_supervisor,
        )
        for command in (web, worker, timer)
    ]


def wait_until_ready(port: str, processes: list[subprocess.Popen]) -> bool:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and all(p.poll() is None for p in processes):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/halsa", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def stop_processes(processes: list[subprocess.Popen]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Stopped(Exception):
    """Somebody asked the supervisor to end."""


def _stop(signum, frame):
    raise Stopped


def main() -> int:
    port = os.environ.get("PORT", "8000")
    if not port.isdigit() or not 0 < int(port) < 65536:
        print(f"PORT={port} är inget portnummer. Skriv till exempel PORT=8123.", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    try:
        held = alone(port)
        must_be_free(port)
    except Refused as why:
        print(why, file=sys.stderr)
        return 1
    embedded = not os.environ.get("DATABASE_URL")
    started_database = embedded and not embedded_postgres.is_running()
    processes: list[subprocess.Popen] = []
    try:
        print("PlugInnovation startar", flush=True)
        if embedded:
            say("Startar databasen …")
            embedded_postgres.ensure_database_url()
        env = environment(port)
        prepare(env)
        processes = start_processes(port, env)
        if not wait_until_ready(port, processes):
            print(f"Webbservern svarar inte på port {port}.", file=sys.stderr)
            return 1
        say(f"Klar: http://127.0.0.1:{port}/   (avsluta med Ctrl-C)")
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
        print("En av processerna har avslutats; stänger ner.", file=sys.stderr)
        return 1
    except (Stopped, KeyboardInterrupt):
        print("\nStänger ner …", flush=True)
        return 0
    except subprocess.CalledProcessError as error:
        print(f"Ett steg misslyckades: {' '.join(error.cmd[1:])}", file=sys.stderr)
        return 1
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # Asked once more while it stops, it goes on stopping.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        stop_processes(processes)
        if started_database:
            embedded_postgres.stop()
        held.close()


if __name__ == "__main__":
    sys.exit(main())
