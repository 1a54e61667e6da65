"""Pages against a view that only says hello, through the same middleware in the same processes."""

import json
import subprocess
import sys
from statistics import median, quantiles

from .client import Client, request_bytes, together
from .memory import megabytes_of_web_processes
from .report import Part
from .weight import Weight, weigh

HELLO = "/halsa"
PAGES = {
    "home": "/",
    "factor": "/framgangsfaktorer/samverkan/",
    "library": "/forskning/",
    "case studies": "/fallstudier/",
    "case study": "/fallstudier/mojligheten-alingsas/",
    "dashboard": "/statistik/",
    "search": "/sok/?q=avbrott",
}
CACHED, ANEW = 0.7, 0.05
QUERIES, BYTES, MEGABYTES = 12, 100 * 1024, 200
ROUNDS, CLIENTS, WINDOWS, WINDOW_SECONDS = 25, 8, 4, 0.5


def run(site) -> list[Part]:
    # Hello stands in both rows, so that each page is held against it in the same minutes.
    requests = {("hello", anew): request_bytes(site, HELLO, anew) for anew in (False, True)}
    for name, address in PAGES.items():
        requests[name, False] = request_bytes(site, address, False)
        requests[name, True] = request_bytes(site, address, True)
    one = alone(site, requests)
    eight = side_by_side(site, requests)
    queries = queries_of(site)
    weights = {name: weigh(site, address) for name, address in PAGES.items()}
    return [speed(one, eight), cost(queries, weights), memory(megabytes_of_web_processes(site))]


def alone(site, requests) -> dict:
    """Times of each request from one client, all in turn, so that all meet the same machine."""
    times = {key: [] for key in requests}
    # What is quick apart from what is slow: after a slow page the next is slow as well.
    for anew, rounds in ((False, ROUNDS * 8), (True, ROUNDS)):
        row = {key: request for key, request in requests.items() if key[1] == anew}
        in_turn(site, row, rounds, times)
    return times


def in_turn(site, requests, rounds, times):
    """Fills ``times`` for the keys that it has; a new connection may meet another process."""
    for _ in range(2):
        client = Client(site)
        for number in range(rounds // 2 + 1):
            for key, request in requests.items():
                taken = client.seconds(request)
                if number:
                    times[key].append(taken)
        client.close()


def side_by_side(site, requests) -> dict:
    clients, times = [Client(site) for _ in range(CLIENTS)], {key: [] for key in requests}
    for _ in range(WINDOWS):
        for key, request in requests.items():
            times[key] += together(clients, request, WINDOW_SECONDS)
    for client in clients:
        client.close()
    return times


def speed(one: dict, eight: dict) -> Part:
    rows, missed = [], []
    for name, anew in one:
        # One client: time of an answer. Eight: answers in the same time.
        ratio_one = median(one["hello", anew]) / median(one[name, anew])
        ratio_eight = len(eight[name, anew]) / len(eight["hello", anew])
        bound = ANEW if anew else CACHED
        way = "made anew" if anew else "cached"
        if min(ratio_one, ratio_eight) < bound:
            missed.append(f"{name}, {way}: {ratio_one:.2f} and {ratio_eight:.2f}, bound {bound}")
        rows.append(
            [
                name,
                way,
                f"{ratio_one:.2f}",
                f"{ratio_eight:.2f}",
                *percentiles(one[name, anew]),
                *percentiles(eight[name, anew]),
            ]
        )
    head = ["page", "", "ratio, 1 client", "ratio, 8", "p50 ms, 1", "p95, 1", "p50, 8", "p95, 8"]
    intro = (
        f"Requests per second as a share of those of `{HELLO}`. To reach: {CACHED} from the "
        f"page cache, {ANEW} made anew."
    )
    return Part("Speed", intro, head, rows, missed)


def percentiles(times: list[float]) -> list[str]:
    return [f"{median(times) * 1000:.1f}", f"{quantiles(times, n=20)[-1] * 1000:.1f}"]


def queries_of(site) -> dict[str, int]:
    """Queries of each page made anew, counted in a process of its own on the same database."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.queries", *PAGES.values()],
        env=site.environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return dict(zip(PAGES, json.loads(done.stdout), strict=True))


def cost(queries: dict[str, int], weights: dict[str, Weight]) -> Part:
    rows, missed = [], []
    for name, weight in weights.items():
        if queries[name] > QUERIES:
            missed.append(f"{name}: {queries[name]} queries, bound {QUERIES}")
        if weight.total > BYTES:
            missed.append(f"{name}: {weight.total} bytes, bound {BYTES}")
        rows.append([name, str(queries[name]), *map(kilobytes, [*weight, weight.total])])
    head = ["page", "queries", "HTML", "CSS", "fonts", "JS", "KB in all"]
    intro = (
        f"Queries of a page made anew (from the cache: none), and kilobytes as they go over the "
        f"wire. To reach: {QUERIES} queries, {BYTES // 1024} KB."
    )
    return Part("Queries and weight", intro, head, rows, missed)


def kilobytes(count: int) -> str:
    return f"{count / 1024:.1f}"


def memory(found: list[tuple[str, int, int]]) -> Part:
    missed = [
        f"{name}: {rss} MB, bound {MEGABYTES}"
        for name, rss, _ in found
        if name.startswith("web process") and rss >= MEGABYTES
    ]
    rows = [[name, str(rss), str(pss)] for name, rss, pss in found]
    rows.append(["all together", "", str(sum(pss for _, _, pss in found))])
    intro = (
        "After the measurements above, with charts drawn and words searched. RSS counts shared "
        f"pages in every process, PSS divides them. To reach: a web process under {MEGABYTES} MB. "
        "A helper that draws lives in a process of its own and ends after a minute of rest."
    )
    return Part("Memory", intro, ["process", "RSS MB", "PSS MB"], rows, missed)
