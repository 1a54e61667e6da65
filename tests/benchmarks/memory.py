"""What the processes of a running site take, read from the kernel."""

import urllib.request
from pathlib import Path

from .client import Client, request_bytes

# Drawings that no page shows, so that nobody has drawn them yet.
DRAWINGS = "/statistik/diagram/alder.svg?kommun=1480", "/statistik/diagram/alder.png?kommun=1480"


def megabytes_of_web_processes(site) -> list[tuple[str, int, int]]:
    """Name, RSS and PSS of every process below the supervisor, after some more drawing."""
    for address in DRAWINGS * 2:
        urllib.request.urlopen(site + address, timeout=60).read()
    Client(site).seconds(request_bytes(site, "/sok/?q=avbrotten", True))
    found = []
    for pid in below(site.pid):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
        if name := name_of(pid, words):
            found.append((name, *megabytes(pid)))
    return sorted(found)


def name_of(pid: int, words: list[str]) -> str:
    if any(word.endswith("drawing_process.py") for word in words):
        return "helper that draws"
    if "db_worker" in words or "worker" in words:
        return "task worker"
    if "gunicorn" in words:
        return "web process" if not any("gunicorn" in name for name in children_of(pid)) else ""
    return ""


def children_of(pid: int) -> list[str]:
    return [Path(f"/proc/{child}/cmdline").read_text() for child in _children(pid)]


def below(pid: int) -> list[int]:
    found = []
    for child in _children(pid):
        found += [child, *below(child)]
    return found


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def megabytes(pid: int) -> tuple[int, int]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    values = dict(line.split(":", 1) for line in lines)
    return tuple(int(values[name].split()[0]) // 1024 for name in ("Rss", "Pss"))
