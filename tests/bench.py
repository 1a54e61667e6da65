"""Measure the public pages against a view that does nothing, and say where a bound is missed.

Run as ``make bench``: on a database of its own, on loopback, bounded. Each round asks every
page and the empty view once, in turn, so that a change of the machine's speed meets all alike.
"""

import http.client
import os
import statistics
import sys
import time
from urllib.parse import urlsplit

from pluginnovation import embedded_postgres

from .running_site import running_site

ROUNDS = 30
HELLO = "/halsa"
# Requests per second of a page without any cache, as a share of those of the empty view.
BOUND = 0.05
PAGES = (
    "/",
    "/framgangsfaktorer/samverkan/",
    "/forskning/",
    "/fallstudier/",
    "/fallstudier/mojligheten-alingsas/",
    "/statistik/",
    "/sok/?q=avbrott",
)


def seconds(connection: http.client.HTTPConnection, address: str) -> float:
    started = time.perf_counter()
    connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    response = connection.getresponse()
    response.read()
    if response.status != 200:
        raise RuntimeError(f"{address} answered {response.status}")
    return time.perf_counter() - started


def measure(site: str) -> dict[str, float]:
    """Median seconds of each address over interleaved rounds, after one to warm up."""
    times = {address: [] for address in (HELLO, *PAGES)}
    for round_number in range(ROUNDS + 1):
        for address, measured in times.items():
            connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=30)
            taken = seconds(connection, address)
            connection.close()
            if round_number:
                measured.append(taken)
    return {address: statistics.median(measured) for address, measured in times.items()}


def main() -> int:
    started_here = not os.environ.get("DATABASE_URL") and not embedded_postgres.is_running()
    embedded_postgres.ensure_database_url()
    try:
        with running_site("pluginnovation_bench") as site:
            medians = measure(site)
    finally:
        if started_here:
            embedded_postgres.stop()
    missed = 0
    print(f"{'page':<42} {'median':>9} {'ratio to hello':>15}   bound {BOUND}")
    for address in PAGES:
        ratio = medians[HELLO] / medians[address]
        missed += ratio < BOUND
        note = "" if ratio >= BOUND else "   MISSED"
        print(f"{address:<42} {medians[address] * 1000:6.1f} ms {ratio:15.3f}{note}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
