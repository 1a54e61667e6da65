"""A Chromium for the browser tests: found, or installed where that is ours to do.

Run as ``python -m tests.browser.chromium`` before the suite. It looks for Playwright's own
browser, then the system's; on Debian, as root, it installs the package ``chromium``. Elsewhere
it says in one line what is missing. Exit status 1 only under ``CI=true``.
"""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# Started as root and without a network: no sandbox, no calls home.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
ARGUMENTS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
HELP = (
    "Browser tests are skipped: no Chromium. Install one with "
    f"`{Path(sys.executable).parent / 'playwright'} install chromium` or your system's packages."
)


@cache
def executable() -> str | None:
    """The path of a Chromium, or None."""
    system = next((path for name in NAMES if (path := shutil.which(name))), None)
    return system or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.exists() else None


def _install_on_debian() -> None:
    if os.geteuid() != 0 or not Path("/etc/debian_version").exists():
        return
    print("Installing Debian's chromium for the browser tests ...", flush=True)
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ):
        quiet = subprocess.run(command, capture_output=True, text=True)
        if quiet.returncode:
            print(quiet.stderr[-500:])
            return
    executable.cache_clear()


def main() -> int:
    if executable() is None:
        _install_on_debian()
    if executable() is None:
        print(HELP)
        return 1 if os.environ.get("CI") == "true" else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
