"""The same pages on a site with far more content, in turn with those of the demo."""

import os
import subprocess
import sys
from statistics import median

from ..running_site import running_site
from .client import Client, request_bytes
from .pages import PAGES
from .report import Part

WORKS, CASES, RECORDS = 2_000, 1_000, int(os.environ.get("BENCH_RECORDS", "1000000"))
TIMES, ROUNDS = 1.5, 25


def run(site) -> list[Part]:
    with running_site("pluginnovation_bench_grown", PAGE_CACHE_BYPASS="on") as grown:
        size = map(str, (WORKS, CASES, RECORDS))
        subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.grow", *size],
            env=grown.environment,
            check=True,
        )
        return [compared({"demo": site, "grown": grown})]


def compared(sites) -> Part:
    times = {(name, where): [] for name in PAGES for where in sites}
    clients = {where: Client(site) for where, site in sites.items()}
    for number in range(ROUNDS + 2):
        for name, address in PAGES.items():
            for where, site in sites.items():
                taken = clients[where].seconds(request_bytes(site, address, anew=True))
                if number >= 2:
                    times[name, where].append(taken)
    rows, missed = [], []
    for name in PAGES:
        demo, grown = (median(times[name, where]) * 1000 for where in sites)
        rows.append([name, f"{demo:.1f}", f"{grown:.1f}", f"{grown / demo:.2f}"])
        if grown > TIMES * demo:
            missed.append(f"{name}: {grown / demo:.2f} times the demo, bound {TIMES}")
    intro = (
        f"Pages made anew with {WORKS} works, {CASES} case studies and {RECORDS} records more, "
        f"and with the demo content, in turn. To reach: {TIMES} times."
    )
    return Part("Growth", intro, ["page", "demo, p50 ms", "grown, p50 ms", "ratio"], rows, missed)
