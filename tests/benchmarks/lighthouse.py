"""``make lighthouse``: Google's Lighthouse on the pages that count, as on a telephone.

Wants Node and a Chromium; says so where one is missing. On a database of its own. To reach: 100
in all four. The scores for speed swing with the machine: run it where nothing else runs.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from pluginnovation import embedded_postgres

from ..browser import chromium
from ..running_site import running_site

TOOLS = Path(__file__).resolve().parent / "node"
PAGES = {
    "home": "/",
    "factor": "/framgangsfaktorer/samverkan/",
    "lecture": "/forskning/forelasningar/koll-pa-franvaron/",
    "case study": "/fallstudier/mojligheten-alingsas/",
    "dashboard": "/statistik/",
}
KINDS = ("performance", "accessibility", "best-practices", "seo")


def install() -> Path | None:
    """The program, from the lock file; None where Node is not there to run it."""
    if not (shutil.which("node") and shutil.which("npm")):
        return None
    program = TOOLS / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        # Not `npm ci`, which does not take a lock file without the addresses of packages.
        command = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=TOOLS, check=True)
    return program


def scores(program: Path, address: str, folder: str) -> tuple[dict[str, float], list[str]]:
    """The four scores, and the audits that cost one of them something."""
    report = Path(folder, "report.json")
    command = [str(program), address, "--quiet", "--output=json", f"--output-path={report}"]
    command.append("--chrome-flags=--headless=new --no-sandbox")
    environment = {**os.environ, "CHROME_PATH": chromium.executable()}
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=300)
    said = json.loads(report.read_text())
    found = {kind: (said["categories"][kind]["score"] or 0) * 100 for kind in KINDS}
    costly = [
        f"{kind}: {said['audits'][one['id']]['title']}"
        for kind in KINDS
        for one in said["categories"][kind]["auditRefs"]
        if one["weight"] and (said["audits"][one["id"]]["score"] or 1) < 0.9
    ]
    return found, costly


def main() -> int:
    program = install()
    if program is None:
        print("Node is not here: install it (apt install nodejs npm) to run Lighthouse.")
        return 2
    started_here = not os.environ.get("DATABASE_URL") and not embedded_postgres.is_running()
    embedded_postgres.ensure_database_url()
    missed = 0
    try:
        with running_site("pluginnovation_lighthouse") as site, tempfile.TemporaryDirectory() as at:
            print(f"{'page':<12}" + "".join(f"{kind:>16}" for kind in KINDS))
            for name, address in PAGES.items():
                # Once before, so that it is measured as most visitors get it.
                urllib.request.urlopen(f"{site}{address}", timeout=60).read()
                found, costly = scores(program, f"{site}{address}", at)
                print(f"{name:<12}" + "".join(f"{found[kind]:>16.0f}" for kind in KINDS))
                for one in costly:
                    print(f"    {one}")
                missed += any(score < 100 for score in found.values())
    finally:
        if started_here:
            embedded_postgres.stop()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
