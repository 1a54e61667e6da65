"""``check --deploy`` on the production settings, with keys made for the occasion.

Run as ``python -m tests.deployment_check``; any warning is a failure.
"""

import os
import secrets
import subprocess
import sys

import pyrage

from pluginnovation import embedded_postgres


def main() -> int:
    embedded_postgres.ensure_database_url()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "pluginnovation.settings.production",
        "SITE_URL": "https://pluginnovation.example",
        "ORIGINALS_KEY": str(pyrage.x25519.Identity.generate()),
        **{
            name: secrets.token_urlsafe(48)
            for name in ("SECRET_KEY", "PSEUDONYM_KEY", "RECORD_KEY_SECRET")
        },
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=embedded_postgres.ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
