"""``make bench``: all parts, or those named: ``python -m tests.benchmarks pages``."""

import os
import sys

from pluginnovation import embedded_postgres

from ..running_site import running_site
from . import growth, pages, report

# Each a module with ``run(site) -> list[Part]``, in the order of the document.
PARTS = {"pages": pages, "growth": growth}


def main(wanted: list[str]) -> int:
    started_here = not os.environ.get("DATABASE_URL") and not embedded_postgres.is_running()
    embedded_postgres.ensure_database_url()
    parts = []
    try:
        with running_site("pluginnovation_bench", PAGE_CACHE_BYPASS="on") as site:
            for name in wanted or PARTS:
                parts += PARTS[name].run(site)
    finally:
        if started_here:
            embedded_postgres.stop()
    text = report.document(parts)
    print(text)
    if not wanted:
        (embedded_postgres.ROOT / "docs" / "benchmarks.md").write_text(text)
    missed = [one for part in parts for one in part.missed]
    for one in missed:
        print(f"MISSED  {one}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
