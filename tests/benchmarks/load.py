"""``make load``: eight clients read a mix of pages while a file of records is taken in beside them.

On a database of its own, on loopback, for ``SECONDS=60`` with ``ROWS=100000``. Half of all pages
come from the cache and half are made anew. Before that each page is asked for once by one visitor
alone: the charts of a selection are drawn when somebody asks for it first, and kept. Ends with a
status other than 0 where a page failed or took longer than ``SLOWEST`` seconds, the first time
too, or where the import failed.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles

import psycopg

from pluginnovation import embedded_postgres
from pluginnovation.embedded_postgres import ROOT

from ..bench_import import SOURCE, write_file
from ..running_site import running_site
from .client import Client, request_bytes
from .pages import PAGES

CLIENTS, SLOWEST = 8, 2.0
MIX = (
    *PAGES.values(),
    "/forskning/?q=mentor",
    "/statistik/?kommun=1480&kon=K",
    "/statistik/tabell/alder.csv?kommun=1480",
    "/statistik/diagram/alder.svg?kommun=1480",
    "/statistik/api/v2/tables",
    "/fallstudier/?visning=karta",
    "/sitemap.xml",
)


class Visitors:
    """Clients side by side; the times of each address and what went wrong."""

    def __init__(self, site: str):
        self.site, self.times, self.faults = site, {address: [] for address in MIX}, []
        client = Client(site)
        self.first = {
            address: client.seconds(request_bytes(site, address, True)) for address in MIX
        }
        client.close()

    def read_for(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        threads = [
            threading.Thread(target=self._read, args=[number, until]) for number in range(CLIENTS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _read(self, number: int, until: float) -> None:
        client = Client(self.site)
        # Each begins elsewhere in the mix; every second round is made anew.
        start = number * len(MIX) // CLIENTS
        order = [*MIX[start:], *MIX[:start]]
        rounds = [[(address, anew) for address in order] for anew in (False, True)]
        rounds = rounds[::-1] if number % 2 else rounds
        for address, anew in cycle(rounds[0] + rounds[1]):
            if time.monotonic() >= until:
                return client.close()
            try:
                taken = client.seconds(request_bytes(self.site, address, anew))
                self.times[address].append(taken)
            except Exception as fault:
                self.faults.append(f"{address}: {fault}")
                client.close()


def begin_import(site, folder: str, rows: int) -> subprocess.Popen:
    """The command that takes in ``rows`` made-up records, at work."""
    with psycopg.connect(site.environment["DATABASE_URL"]) as connection:
        found = connection.execute("SELECT code FROM statistics_schoolunit ORDER BY code LIMIT 60")
        schools = [code for (code,) in found.fetchall()]
    path = Path(folder, "avbrott.csv")
    write_file(path, rows, schools)
    command = [sys.executable, "manage.py", "import_interruptions", str(path), "--source", SOURCE]
    # As gently as a worker takes it in (db_worker.NICENESS).
    return subprocess.Popen(
        ["nice", "-n", "10", *command],
        cwd=ROOT,
        env=site.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def under_load(site, seconds: float, rows: int) -> list[str]:
    """Prints the table; a sentence for each thing that was missed."""
    visitors = Visitors(site)
    with tempfile.TemporaryDirectory() as folder:
        importing = begin_import(site, folder, rows)
        began = time.monotonic()
        visitors.read_for(seconds)
        during = importing.poll() is None
        said, _ = importing.communicate(timeout=1800)
        took = time.monotonic() - began
    every = [taken for times in visitors.times.values() for taken in times]
    print(f"{CLIENTS} clients, {seconds:.0f} s, {len(every)} pages, {len(visitors.faults)} errors")
    still = "went on to the end" if during else "was done before the end"
    print(f"import of {rows} records: status {importing.returncode}, {took:.0f} s; it {still}")
    print(f"{'page':<46}{'pages':>7}{'p50 s':>8}{'p95 s':>8}{'slowest':>9}{'first':>8}")
    for address, times in visitors.times.items():
        if len(times) > 1:
            first = visitors.first[address]
            numbers = median(times), quantiles(times, n=20)[-1], max(times), first
            told = "{:>8.3f}{:>8.3f}{:>9.3f}{:>8.3f}".format(*numbers)
            print(f"{address:<46}{len(times):>7}{told}")
    missed = sorted(set(visitors.faults))[:10]
    slowest = ((max([*times, visitors.first[at]]), at) for at, times in visitors.times.items())
    if (worst := max(slowest))[0] > SLOWEST:
        missed.append(f"{worst[1]} took {worst[0]:.2f} s, bound {SLOWEST} s")
    if importing.returncode:
        missed.append(f"the import ended with {importing.returncode}: {said[-500:]}")
    return missed if every else ["no page was read at all"]


def main() -> int:
    seconds, rows = float(os.environ.get("SECONDS", "60")), int(os.environ.get("ROWS", "100000"))
    started_here = not os.environ.get("DATABASE_URL") and not embedded_postgres.is_running()
    embedded_postgres.ensure_database_url()
    try:
        with running_site("pluginnovation_load", PAGE_CACHE_BYPASS="on") as site:
            missed = under_load(site, seconds, rows)
    finally:
        if started_here:
            embedded_postgres.stop()
    for one in missed:
        print(f"MISSED  {one}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
